// What a venue says one coin costs now, beside its candles: the last trade, and the best of its book.
public import Kernel

public struct Quote: Hashable, Sendable {
    public let last: Price
    /// The moment the last price speaks of, by the venue's clock.
    public let time: Timestamp
    public let bid: Price
    public let ask: Price

    /// nil if the book stands crossed.
    public init?(last: Price, at time: Timestamp, bid: Price, ask: Price) {
        guard bid <= ask else { return nil }
        self.last = last
        self.time = time
        self.bid = bid
        self.ask = ask
    }
}

/// What else is known of a price than its candles.
public enum SecondOpinion: Hashable, Sendable {
    /// There is no other source: files, a made-up market.
    case none
    /// There is one, and it could not be read.
    case unread(why: String)
    case quote(Quote)
}

/// What a coin costs now by last price and order book: what it counts at, and what a sale gets.
public struct SpotPrice: Hashable, Sendable {
    public let last: Price
    public let sale: Price
    public init(last: Price, sale: Price) {
        self.last = last
        self.sale = sale
    }
    /// Both stand at or below that level.
    public func isAtOrBelow(_ level: Price) -> Bool { last <= level && sale <= level }
}

/// Between which prices a coin was while it was held: from its stop up to the highest it reached or shall reach.
/// If two sources contradict each other, it says which of them is absurd.
public struct KnownRange: Hashable, Sendable {
    public let low: Price
    public let high: Price
    public init(_ low: Price, _ high: Price) {
        self.low = min(low, high)
        self.high = max(low, high)
    }
    /// Inside it, or outside by no more than that factor.
    public func isNear(_ price: Price, factor: Int) -> Bool {
        let factor = Int128(factor)
        return price.value.raw * factor >= low.value.raw && price.value.raw <= high.value.raw * factor
    }
}

extension Holding {
    public var knownRange: KnownRange { KnownRange(protectiveStop, max(watch.highest, nextRung?.price ?? watch.highest, entryPrice)) }
}
