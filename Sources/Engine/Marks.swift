// Current prices of what is held: the close of the finest closed candle, fresh or not at all. All symbols
// are asked at once, each a few times if that helps, and each fails alone.
import Kernel
import Market
import Ports
import Trading

struct Marks {
    let parts: Parts

    /// Closed candles of one symbol, ascending.
    struct RecentCandles: Sendable {
        let timeframe: Timeframe
        let candles: [Candle]
        /// False if a long pause is read in several steps, and this is not the last of them.
        var reachesNow = true
        /// The newest close, if it is at most three candles old at `time`.
        func mark(at time: Timestamp) -> Price? {
            candles.last.flatMap { $0.openTime >= time - timeframe.duration * 3 ? $0.close : nil }
        }
    }

    /// One mark for every symbol that has a fresh one at `time`; the others are missing, and so are those whose candles last
    /// price and book contradict.
    func prices(of symbols: [Symbol], at time: Timestamp) async -> [Symbol: Price] {
        let market = parts.market
        let fetched = await parts.fetching.fetchAll(
            symbols.map { symbol in
                Source("\(symbol) price", required: false) { () throws(FeedError) in SourceValue(try await market.lastPrice(of: symbol, at: time)) }
            })
        let found = Dictionary(
            zip(symbols, fetched).compactMap { symbol, fetched in (fetched.value ?? nil).map { (symbol, $0) } },
            uniquingKeysWith: { first, _ in first })
        let opinions = await opinions(on: found.keys.sorted())
        return found.filter { PriceJudge().agrees($0.value, opinions[$0.key] ?? .none, at: time) }
    }

    /// The finest candles of each symbol since the moment beside it, and at least the newest one; a symbol whose
    /// candles could not be read is missing, and `lost` says why.
    func histories(_ wanted: [(symbol: Symbol, since: Timestamp?)], at time: Timestamp) async -> (
        found: [Symbol: RecentCandles], lost: [Symbol: String]
    ) {
        let market = parts.market
        let sources = wanted.map { symbol, since in
            Source("\(symbol) candles", required: false) { () throws(FeedError) in
                let timeframe = await market.finestTimeframe(of: symbol, at: time)
                let step = timeframe.duration
                let from = min(since ?? time, time - step * 3)
                let limit = since == nil ? 1 : Int(((time - from).milliseconds / step.milliseconds).clamped(to: 1...Self.longest))
                let to = since == nil ? time : min(time, from + step * Int(Self.longest))
                return SourceValue(
                    RecentCandles(
                        timeframe: timeframe, candles: try await market.candles(symbol, timeframe, from: from, to: to, limit: limit),
                        reachesNow: to == time))
            }
        }
        let fetched = await parts.fetching.fetchAll(sources)
        let answers = zip(wanted.map(\.symbol), fetched)
        return (
            Dictionary(answers.compactMap { symbol, fetched in fetched.value.map { (symbol, $0) } }, uniquingKeysWith: { first, _ in first }),
            Dictionary(
                answers.compactMap { symbol, fetched in fetched.value == nil ? (symbol, fetched.report.detail) : nil },
                uniquingKeysWith: { first, _ in first })
        )
    }

    /// Two weeks of minutes: after a longer pause the oldest are read first, and each step reads on from there.
    static let longest: Int64 = 20_160
}

extension Comparable {
    fileprivate func clamped(to limits: ClosedRange<Self>) -> Self { min(max(self, limits.lowerBound), limits.upperBound) }
}
