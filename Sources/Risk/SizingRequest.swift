// Everything a size depends on, as values: the same request always gives the same size.
public import Analysis
public import Kernel
public import Market

/// One agreed instrument and the account it would be bought for. Amounts are in quote units.
public struct SizingRequest: Sendable {
    public var instrument: Instrument
    /// The price the decision was made at, before slippage.
    public var entry: Price
    public var stop: Price
    public var ladder: LadderTerms
    public var fee: Ratio
    public var slippage: Ratio
    /// The decision's conviction, 0 to 1.
    public var conviction: Ratio
    public var map: ConvictionMap
    /// Base rates of the ladder's outcomes on this instrument (`FirstPassage.rates`).
    public var baseRates: [Double]
    /// Closed trades of the same panel by outcome: stop, one rung then out, ..., all.
    public var closedByOutcome: [Int]
    /// Closed trades that count towards the end of probing.
    public var closedTrades: Int
    /// Money that is only paper may probe.
    public var isPaper: Bool
    /// The profile's factor of Kelly, its risk per trade and its drawdown limit, as shares.
    public var kellyFactor: Ratio
    public var riskPerTrade: Ratio
    public var drawdownLimit: Ratio
    /// Below so many closed trades a paper account may probe, and what a probe puts at risk, as a share of equity.
    public var probeUntilTrades: Int
    public var probeRisk: Ratio
    /// Trades the prior weighs (N0).
    public var priorWeight: Int
    /// The chance of breaking the drawdown limit that the constrained Kelly accepts.
    public var drawdownConfidence: Ratio
    public var equity: FixedDecimal
    /// What the heat limit still allows to lose at stops.
    public var heatLeft: FixedDecimal
    /// What the concentration limits still allow in notional, of this instrument and of all: the lesser.
    public var concentrationLeft: FixedDecimal
    /// Free money.
    public var cash: FixedDecimal

    public init(
        instrument: Instrument, entry: Price, stop: Price, ladder: LadderTerms, fee: Ratio, slippage: Ratio,
        conviction: Ratio, map: ConvictionMap = .prior, baseRates: [Double], closedByOutcome: [Int], closedTrades: Int,
        isPaper: Bool, kellyFactor: Ratio, riskPerTrade: Ratio, drawdownLimit: Ratio, probeUntilTrades: Int = 30,
        probeRisk: Ratio = "0.0025", priorWeight: Int = 20, drawdownConfidence: Ratio = "0.05", equity: FixedDecimal,
        heatLeft: FixedDecimal, concentrationLeft: FixedDecimal, cash: FixedDecimal
    ) {
        self.instrument = instrument
        self.entry = entry
        self.stop = stop
        self.ladder = ladder
        self.fee = fee
        self.slippage = slippage
        self.conviction = conviction
        self.map = map
        self.baseRates = baseRates
        self.closedByOutcome = closedByOutcome
        self.closedTrades = closedTrades
        self.isPaper = isPaper
        self.kellyFactor = kellyFactor
        self.riskPerTrade = riskPerTrade
        self.drawdownLimit = drawdownLimit
        self.probeUntilTrades = probeUntilTrades
        self.probeRisk = probeRisk
        self.priorWeight = priorWeight
        self.drawdownConfidence = drawdownConfidence
        self.equity = equity
        self.heatLeft = heatLeft
        self.concentrationLeft = concentrationLeft
        self.cash = cash
    }
}
