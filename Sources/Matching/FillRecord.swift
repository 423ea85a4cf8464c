// One fill between a resting order and one that came to it.
public import Kernel
public import Market
public import Trading

public struct FillRecord: Hashable, Sendable {
    public struct Party: Hashable, Sendable {
        public let account: ParticipantId
        /// nil for the market's quotes.
        public let order: Int64?
        public let fee: Money
    }
    /// 1, 2, 3 ... in its symbol.
    public let id: Int64
    public let symbol: Symbol
    /// The maker's.
    public let price: Price
    public let quantity: Quantity
    /// Quantity times price, rounded down at 12 places: what the buyer paid and the seller got, before fees.
    public let notional: FixedDecimal
    public let takerSide: Side
    public let maker: Party
    public let taker: Party
    public let time: Timestamp

    public var buyer: Party { takerSide == .buy ? taker : maker }
    public var seller: Party { takerSide == .sell ? taker : maker }
}
