// Every limit the gate, the breakers and sizing hold trades against: a profile, single numbers changed
// from it, and the limits no profile names. A value above the compiled-in ceiling is refused, and
// `withinCeiling` lowers it again at the point of use, should one ever get past the loader.
public import Kernel

public struct RiskLimits: Hashable, Codable, Sendable {
    public var profile: RiskProfile.Name
    /// Loss at the stop, fees included, as a share of equity, for one trade.
    public var riskPerTrade: Ratio
    /// The same, summed over all open and pending positions.
    public var heat: Ratio
    /// Loss of the trading day as a share of its first equity.
    public var dailyLoss: Ratio
    /// Fall from the high-water mark.
    public var drawdown: Ratio
    /// Share of the Kelly size that is used.
    public var kellyFactor: Ratio

    public var maxOpenPositions = 3
    /// Loss of the trading day in units of the account's quote currency.
    public var dailyLossAmount: FixedDecimal = "100"
    /// Notional of one instrument as a share of equity.
    public var concentrationInstrument: Ratio = "0.25"
    /// Notional of all instruments as a share of equity.
    public var concentrationAll: Ratio = "0.75"
    /// So many losses in a row trip the streak breaker.
    public var lossStreak = 3
    public var streakCoolDown = TimeSpan.hours(6)
    /// A symbol that was stopped out is not bought again before this.
    public var stoppedOutCoolDown = TimeSpan.hours(6)
    /// Hourly returns that correlate this much are the same bet twice.
    public var correlationLimit: Ratio = "0.9"
    /// Equity at risk of a paper trade while history is too short for Kelly.
    public var probeRisk: Ratio = "0.0025"
    /// From so many closed trades on there are no probes.
    public var probeUntilTrades = 30
    /// N0: how many trades the prior of the outcome odds is worth.
    public var priorWeight = 20
    /// Beta: the accepted chance of ever reaching the drawdown limit.
    public var drawdownConfidence: Ratio = "0.05"
    /// When the trading day begins, after 00:00 UTC.
    public var tradingDayOffset = TimeSpan(milliseconds: 0)

    /// The profile's own numbers and the defaults of everything else.
    public init(profile: RiskProfile.Name = .standard) {
        self.profile = profile
        let named = RiskProfile.named(profile)
        riskPerTrade = named.riskPerTrade
        heat = named.heat
        dailyLoss = named.dailyLoss
        drawdown = named.drawdown
        kellyFactor = named.kellyFactor
    }

    /// The same limits, with nothing above the compiled-in ceiling.
    public var withinCeiling: RiskLimits {
        var limits = self
        limits.riskPerTrade = min(riskPerTrade, RiskProfile.ceiling.riskPerTrade)
        limits.heat = min(heat, RiskProfile.ceiling.heat)
        limits.dailyLoss = min(dailyLoss, RiskProfile.ceiling.dailyLoss)
        limits.drawdown = min(drawdown, RiskProfile.ceiling.drawdown)
        limits.kellyFactor = min(kellyFactor, RiskProfile.ceiling.kellyFactor)
        return limits
    }
}

extension RiskLimits {
    /// Everything wrong with these limits, in the order of the file.
    public func problems() -> [SettingProblem] {
        var list = ProblemList("risk")
        let ceiling = RiskProfile.ceiling
        for (key, value, most) in [
            ("riskPerTrade", riskPerTrade, ceiling.riskPerTrade), ("heat", heat, ceiling.heat), ("dailyLoss", dailyLoss, ceiling.dailyLoss),
            ("drawdown", drawdown, ceiling.drawdown), ("kellyFactor", kellyFactor, ceiling.kellyFactor)
        ] {
            if value > most { list.add(key, "\(value.percentText) is above the compiled-in ceiling of \(most.percentText)") }
            if value <= .zero { list.add(key, "\(value.percentText) is not above 0 %") }
        }
        if riskPerTrade > heat, riskPerTrade <= ceiling.riskPerTrade, heat > .zero {
            list.add("riskPerTrade", "\(riskPerTrade.percentText) is above heat \(heat.percentText), so no trade would fit")
        }
        list.require("maxOpenPositions", maxOpenPositions, in: 1...50)
        list.require("dailyLossAmount", dailyLossAmount, in: "0.01"..."1000000000")
        list.require("concentrationInstrument", concentrationInstrument, in: "0.001"..."1")
        list.require("concentrationAll", concentrationAll, in: "0.001"..."1")
        if concentrationInstrument > concentrationAll {
            list.add("concentrationInstrument", "\(concentrationInstrument.percentText) is above concentrationAll \(concentrationAll.percentText)")
        }
        list.require("lossStreak", lossStreak, in: 1...100)
        list.require("streakCoolDown", streakCoolDown, in: .minutes(1) ... .days(30))
        list.require("stoppedOutCoolDown", stoppedOutCoolDown, in: .seconds(0) ... .days(30))
        list.require("correlationLimit", correlationLimit, in: "0.1"..."1")
        list.require("probeRisk", probeRisk, in: "0"..."0.005")
        if probeRisk > riskPerTrade, riskPerTrade > .zero {
            list.add("probeRisk", "\(probeRisk.percentText) is above riskPerTrade \(riskPerTrade.percentText)")
        }
        list.require("probeUntilTrades", probeUntilTrades, in: 0...10_000)
        list.require("priorWeight", priorWeight, in: 1...10_000)
        list.require("drawdownConfidence", drawdownConfidence, in: "0.001"..."0.5")
        list.require("tradingDayOffset", tradingDayOffset, in: .seconds(0)...TimeSpan(milliseconds: 86_399_999))
        return list.problems
    }
}
