// Walks a coin's tree over a range of time and keeps the candles it meets. Hours are drawn whole;
// finer frames descend further, coarser ones put hours together.
import Kernel

/// A candle in log prices and whole lots.
struct LogCandle {
    var start: Int
    var open: Double, high: Double, low: Double, close: Double
    var lots: Int64
}

struct CandleWalk {
    let listing: SyntheticMarket.Listing
    let regimeKey: UInt64
    let crash: MarketCrash?
    /// Minutes since the epoch, aligned to `frame`; `end` is exclusive.
    let begin: Int, end: Int
    let frame: Int
    var found: [LogCandle] = []

    init(_ listing: SyntheticMarket.Listing, regimeKey: UInt64, crash: MarketCrash? = nil, from begin: Int, to end: Int, frame: Int) {
        self.listing = listing
        self.regimeKey = regimeKey
        self.crash = crash
        self.begin = begin
        self.end = end
        self.frame = frame
        found.reserveCapacity(max(0, (end - begin) / frame))
        visit(.root(listing.shape))
    }

    private mutating func visit(_ node: PathNode) {
        guard node.start < end, node.start + node.minutes > begin else { return }
        if node.minutes == 60 { return keep(hour: node) }
        let (left, right) = node.split(listing.shape)
        visit(left)
        visit(right)
    }

    private mutating func keep(hour node: PathNode) {
        var path = node
        let hour = node.start / 60
        path.from += listing.logPrice + listing.leanScale * Regime.lean(key: regimeKey, hour: hour)
        path.to += listing.logPrice + listing.leanScale * Regime.lean(key: regimeKey, hour: hour + 1)
        if let crash {
            path.from += crash.change(atHour: hour, common: listing.shape.common)
            path.to += crash.change(atHour: hour + 1, common: listing.shape.common)
        }
        var bar = HourBar(hour: path, listing.shape)
        bar.lots = lots(of: bar)
        if frame < 60 { return descend(bar) }
        guard node.start % frame != 0, let last = found.indices.last else { return keep(bar) }
        found[last].high = max(found[last].high, bar.high)
        found[last].low = min(found[last].low, bar.low)
        found[last].close = bar.path.to
        found[last].lots += bar.lots
    }

    private mutating func descend(_ bar: HourBar) {
        guard bar.path.start < end, bar.path.start + bar.path.minutes > begin else { return }
        if bar.path.minutes == frame { return keep(bar) }
        let (left, right) = bar.split(listing.shape)
        descend(left)
        descend(right)
    }

    private mutating func keep(_ bar: HourBar) {
        found.append(LogCandle(start: bar.path.start, open: bar.path.from, high: bar.high, low: bar.low, close: bar.path.to, lots: bar.lots))
    }

    /// An hour's volume: the usual one, more where prices are restless, with noise of its own.
    private func lots(of bar: HourBar) -> Int64 {
        let shape = listing.shape
        let noise = Noise.normals(Noise.bits(shape.coinKey, bar.path.place(4))).0
        let usual = listing.hourLotsValue * Mathematics.exp(0.3 * noise - bar.path.from)
        let restless = (bar.path.variance.squareRoot() / shape.hourlySigma)
        let range = (bar.high - bar.low) / shape.hourlySigma
        return Int64((usual * (0.25 + 0.4 * restless + 0.3 * range)).rounded())
    }
}
