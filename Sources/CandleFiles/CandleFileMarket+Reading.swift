// Questions to candle files, answered without waiting. Direct rows come first; if a file of the
// asked time frame has none, finer ones are put together, and only if they are complete.
public import Kernel
public import Market
public import Ports

extension CandleFileMarket {
    /// Candles closed at `end` that open at or after `start`, ascending; at most the `limit` newest.
    public func read(_ symbol: Symbol, _ timeframe: Timeframe, from start: Timestamp, to end: Timestamp, limit: Int) throws(FeedError) -> [Candle] {
        guard files[symbol] != nil else { throw FeedError(.notFound, source: name, "no candle file of \(symbol)") }
        do throws(FileFault) {
            return candles(try sources(symbol), timeframe, from: start, to: end, limit: limit)
        } catch { throw error.feedError() }
    }

    /// The finest time frame that has a candle of any given pair (default: all) in the window, undamaged; nil if none has.
    public func finestStep(from start: Timestamp, to end: Timestamp, of wanted: [Symbol]? = nil) -> Timeframe? {
        var finest: Timeframe?
        for symbol in wanted ?? symbols {
            for source in (try? sources(symbol)) ?? [] where !source.indices(from: start, to: end).isEmpty {
                finest = min(finest ?? source.timeframe, source.timeframe)
            }
        }
        return finest
    }

    /// When a pair's history begins, as its files tell it; nil if there are none or one is damaged.
    public func listedSince(_ symbol: Symbol) -> Timestamp? { (try? sources(symbol))?.map(\.firstOpen).min() }

    /// The finest file that was running at `time`, else hourly.
    public func finest(of symbol: Symbol, at time: Timestamp) -> Timeframe {
        running((try? sources(symbol)) ?? [], at: time)?.timeframe ?? .h1
    }

    /// Pairs whose first candle has closed at `time` and whose last one closed at most a day before it.
    public func instrumentsNow(at time: Timestamp) -> [Instrument] {
        symbols.compactMap { symbol in
            guard let sources = try? sources(symbol), let span = span(of: sources), span.lowerBound <= time, time <= span.upperBound + .days(1)
            else { return nil }
            return instrument(symbol, sources)
        }
    }

    /// Tickers at `time`: the last close (with the time of that close, so that age shows) and 24 hours of turnover. No bid and ask: files have none.
    public func tickersNow(at time: Timestamp) -> [Ticker] {
        symbols.compactMap { symbol in (try? sources(symbol)).flatMap { ticker(symbol, $0, at: time) } }
    }

    private func ticker(_ symbol: Symbol, _ sources: [LoadedFile], at time: Timestamp) -> Ticker? {
        guard let frame = (running(sources, at: time) ?? sources.last { $0.timeframe <= .h1 })?.timeframe,
            let last = candles(sources, frame, from: time - .days(2), to: time, limit: 1).last
        else { return nil }
        let now = time.floored(to: frame.duration), yesterday = now - .days(1)
        let day = candles(sources, frame, from: yesterday, to: now, limit: .max)
        let before = candles(sources, frame, from: yesterday - frame.duration * 2, to: yesterday, limit: 1).last
        var turnover = FixedDecimal.zero
        for candle in day { turnover = turnover + (candle.volume.value.checkedTimes(candle.close.value, rounding: .nearest) ?? .zero) }
        let change = before.flatMap { (last.close.value - $0.close.value).checkedDivided(by: $0.close.value, rounding: .nearest) }
        // A sum over less than a day of history is no day's turnover; gaps inside only make it smaller.
        let wholeDay = sources.contains { $0.timeframe <= .h1 && $0.firstOpen <= yesterday }
        return Ticker(
            symbol: symbol, time: last.closeTime(frame), last: last.close, quoteVolume: wholeDay ? turnover : nil,
            change: change.map { Ratio($0.rounded(places: 6, .nearest)) })
    }

    private func running(_ sources: [LoadedFile], at time: Timestamp) -> LoadedFile? {
        sources.first { $0.timeframe <= .h1 && $0.firstOpen + $0.timeframe.duration <= time && time <= $0.lastClose + $0.timeframe.duration }
    }

    /// From the first close to the last one of all pairs that are not damaged, hourly or finer; nil if there are none.
    public var span: ClosedRange<Timestamp>? {
        let spans = symbols.compactMap { symbol in (try? sources(symbol)).flatMap(span(of:)) }
        guard let first = spans.map(\.lowerBound).min(), let last = spans.map(\.upperBound).max() else { return nil }
        return first...last
    }

    private func span(of sources: [LoadedFile]) -> ClosedRange<Timestamp>? {
        let fine = sources.filter { $0.timeframe <= .h1 }
        guard let first = fine.map({ $0.firstOpen + $0.timeframe.duration }).min(), let last = fine.map(\.lastClose).max() else { return nil }
        return first...max(first, last)
    }

    /// Rows of the asked time frame, and for openings they do not have the nearest finer file that is complete there.
    private func candles(_ sources: [LoadedFile], _ timeframe: Timeframe, from start: Timestamp, to end: Timestamp, limit: Int) -> [Candle] {
        guard limit > 0, end > start else { return [] }
        let step = timeframe.duration
        let floored = start.floored(to: step)
        let first = floored == start ? start : floored + step
        let stop = end.floored(to: step)
        guard first < stop else { return [] }
        var found: [Candle] = []
        for source in sources.reversed() where source.timeframe <= timeframe {
            // Enough newest candles: finer files can only fill gaps between them.
            let low = found.count >= limit ? found[found.count - limit].openTime : first
            let wanted = min(limit, Int((stop - low).milliseconds / step.milliseconds))
            if found.count >= wanted, found.suffix(wanted).first?.openTime == stop - step * wanted { break }
            var range = source.indices(from: low, to: stop)
            if source.timeframe == timeframe, range.count > limit { range = (range.upperBound - limit)..<range.upperBound }
            let rows = source.rows[range].lazy.compactMap(\.candle)
            let more = source.timeframe == timeframe ? Array(rows) : Aggregation.candles(timeframe, from: rows, of: source.timeframe)
            found = Self.merged(found, more)
        }
        return found.count > limit ? Array(found.suffix(limit)) : found
    }

    /// Both runs in order; if both have an opening, the first one's candle.
    private static func merged(_ first: [Candle], _ second: [Candle]) -> [Candle] {
        guard !first.isEmpty else { return second }
        let known = Set(first.map(\.openTime))
        let missing = second.filter { !known.contains($0.openTime) }
        return missing.isEmpty ? first : (first + missing).sorted { $0.openTime < $1.openTime }
    }
}
