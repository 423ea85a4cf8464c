// The settings of the risk file. The profile is read first: the numbers after it change the profile's.
import Kernel
import Settings

extension FieldTable {
    static let risk = Section(
        "risk",
        [
            .profile,
            .value("riskPerTrade", \.risk.riskPerTrade, .share),
            .value("heat", \.risk.heat, .share),
            .value("dailyLoss", \.risk.dailyLoss, .share),
            .value("drawdown", \.risk.drawdown, .share),
            .value("kellyFactor", \.risk.kellyFactor, .decimalShare),
            .value("maxOpenPositions", \.risk.maxOpenPositions, .count),
            .value("dailyLossAmount", \.risk.dailyLossAmount, .decimal),
            .value("concentrationInstrument", \.risk.concentrationInstrument, .share),
            .value("concentrationAll", \.risk.concentrationAll, .share),
            .value("lossStreak", \.risk.lossStreak, .count),
            .value("streakCoolDown", \.risk.streakCoolDown, .duration),
            .value("stoppedOutCoolDown", \.risk.stoppedOutCoolDown, .duration),
            .value("correlationLimit", \.risk.correlationLimit, .decimalShare),
            .value("probeRisk", \.risk.probeRisk, .share),
            .value("probeUntilTrades", \.risk.probeUntilTrades, .count),
            .value("priorWeight", \.risk.priorWeight, .count),
            .value("drawdownConfidence", \.risk.drawdownConfidence, .share),
            .value("tradingDayOffset", \.risk.tradingDayOffset, .duration)
        ])
}

extension Field {
    fileprivate static let profile = Field(
        name: "profile",
        read: { reading, entry, key, settings in
            if let name = reading.scalar(entry, key, Kind<RiskProfile.Name>.word()) { settings.risk = RiskLimits(profile: name) }
        }, text: { $0.risk.profile.rawValue })
}

extension Kind where Value == Ratio {
    /// A share that people say as a plain number.
    fileprivate static let decimalShare = Kind(expected: "a number such as 0.25 or 25 %", parse: { Measure.share($0) }, text: { $0.description })
}
