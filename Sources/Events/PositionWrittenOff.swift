// What can never be sold and is given up by a person: its coins leave the account for nothing.
public import Kernel
public import Market
public import Trading

public struct PositionWrittenOff: Hashable, Codable, Sendable {
    public let trade: TradeId
    public let symbol: Symbol
    public let quantity: Quantity
    /// A person's words.
    public let reason: String
    public let postings: [Posting]
    public init(trade: TradeId, symbol: Symbol, quantity: Quantity, reason: String) {
        self.trade = trade
        self.symbol = symbol
        self.quantity = quantity
        self.reason = reason
        postings = Postings.dust(quantity, of: symbol.base)
    }
}

extension AccountBook {
    /// Sales that were announced and have no final answer, oldest first.
    public var pendingSales: [Order] { unresolvedOrders.filter { $0.side == .sell } }
}
