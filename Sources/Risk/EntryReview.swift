// Why an agreed instrument was or was not bought: one record with every number on the way from the
// verdict to the order.
public import Kernel
public import Market
public import Trading

public struct EntryReview: Hashable, Codable, Sendable {
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
    /// The last price when it was decided.
    public let price: Price
    public let likeness: Likeness?
    public let sizing: SizingReport?
    /// All of the gate's checks; empty if it did not come that far.
    public let checks: [CheckResult]
    /// The order that was announced; nil if it was refused.
    public let order: ClientOrderId?
    public let trade: TradeId?
    /// The first reason against it; nil if it was approved.
    public let refusal: String?

    public init(
        symbol: Symbol, conviction: Ratio, price: Price, likeness: Likeness? = nil, sizing: SizingReport? = nil,
        checks: [CheckResult] = [], order: ClientOrderId? = nil, trade: TradeId? = nil, refusal: String?
    ) {
        self.symbol = symbol
        self.conviction = conviction
        self.price = price
        self.likeness = likeness
        self.sizing = sizing
        self.checks = checks
        self.order = order
        self.trade = trade
        self.refusal = refusal
    }
}
