// Holds the candles of what is held against the last price and the order book of the same step. Candles far from
// those before them are acted on where these agree, and disputed where they do not; then stop and mark go by last price
// and book. Looking at the contradicted source again proves nothing. Where there is no other source, candles are all there is.

public struct PriceJudge: Hashable, Sendable {
    /// Further than any market goes from one minute to the next: such candles need somebody who confirms them.
    public var farLimit = PriceSanity().shiftLimit
    /// The largest distance between last close and last price in a market that stands still.
    public var apartLimit = PriceSanity().disputeLimit
    /// How old a last price may be.
    public var quoteAge = PriceSanity().tickerAge
    /// So far outside of what is known a price is absurd where something else contradicts it.
    public var absurdFactor = PriceSanity().wickFactor
    /// So long the venue may put a contradicted candle right; then it is passed over.
    public var patience: Duration = .minutes(5)

    public init() {}

    /// - Parameters:
    ///   - candles: closed, ascending: those that were not read yet, and at least the newest.
    ///   - reachesNow: false where a long pause is read in several steps, and this is not the last of them.
    ///   - known: nil where nothing was held yet.
    public func judge(_ candles: [Candle], _ timeframe: Timeframe, reachesNow: Bool = true, known: KnownRange?, second: SecondOpinion,
                      at time: Timestamp) -> HeldPrice {
        let fresh = candles.last.flatMap { $0.openTime >= time - timeframe.duration * 3 ? $0 : nil }
        guard second != .none else { return HeldPrice(timeframe: timeframe, candles: candles, mark: fresh?.close) }
        var spot = spot(second, known, at: time)
        var doubts = Doubts()
        let (runs, wicks) = runs(of: candles, after: known)
        for wick in wicks where !reaches(spot.price, candles[wick]) { doubts.add([wick], "the candle of \(candles[wick].openTime) spans \(candles[wick].low) to \(candles[wick].high), \(spot.words)") }
        for run in runs.dropLast() where !run.isLinked { doubts.add(run.indices, "the candle of \(candles[run.first].openTime) says \(candles[run.first].close), \(spot.words)") }
        if let run = runs.last, let words = contradiction(run, candles, isFresh: fresh != nil, spot) {
            let isAbsurd = spot.price.map { price in known.map { !$0.isNear(price.last, factor: absurdFactor) } ?? false } ?? false
            if isAbsurd { spot.price = nil }
            // What goes on from what is known is believed against an absurd price.
            doubts.add(isAbsurd && run.isLinked ? [] : run.indices, words)
        }
        if fresh == nil, reachesNow, let price = spot.price {
            doubts.add([], "no candle\(candles.last.map { " since \($0.closeTime(timeframe))" } ?? ""), the last price is \(price.last)")
        }
        let isSound = candles.indices.last.map { !doubts.indices.contains($0) } ?? false
        return HeldPrice(timeframe: timeframe, candles: readable(candles, timeframe, doubts.indices, at: time),
                         mark: (isSound ? fresh?.close : nil) ?? spot.price?.last, spot: spot.price, dispute: doubts.words)
    }

    /// What is contradicted, and the newest words for it.
    private struct Doubts {
        var indices: Set<Int> = []
        var words: String?
        mutating func add(_ indices: [Int], _ words: String) {
            self.indices.formUnion(indices)
            self.words = words
        }
    }

    /// Why the candles up to now cannot be acted on; nil where nothing speaks against them.
    private func contradiction(_ run: Run, _ candles: [Candle], isFresh: Bool, _ spot: Spot) -> String? {
        let close = candles[run.last].close, words = "the candles say \(close), \(spot.words)"
        guard let price = spot.price else { return run.isLinked ? nil : words }
        let apart = PriceSanity.difference(close, price.last)
        // Of an old close only that is known: what is far from everything before it and from the price now is wrong.
        if !isFresh { return run.isLinked || apart <= farLimit ? nil : words }
        return apart <= apartLimit(run, candles) ? nil : words
    }

    /// A market that moves that much in a minute may be as far again from its last close.
    private func apartLimit(_ run: Run, _ candles: [Candle]) -> Ratio {
        let ranges = run.indices.suffix(3).map { PriceSanity.difference(candles[$0].low, candles[$0].high).value }
        return min(farLimit, max(apartLimit, Ratio((ranges.max() ?? .zero) + (ranges.max() ?? .zero))))
    }

    /// Without the contradicted ones that had their time; up to the first that still has it.
    private func readable(_ candles: [Candle], _ timeframe: Timeframe, _ contradicted: Set<Int>, at time: Timestamp) -> [Candle] {
        var readable: [Candle] = []
        for (index, candle) in candles.enumerated() {
            if !contradicted.contains(index) { readable.append(candle) } else if candle.closeTime(timeframe) + patience >= time { break }
        }
        return readable
    }
}
