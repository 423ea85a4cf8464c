// Candles and tickers of the synthetic market, without waiting: what the feed's asynchronous calls
// and a tight loop both use. Nothing that was still open at the asked time is ever returned.
public import Kernel
public import Market

extension SyntheticMarket {
    /// One candle; nil if the open time is off the grid, before the listing or beyond the market's 359 years.
    /// Whether it is closed is the caller's knowledge: this call has no "now".
    public func candle(_ index: Int, _ timeframe: Timeframe, at openTime: Timestamp) -> Candle? {
        guard openTime.floored(to: timeframe.duration) == openTime else { return nil }
        return candles(index, timeframe, from: openTime, to: openTime + timeframe.duration, limit: 1).first
    }

    /// Candles closed at `end` that open at or after `start`, ascending; at most the `limit` newest.
    public func candles(_ index: Int, _ timeframe: Timeframe, from start: Timestamp, to end: Timestamp, limit: Int) -> [Candle] {
        let step = timeframe.duration, listing = listings[index]
        guard limit > 0, end > start else { return [] }
        let frame = Int(step.milliseconds / 60_000)
        let last = min(minutes(end.floored(to: step)), PathNode.spanMinutes)
        var first = max(minutes(start.floored(to: step)), 0)
        if Self.epoch + .minutes(first) < start { first += frame }
        first = max(first, minutes(listedSince(index, at: end)))
        if last / frame - first / frame > limit { first = last - limit * frame }
        guard first < last else { return [] }
        let walk = CandleWalk(listing, regimeKey: regimeKey, crash: crash, from: first, to: last, frame: frame)
        var result: [Candle] = []
        result.reserveCapacity(walk.found.count)
        for found in walk.found { if let candle = candle(found, listing) { result.append(candle) } }
        return result
    }

    /// The ticker at a time: last minute's close, a spread about it, and the last 24 hourly candles' turnover.
    public func ticker(_ index: Int, at time: Timestamp) -> Ticker? {
        let listing = listings[index], minute = TimeSpan.minutes(1)
        guard let last = candle(index, .m1, at: time.floored(to: minute) - minute) else { return nil }
        let breath = Noise.unit(UInt32(truncatingIfNeeded: Noise.bits(listing.shape.coinKey ^ 0x5B, UInt64(bitPattern: last.openTime.milliseconds))))
        guard let half = FixedDecimal(shortest: (listing.coin.spread * (0.7 + 0.6 * breath) / 20_000 * 1e9).rounded() / 1e9) else { return nil }
        let hours = candles(index, .h1, from: time - .hours(25), to: time, limit: 24)
        var turnover = FixedDecimal.zero
        for hour in hours { turnover = turnover + hour.volume.value.times(hour.close.value, rounding: .nearest) }
        let change = candle(index, .m1, at: last.openTime - .hours(24)).map { before in
            Ratio((last.close.value - before.close.value).divided(by: before.close.value, rounding: .nearest).rounded(places: 6, .nearest))
        }
        return Ticker(
            symbol: listing.instrument.symbol, time: last.closeTime(.m1), last: last.close,
            bid: last.close.moved(by: Ratio(-half), tick: listing.coin.tick, .down),
            ask: last.close.moved(by: Ratio(half), tick: listing.coin.tick, .up),
            quoteVolume: hours.count == 24 ? turnover.rounded(places: 2, .nearest) : nil, change: change)
    }

    private func minutes(_ time: Timestamp) -> Int { Int((time - Self.epoch).milliseconds / 60_000) }

    /// Puts log prices on the tick grid. Rounding is monotone, so the highest stays highest and parts still add up.
    private func candle(_ found: LogCandle, _ listing: Listing) -> Candle? {
        let tick = listing.coin.tick.raw
        func price(_ logPrice: Double) -> Price? {
            Price(FixedDecimal(raw: Int128(max(1, Int64((Mathematics.exp(logPrice) / listing.tick).rounded()))) * tick))
        }
        guard let open = price(found.open), let high = price(found.high), let low = price(found.low), let close = price(found.close),
            let volume = Quantity(FixedDecimal(raw: Int128(found.lots) * listing.coin.lot.raw))
        else { return nil }
        return Candle(openTime: Self.epoch + .minutes(found.start), open: open, high: high, low: low, close: close, volume: volume)
    }
}
