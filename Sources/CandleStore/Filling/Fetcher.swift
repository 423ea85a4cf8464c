// Candles of a span asked of a feed, in pages small enough that a lost answer costs little. Waiting, trying
// again and the venue's limits are the feed's business.
import Kernel
import Market
import Ports

struct Fetcher: Sendable {
    let feed: any MarketFeed
    let symbol: Symbol
    let timeframe: Timeframe

    /// Candles asked for at once: as many as venues give in one answer.
    static let page = 1_000

    /// Candles that open in [from, to) and are closed, ascending.
    func candles(from start: Timestamp, to end: Timestamp) async throws(FeedError) -> [Candle] {
        var all: [Candle] = [], at = start
        while at < end {
            let stop = min(at + timeframe.duration * Self.page, end)
            let page = try await feed.candles(symbol, timeframe, from: at, to: stop, limit: Self.page)
            guard page.allSatisfy({ $0.openTime >= at && $0.closeTime(timeframe) <= stop }) else {
                throw FeedError(.malformed, source: feed.name, "candles of \(symbol) that were not asked for")
            }
            all += page
            at = stop
        }
        return all
    }
}
