// Holds the candles of what is held against the last price and the order book of the same step. Candles far from
// those before them are acted on if these agree, and disputed if they do not; then stop and mark go by last price
// and book. Looking at the contradicted source again proves nothing. If there is no other source, candles are all there is.
public import Kernel
public import Market

public struct PriceJudge: Hashable, Sendable {
    /// Further than any market goes from one minute to the next: such candles need somebody who confirms them.
    public var farLimit = PriceSanity().shiftLimit
    /// The largest distance between last close and last price in a market that stands still.
    public var apartLimit = PriceSanity().disputeLimit
    /// How old a last price may be.
    public var quoteAge = PriceSanity().tickerAge
    /// A price this far outside of what is known is absurd if something else contradicts it.
    public var absurdFactor = PriceSanity().wickFactor
    /// No trade is further than this from the one before it, whatever the market does: candles apart by that much on both sides were never traded.
    public var islandLimit: Ratio = "0.03"
    /// How long the venue may take to put a contradicted candle right; then it is passed over.
    public var patience: TimeSpan = .minutes(2)

    /// So many candles in a row on a new level are where the market went, if there is nobody else to ask.
    private static let lasting = 3

    public init() {}

    /// - Parameters:
    ///   - candles: closed, ascending: those that were not read yet, and at least the newest.
    ///   - reachesNow: false if a long pause is read in several steps, and this is not the last of them.
    ///   - isDisputed: candles of it were contradicted in the step before. They are not believed just because the next one is right.
    ///   - known: nil if nothing was held yet.
    public func judge(
        _ candles: [Candle], _ timeframe: Timeframe, reachesNow: Bool = true, isDisputed: Bool = false, known: KnownRange?,
        second: SecondOpinion, at time: Timestamp
    ) -> HeldPrice {
        let fresh = candles.last.flatMap { $0.openTime >= time - timeframe.duration * 3 ? $0 : nil }
        guard second != .none else { return HeldPrice(timeframe: timeframe, candles: candles, mark: fresh?.close) }
        var spot = spot(second, known, at: time)
        var doubts = Doubts()
        let (runs, wicks) = runs(of: candles, after: known)
        for wick in wicks where !reaches(spot.price, candles[wick]) {
            doubts.add([wick], "the candle of \(candles[wick].openTime) spans \(candles[wick].low) to \(candles[wick].high), \(spot.words)")
        }
        for run in runs.dropLast() where !run.isLinked {
            doubts.add(run.indices, "the candle of \(candles[run.first].openTime) says \(candles[run.first].close), \(spot.words)")
        }
        for island in islands(in: candles, after: known) {
            doubts.add(
                Array(island),
                "the candle of \(candles[island.lowerBound].openTime) says \(candles[island.lowerBound].close), those around it do not, \(spot.words)"
            )
        }
        if isDisputed, reachesNow, let price = spot.price {
            for index in candles.indices.dropLast() where !contains(candles[index], price.last) {
                doubts.add([index], "the candle of \(candles[index].openTime) says \(candles[index].close), \(spot.words)")
            }
        }
        if let run = runs.last, let words = contradiction(run, candles, isFresh: fresh != nil, spot, known) {
            let isAbsurd = spot.price.map { price in known.map { !$0.isNear(price.last, factor: absurdFactor) } ?? false } ?? false
            if isAbsurd { spot.price = nil }
            // A run that goes on from what is known is believed against an absurd price.
            doubts.add(isAbsurd && run.isLinked ? [] : run.indices, words)
        }
        if fresh == nil, reachesNow, let price = spot.price {
            doubts.add([], "no candle\(candles.last.map { " since \($0.closeTime(timeframe))" } ?? ""), the last price is \(price.last)")
        }
        let isSound = candles.indices.last.map { !doubts.indices.contains($0) } ?? false
        let readable = readable(candles, timeframe, doubts.indices, waits: spot.price != nil, at: time)
        var held = HeldPrice(
            timeframe: timeframe, candles: readable, mark: (isSound ? fresh?.close : nil) ?? spot.price?.last, spot: spot.price, dispute: doubts.words
        )
        held.isPastDoubts = readable.last.map { last in doubts.indices.contains { candles[$0].openTime < last.openTime } } ?? false
        return held
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

    /// Why the candles up to now cannot be acted on; nil if nothing speaks against them.
    private func contradiction(_ run: Run, _ candles: [Candle], isFresh: Bool, _ spot: Spot, _ known: KnownRange?) -> String? {
        let close = candles[run.last].close, words = "the candles say \(close), \(spot.words)"
        guard let price = spot.price else {
            // A fall that no market makes in a minute, and nobody to ask: minute after minute of it is a fall all the same.
            let lasts = isFresh && run.indices.count >= Self.lasting && known?.isNear(close, factor: absurdFactor) == true
            return run.isLinked || lasts ? nil : words
        }
        let apart = PriceSanity.difference(close, price.last)
        // An old close shows only this: one far from everything before it and from the price now is wrong.
        if !isFresh { return run.isLinked || apart <= farLimit ? nil : words }
        return apart <= apartLimit(run, candles) ? nil : words
    }

    /// A market that moves that much in a minute may be as far again from its last close.
    private func apartLimit(_ run: Run, _ candles: [Candle]) -> Ratio {
        let ranges = run.indices.suffix(3).map { PriceSanity.difference(candles[$0].low, candles[$0].high).value }
        return min(farLimit, max(apartLimit, Ratio((ranges.max() ?? .zero) + (ranges.max() ?? .zero))))
    }

    /// True if the price now is in the candle, or next to it.
    private func contains(_ candle: Candle, _ now: Price) -> Bool {
        (now >= candle.low || PriceSanity.difference(now, candle.low) <= apartLimit)
            && (now <= candle.high || PriceSanity.difference(now, candle.high) <= apartLimit)
    }

    /// The candles without the contradicted ones; only up to the first of these that still has time, while a price now guards the stop.
    private func readable(_ candles: [Candle], _ timeframe: Timeframe, _ contradicted: Set<Int>, waits: Bool, at time: Timestamp) -> [Candle] {
        var readable: [Candle] = []
        for (index, candle) in candles.enumerated() {
            if !contradicted.contains(index) { readable.append(candle) } else if waits, candle.closeTime(timeframe) + patience >= time { break }
        }
        return readable
    }
}
