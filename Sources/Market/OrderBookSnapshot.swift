// The two sides of a book at one moment: checked for order and crossing, so that nobody sizes an entry
// against a book that cannot be.
public import Kernel

public struct OrderBookSnapshot: Hashable, Codable, Sendable {
    public struct Level: Hashable, Codable, Sendable {
        public let price: Price
        /// In base units.
        public let quantity: Quantity
        public init(price: Price, quantity: Quantity) {
            self.price = price
            self.quantity = quantity
        }
    }
    public let symbol: Symbol
    /// Best first: descending.
    public let bids: [Level]
    /// Best first: ascending.
    public let asks: [Level]

    /// nil unless both sides are strictly ordered from the best and do not touch each other.
    public init?(symbol: Symbol, bids: [Level], asks: [Level]) {
        guard zip(bids, bids.dropFirst()).allSatisfy({ $0.price > $1.price }),
            zip(asks, asks.dropFirst()).allSatisfy({ $0.price < $1.price })
        else { return nil }
        if let bid = bids.first, let ask = asks.first, bid.price >= ask.price { return nil }
        self.symbol = symbol
        self.bids = bids
        self.asks = asks
    }
}
