// What the venue tells of its market: candles, tickers, the book, trades.
import Kernel
import Market
import Matching
import StrictJSON
import Trading

extension VenueState {
    func lastPrice(_ symbol: Symbol) -> Price? { core.lastPrice(symbol) }

    func klines(_ parameters: Parameters) throws(BinanceError) -> JSONValue {
        let symbol = try symbol(parameters)
        guard let interval = try parameters.choice("interval", .interval, KlineInterval.init(rawValue:)) else { throw .mandatory("interval") }
        let start = try parameters.moment("startTime"), end = try parameters.moment("endTime")
        let limit = try parameters.limit(default: 500, maximum: 1_000)
        // Only UTC days are served.
        if let zone = try parameters.text("timeZone"), !["0", "00:00", "+0", "+00:00", "UTC"].contains(zone) { throw .invalid("timeZone") }
        if let start, let end, end < start { return [] }
        let first = start ?? Timestamp(milliseconds: 0)
        let rows = tape.bars(symbol, interval, in: first...max(first, end ?? now), limit: limit, newest: start == nil, now: now)
        return .array(rows.map { $0.row(interval) })
    }

    private func book(_ symbol: Symbol, _ levels: Int) -> (bids: [OrderBookSnapshot.Level], asks: [OrderBookSnapshot.Level]) {
        core.depth(symbol, levels: levels) ?? ([], [])
    }

    func bookTicker(_ symbol: Symbol) -> JSONValue {
        let (bids, asks) = book(symbol, 1)
        return [
            "symbol": .string(symbol.venueName), "bidPrice": .price(bids.first?.price), "bidQty": .amount(bids.first?.quantity.value ?? .zero),
            "askPrice": .price(asks.first?.price), "askQty": .amount(asks.first?.quantity.value ?? .zero)
        ]
    }

    func depth(_ symbol: Symbol, _ levels: Int) -> JSONValue {
        let (bids, asks) = book(symbol, levels)
        return [
            "lastUpdateId": .integer(updateId), "bids": .array(bids.map { [.price($0.price), .quantity($0.quantity)] }),
            "asks": .array(asks.map { [.price($0.price), .quantity($0.quantity)] })
        ]
    }

    func dayTicker(_ symbol: Symbol, isFull: Bool) -> JSONValue {
        // Whole hours: the window is at most an hour longer than a day.
        let rows = tape.bars(symbol, .h1, in: (now - .days(1)).floored(to: .hours(1))...now, limit: 25, newest: true, now: now)
        let day = rows.grouped { _ in rows[0].openTime }.first ?? Bar(openTime: now, price: lastPrice(symbol)?.value ?? .zero)
        let trades = core.allTrades(symbol), last = lastPrice(symbol)?.value ?? day.close
        let opened = now - .days(1)
        let head: [(String, JSONValue)] = [("symbol", .string(symbol.venueName))]
        let prices: [(String, JSONValue)] = [
            ("openPrice", .amount(day.open)), ("highPrice", .amount(max(day.high, last))), ("lowPrice", .amount(min(day.low, last)))
        ]
        let tail: [(String, JSONValue)] = [
            ("volume", .amount(day.volume)), ("quoteVolume", .amount(day.quoteVolume)), ("openTime", .time(opened)), ("closeTime", .time(now)),
            ("firstId", .integer(trades.first?.id ?? -1)), ("lastId", .integer(trades.last?.id ?? -1)), ("count", .count(day.trades))
        ]
        guard isFull else { return .fields(head + prices + [("lastPrice", .amount(last))] + tail) }
        let change = last - day.open
        let percent = day.open.isZero ? .zero : change.times(FixedDecimal(100), rounding: .nearest).divided(by: day.open, rounding: .nearest)
        let average = day.volume.isZero ? last : day.quoteVolume.checkedDivided(by: day.volume, rounding: .nearest) ?? last
        let (bids, asks) = book(symbol, 1)
        let full: [(String, JSONValue)] = [
            ("priceChange", .amount(change)), ("priceChangePercent", .string(percent.text(places: 3))), ("weightedAvgPrice", .amount(average)),
            ("prevClosePrice", .amount(day.open)), ("lastPrice", .amount(last)), ("lastQty", .amount(trades.last?.quantity.value ?? .zero)),
            ("bidPrice", .price(bids.first?.price)), ("bidQty", .amount(bids.first?.quantity.value ?? .zero)),
            ("askPrice", .price(asks.first?.price)), ("askQty", .amount(asks.first?.quantity.value ?? .zero))
        ]
        return .fields(head + full + prices + tail)
    }

    func trades(_ symbol: Symbol, _ limit: Int) -> JSONValue {
        .array(
            core.allTrades(symbol).suffix(limit).map { trade in
                [
                    "id": .integer(trade.id), "price": .price(trade.price), "qty": .quantity(trade.quantity), "quoteQty": .amount(trade.notional),
                    "time": .time(trade.time), "isBuyerMaker": .bool(trade.takerSide == .sell), "isBestMatch": true
                ]
            })
    }

    /// Each trade is an aggregate of its own.
    func aggregateTrades(_ parameters: Parameters) throws(BinanceError) -> JSONValue {
        let symbol = try symbol(parameters)
        let from = try parameters.integer("fromId"), start = try parameters.moment("startTime"), end = try parameters.moment("endTime")
        let limit = try parameters.limit(default: 500, maximum: 1_000)
        guard from == nil || start == nil && end == nil else { throw .combination }
        let found = core.allTrades(symbol).filter { (trade: FillRecord) -> Bool in
            trade.id >= from ?? 0 && trade.time >= start ?? trade.time && trade.time <= end ?? trade.time
        }
        let shown = from == nil && start == nil ? found.suffix(limit) : found.prefix(limit)
        return .array(
            shown.map { (trade: FillRecord) -> JSONValue in
                [
                    "a": .integer(trade.id), "p": .price(trade.price), "q": .quantity(trade.quantity), "f": .integer(trade.id),
                    "l": .integer(trade.id),
                    "T": .time(trade.time), "m": .bool(trade.takerSide == .sell), "M": true
                ]
            })
    }
}

extension Bar {
    fileprivate func row(_ interval: KlineInterval) -> JSONValue {
        [
            .time(openTime), .amount(open), .amount(high), .amount(low), .amount(close), .amount(volume),
            .integer(interval.next(after: openTime).milliseconds - 1), .amount(quoteVolume), .count(trades), .amount(takerBase),
            .amount(takerQuote), "0"
        ]
    }
}
