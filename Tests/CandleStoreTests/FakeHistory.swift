// A venue with a history of its own, that fails when a test says so.
import Kernel
import Market
import Ports
import Synchronization

final class FakeHistory: MarketFeed {
    let name = "fake venue"
    private let histories: [Symbol: [Candle]]
    private let timeframe: Timeframe
    /// Asked with the number of the question (from 1) and its start, before the answer.
    private let fails: @Sendable (Int, Timestamp) -> FeedError.Kind?
    private let asked = Mutex<[(symbol: Symbol, from: Timestamp)]>([])
    private let atOnce = Mutex((now: 0, most: 0))

    var questions: [(symbol: Symbol, from: Timestamp)] { asked.withLock { $0 } }
    var mostAtOnce: Int { atOnce.withLock { $0.most } }

    init(_ histories: [Symbol: [Candle]], _ timeframe: Timeframe, fails: @escaping @Sendable (Int, Timestamp) -> FeedError.Kind? = { _, _ in nil }) {
        self.histories = histories
        self.timeframe = timeframe
        self.fails = fails
    }

    func finestTimeframe(of symbol: Symbol, at time: Timestamp) async -> Timeframe { timeframe }
    func instruments(at time: Timestamp) async throws(FeedError) -> [Instrument] { [] }
    func tickers(at time: Timestamp) async throws(FeedError) -> [Ticker] { [] }

    func candles(_ symbol: Symbol, _ timeframe: Timeframe, from start: Timestamp, to end: Timestamp, limit: Int) async throws(FeedError) -> [Candle] {
        atOnce.withLock {
            $0.now += 1; $0.most = max($0.most, $0.now)
        }
        defer { atOnce.withLock { $0.now -= 1 } }
        let number = asked.withLock {
            $0.append((symbol, start)); return $0.count
        }
        await Task.yield()
        if let kind = fails(number, start) { throw FeedError(kind, source: name, "told to fail") }
        guard let history = histories[symbol] else { throw FeedError(.notFound, source: name, "no such pair") }
        return Array(history.filter { $0.openTime >= start && $0.closeTime(timeframe) <= end }.suffix(limit))
    }
}
