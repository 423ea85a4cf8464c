// Why something that was wanted was or was not done: one record with every number on the way to the order, whoever wanted it.
public import Kernel
public import Market
public import Trading

public struct Review: Hashable, Codable, Sendable {
    /// The highest correlation with something open or already chosen.
    public struct Likeness: Hashable, Codable, Sendable {
        public let symbol: Symbol
        public let correlation: Double

        public init(symbol: Symbol, correlation: Double) {
            self.symbol = symbol
            self.correlation = correlation
        }
    }
    public let symbol: Symbol
    public let conviction: Ratio
    /// The last price when it was decided; nil if there was none.
    public let price: Price?
    public let likeness: Likeness?
    /// The venue's rules that it was sized by; nil if it did not come that far.
    public let instrument: Instrument?
    public let sizing: SizingReport?
    /// All of the gate's checks; empty if it did not come that far.
    public let checks: [CheckResult]
    /// The order that was announced; nil if it was refused.
    public let order: ClientOrderId?
    public let trade: TradeId?
    /// The first reason against it; nil if it was approved.
    public let refusal: Refusal?

    public init(
        symbol: Symbol, conviction: Ratio, price: Price?, likeness: Likeness? = nil, instrument: Instrument? = nil,
        sizing: SizingReport? = nil, checks: [CheckResult] = [], order: ClientOrderId? = nil, trade: TradeId? = nil, refusal: Refusal?
    ) {
        self.symbol = symbol
        self.conviction = conviction
        self.price = price
        self.likeness = likeness
        self.instrument = instrument
        self.sizing = sizing
        self.checks = checks
        self.order = order
        self.trade = trade
        self.refusal = refusal
    }

    /// The check that refused it, with its figures.
    public var refusedBy: CheckResult? {
        guard case .check(let name) = refusal else { return nil }
        return checks.first { $0.check == name && !$0.passed }
    }
}
