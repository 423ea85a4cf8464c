// A size with every number that led to it, as the journal keeps it and `explain` shows it.
public import Kernel

/// What may limit a size. The order decides between equals.
public enum SizingBound: String, Codable, CaseIterable, Sendable {
    /// The profile's factor times Kelly at the posterior mean.
    case kelly
    /// Kelly at the lower 20 % bound of the mean.
    case cautious
    /// Kelly constrained by the drawdown limit.
    case drawdown
    /// The probe size of a young paper account, in place of the three above.
    case probe
    /// The share of equity that a strategy puts into one position, in place of Kelly.
    case strategy
    case riskPerTrade, heat, concentration, cash
}

/// Why nothing is bought.
public enum SizingRefusal: String, Codable, CaseIterable, Sendable {
    /// Numbers that describe no trade: a stop not below the entry, rates that are no probabilities.
    case malformed
    /// There is no equity to take a share of.
    case noEquity
    /// The odds do not pay for the costs, and this account does not probe.
    case kellyNotPositive
    /// A limit of the account leaves no room; `bound` says which.
    case noRoom
    /// What is left is less than a lot or than the venue's smallest order.
    case belowMinimum
    /// What is less than a lot cannot be sold, and with it even the smallest order would lose more than it may.
    case coarseLot
}

/// How one size came about. Probabilities and returns are in the ladder's outcome order: stop, one rung
/// then out, ..., all. Fractions are notional as a share of equity, amounts are in quote units.
public struct SizingReport: Hashable, Codable, Sendable {
    /// The most notional one bound allows.
    public struct Cap: Hashable, Codable, Sendable {
        public let bound: SizingBound
        public let notional: FixedDecimal
    }

    /// Odds: base rates, then tilted by conviction, then with the closed trades.
    public struct Odds: Hashable, Codable, Sendable {
        public let prior: [Double]
        /// The log-odds by which conviction moved reaching the first rung.
        public let tilt: Double
        public let tilted: [Double]
        /// Trades the prior weighs (N0), and the closed trades beside it.
        public let priorWeight: Double
        public let counts: [Int]
        public let posterior: [Double]
        /// Net returns by outcome, fees and slippage included, and their mean at the posterior.
        public let netReturns: [Double]
        public let meanNet: Double
        /// P(stop) at which this ladder, from driftless odds, begins to pay for its costs.
        public let breakEvenStop: Double?
    }

    /// Kelly and its restraints, before any limit of the account.
    public struct Fractions: Hashable, Codable, Sendable {
        public let raw: Double
        public let factored: Double
        public let cautious: Double
        public let drawdown: Double
    }

    public let odds: Odds?
    public let fractions: Fractions?
    /// Every cap that was compared, in the order of `SizingBound`.
    public let caps: [Cap]
    /// The least cap; nil if it came to no comparison.
    public let bound: SizingBound?
    /// True if the probe size stands in for Kelly's.
    public let isProbe: Bool
    public let refusal: SizingRefusal?
    /// The loss at the stop as a share of notional, costs included.
    public let lossShare: FixedDecimal?
    /// Whole lots, and what they cost at the entry price; zero if refused.
    public let quantity: Quantity
    public let notional: FixedDecimal
    /// What the stop would lose: costs, ticks and what is less than a lot included.
    public let atRisk: FixedDecimal
}

extension SizingReport {
    /// A fixed share of equity: no odds and no other bound were asked.
    /// - Parameter share: the quote units that may be spent.
    public init(share: FixedDecimal, of entry: PlannedEntry) {
        self.init(
            odds: nil, fractions: nil, caps: [Cap(bound: .strategy, notional: share)], bound: .strategy, isProbe: false,
            refusal: entry.quantity.isZero ? .belowMinimum : nil, lossShare: nil, quantity: entry.quantity,
            notional: entry.quantity.value.times(entry.price.value, rounding: .up), atRisk: entry.quantity.isZero ? .zero : entry.risk)
    }
}
