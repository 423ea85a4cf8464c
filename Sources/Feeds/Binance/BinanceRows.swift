// Candles, tickers and books of Binance read strictly: exact decimals from strings, positive prices,
// times on the grid. What does not fit is malformed; it is never repaired.
import Domain
import Ports

enum BinanceRows {
    /// Rows of `klines` that open inside `first...last`, ascending on the grid; later ones (still open) are dropped.
    static func candles(_ answer: Field, _ timeframe: Timeframe, from first: Timestamp, to last: Timestamp,
                        source: String) throws(FeedError) -> [Candle] {
        guard let rows = answer.elements, rows.count <= 1_000 else { throw FeedError(.malformed, source: source, "klines is not a list of at most 1000") }
        var candles: [Candle] = []
        for (index, row) in rows.enumerated() {
            guard let candle = candle(row, timeframe) else { throw FeedError(.malformed, source: source, "candle row \(index) cannot be") }
            if candle.openTime > last { continue }
            guard candle.openTime >= first else { throw FeedError(.malformed, source: source, "candle row \(index) was not asked for") }
            if let previous = candles.last, candle.openTime <= previous.openTime {
                throw FeedError(.malformed, source: source, "candle row \(index) repeats or goes back")
            }
            candles.append(candle)
        }
        return candles
    }

    /// `[openTime, open, high, low, close, volume, closeTime, …]`.
    private static func candle(_ row: Field, _ timeframe: Timeframe) -> Candle? {
        guard let fields = row.elements, fields.count >= 7, let opened = fields[0].integer, let closed = fields[6].integer else { return nil }
        let openTime = Timestamp(milliseconds: opened)
        guard (0..<maximumTime).contains(opened), openTime.floored(to: timeframe.duration) == openTime,
              closed == opened + timeframe.duration.milliseconds - 1,
              let open = price(fields[1]), let high = price(fields[2]), let low = price(fields[3]), let close = price(fields[4]),
              let volume = fields[5].decimal.flatMap({ Quantity($0) }) else { return nil }
        return Candle(openTime: openTime, open: open, high: high, low: low, close: close, volume: volume)
    }

    /// nil where the venue has no last price or writes one that cannot be: that instrument sits out.
    static func ticker(_ row: Field, _ symbol: Symbol) -> Ticker? {
        guard let last = row["lastPrice"].flatMap(price), let time = row["closeTime"]?.integer, (0..<maximumTime).contains(time) else { return nil }
        let volume = row["quoteVolume"]?.decimal
        let change = row["priceChangePercent"]?.decimal?.checkedDivided(by: FixedDecimal(100), rounding: .nearest)
        return Ticker(symbol: symbol, time: Timestamp(milliseconds: time), last: last, bid: row["bidPrice"].flatMap(price),
                      ask: row["askPrice"].flatMap(price), quoteVolume: volume.flatMap { $0.isNegative ? nil : $0 }, change: change.map { Ratio($0) })
    }

    static func book(_ answer: Field, _ symbol: Symbol, source: String) throws(FeedError) -> OrderBookSnapshot {
        guard let bids = answer["bids"]?.elements.flatMap(levels), let asks = answer["asks"]?.elements.flatMap(levels),
              let book = OrderBookSnapshot(symbol: symbol, bids: bids, asks: asks) else {
            throw FeedError(.malformed, source: source, "a book that cannot be")
        }
        return book
    }

    /// nil where any level is not a positive price with a positive quantity.
    private static func levels(_ rows: [Field]) -> [OrderBookSnapshot.Level]? {
        var levels: [OrderBookSnapshot.Level] = []
        for row in rows {
            guard let fields = row.elements, fields.count >= 2, let price = price(fields[0]),
                  let quantity = fields[1].decimal.flatMap({ Quantity($0) }), !quantity.isZero else { return nil }
            levels.append(OrderBookSnapshot.Level(price: price, quantity: quantity))
        }
        return levels
    }

    private static func price(_ node: Field) -> Price? { node.decimal.flatMap { Price($0) } }

    /// The year 2200 in milliseconds: beyond it a time is a mistake, and sums could overflow.
    static let maximumTime: Int64 = 7_258_118_400_000
}
