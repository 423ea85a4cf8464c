// A market that is known from files: the same candles a backtest reads, served as a venue would serve them at a
// moment of virtual time.
import Kernel
import Market
import Ports
import Strategies

struct ReplayFeed: MarketFeed {
    let name = "candle files"
    private let moment: FillRule.Moment
    private let histories: [Symbol: [Candle]]
    /// Finer candles of the same markets; empty if there are none.
    private let detail: [Symbol: [Candle]]
    private let listed: [Instrument]
    private let timeframe: Timeframe
    private let finest: Timeframe
    /// When each symbol's last candle closes.
    let ends: [Symbol: Timestamp]

    /// - Parameters:
    ///   - histories: a venue serves what is before their first row too, if it is there.
    ///   - moment: what one costs when a candle closes: that close, or the open of the candle that follows at once.
    init(_ histories: [CandleHistory], detail: [CandleHistory], _ timeframe: Timeframe, at moment: FillRule.Moment) {
        self.moment = moment
        self.timeframe = timeframe
        listed = histories.map(\.instrument)
        finest = detail.first?.timeframe ?? timeframe
        self.histories = Dictionary(histories.map { ($0.instrument.symbol, $0.withLead.candles) }, uniquingKeysWith: { first, _ in first })
        self.detail = Dictionary(detail.map { ($0.instrument.symbol, $0.candles) }, uniquingKeysWith: { first, _ in first })
        ends = self.histories.compactMapValues { $0.last?.closeTime(timeframe) }
    }

    func finestTimeframe(of symbol: Symbol, at time: Timestamp) async -> Timeframe { finest }
    func instruments(at time: Timestamp) async throws(FeedError) -> [Instrument] { listed }
    func tickers(at time: Timestamp) async throws(FeedError) -> [Ticker] { [] }

    func candles(_ symbol: Symbol, _ timeframe: Timeframe, from start: Timestamp, to end: Timestamp, limit: Int) async throws(FeedError) -> [Candle] {
        guard let all = timeframe == self.timeframe ? histories[symbol] : timeframe == finest ? detail[symbol] : nil else {
            throw FeedError(.notFound, source: name, "no \(timeframe.rawValue) candles of \(symbol)")
        }
        let first = all.firstIndex(from: start), last = all.firstIndex(from: end - timeframe.duration + TimeSpan(milliseconds: 1))
        return first < last ? Array(all[max(first, last - limit)..<last]) : []
    }

    func lastPrice(of symbol: Symbol, at time: Timestamp) async throws(FeedError) -> Price? {
        guard let all = histories[symbol] else { return nil }
        let next = all.firstIndex(from: time)
        // At the end of the file there is nothing but its last close.
        if moment == .close || next == all.count { return next > 0 ? all[next - 1].close : nil }
        return all[next].openTime == time ? all[next].open : nil
    }
}

extension [Candle] {
    /// The first candle that opens at or after a moment; `count` if none does.
    fileprivate func firstIndex(from time: Timestamp) -> Int {
        var low = 0, high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].openTime < time { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension CandleHistory {
    fileprivate var candles: [Candle] { close.indices.compactMap { candle($0) } }

    /// A row as the exact candle the file had.
    private func candle(_ row: Int) -> Candle? {
        guard let open = Price(price(open[row])), let high = Price(price(high[row])), let low = Price(price(low[row])),
            let close = Price(price(close[row])),
            let volume = FixedDecimal(shortest: volume[row]).flatMap({ Quantity($0) })
        else { return nil }
        return Candle(openTime: Timestamp(milliseconds: openTime[row]), open: open, high: high, low: low, close: close, volume: volume)
    }
}
