// Candles, tickers and books of Binance read strictly: exact decimals from strings, positive prices.
// What does not fit is malformed; it is never repaired. A row that an outage cut short or moved off the grid, or whose
// figures are impossible, is a gap: it says nothing of the rows round it.
import Kernel
import Market
import Ports
import StrictJSON
import VenueCommon

enum MarketRows {
    /// Rows of `klines` that open inside `first...last`, ascending; later ones (still open) are dropped, and so are those
    /// that are not a whole interval on the grid or have impossible figures. An answer without a possible row is malformed, and so is
    /// one whose times are no times or in disorder.
    static func candles(
        _ answer: JSONField, _ timeframe: Timeframe, from first: Timestamp, to last: Timestamp,
        source: String
    ) throws(FeedError) -> [Candle] {
        guard let rows = answer.elements, rows.count <= 1_000 else {
            throw FeedError(.malformed, source: source, "klines is not a list of at most 1000")
        }
        var candles: [Candle] = [], previous: Timestamp?, impossible: Int?
        for (index, row) in rows.enumerated() {
            guard let opened = row.elements?.first?.moment else { throw FeedError(.malformed, source: source, "candle row \(index) has no time") }
            if opened > last { continue }
            guard opened >= first else { throw FeedError(.malformed, source: source, "candle row \(index) was not asked for") }
            if let previous, opened <= previous { throw FeedError(.malformed, source: source, "candle row \(index) repeats or goes back") }
            previous = opened
            guard let (candle, closed) = figures(row) else {
                impossible = impossible ?? index
                continue
            }
            if isWhole(candle, closed, timeframe) { candles.append(candle) }
        }
        if let impossible, candles.isEmpty { throw FeedError(.malformed, source: source, "candle row \(impossible) cannot be") }
        return candles
    }

    private static func isWhole(_ candle: Candle, _ closed: Timestamp, _ timeframe: Timeframe) -> Bool {
        candle.openTime.floored(to: timeframe.duration) == candle.openTime
            && closed == candle.openTime + timeframe.duration - TimeSpan(milliseconds: 1)
    }

    /// `[openTime, open, high, low, close, volume, closeTime, …]`, of whatever length in time.
    static func figures(_ row: JSONField) -> (Candle, closed: Timestamp)? {
        guard let fields = row.elements, fields.count >= 7, let opened = fields[0].moment, let closed = fields[6].moment,
            let open = price(fields[1]), let high = price(fields[2]), let low = price(fields[3]), let close = price(fields[4]),
            let volume = fields[5].quantity, let candle = Candle(openTime: opened, open: open, high: high, low: low, close: close, volume: volume)
        else { return nil }
        return (candle, closed)
    }

    /// nil if the venue has no last price or writes an impossible one: that instrument sits out.
    static func ticker(_ row: JSONField, _ symbol: Symbol) -> Ticker? {
        guard let last = row["lastPrice"].flatMap(price), let time = row["closeTime"]?.moment else { return nil }
        let volume = row["quoteVolume"]?.decimal
        let change = row["priceChangePercent"]?.decimal?.checkedDivided(by: FixedDecimal(100), rounding: .nearest)
        return Ticker(
            symbol: symbol, time: time, last: last, bid: row["bidPrice"].flatMap(price),
            ask: row["askPrice"].flatMap(price), quoteVolume: volume.flatMap { $0.isNegative ? nil : $0 }, change: change.map { Ratio($0) })
    }

    /// Best bid and ask; nil if a side is empty or the row is impossible.
    static func bestPrices(_ row: JSONField) -> BestPrices? {
        guard let best = top(row), best.bid < best.ask else { return nil }
        return best
    }

    /// The same, except that both may stand at one price.
    static func top(_ row: JSONField) -> BestPrices? {
        guard let bid = row["bidPrice"].flatMap(price), let ask = row["askPrice"].flatMap(price) else { return nil }
        return BestPrices(bid: bid, ask: ask)
    }

    static func book(_ answer: JSONField, _ symbol: Symbol, source: String) throws(FeedError) -> OrderBookSnapshot {
        guard let bids = answer["bids"]?.elements.flatMap(levels), let asks = answer["asks"]?.elements.flatMap(levels),
            let book = OrderBookSnapshot(symbol: symbol, bids: bids, asks: asks)
        else {
            throw FeedError(.malformed, source: source, "a book that cannot be")
        }
        return book
    }

    /// nil if any level is not a positive price with a positive quantity.
    private static func levels(_ rows: [JSONField]) -> [OrderBookSnapshot.Level]? {
        var levels: [OrderBookSnapshot.Level] = []
        for row in rows {
            guard let fields = row.elements, fields.count >= 2, let price = price(fields[0]),
                let quantity = fields[1].decimal.flatMap({ Quantity($0) }), !quantity.isZero
            else { return nil }
            levels.append(OrderBookSnapshot.Level(price: price, quantity: quantity))
        }
        return levels
    }

    private static func price(_ node: JSONField) -> Price? { node.decimal.flatMap { Price($0) } }
}
