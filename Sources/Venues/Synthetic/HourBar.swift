// Candles inside the hour. An hour's high and low are drawn once, from the exact law of a Brownian
// bridge; its parts are then drawn so that one of them has that very high, one that very low, and
// volume is divided in whole lots. So a coarse candle is always exactly the sum of its finer ones,
// and asking for an hour never costs its minutes.
import Kernel

/// A candle in log prices and whole lots, with what its division needs.
struct HourBar {
    var path: PathNode
    var high: Double, low: Double
    var lots: Int64

    /// The bar over one hour of the path, whose ends already carry the regime's lean.
    init(hour path: PathNode, _ shape: PathShape) {
        let market = Noise.normals(Noise.bits(shape.marketKey, path.place(2)))
        let coin = Noise.normals(Noise.bits(shape.coinKey, path.place(2)))
        self.path = path
        high = Self.extreme(path.from, path.to, path.variance, Noise.cumulative(shape.common * market.0 + shape.own * coin.0))
        low = -Self.extreme(-path.from, -path.to, path.variance, Noise.cumulative(shape.common * market.1 + shape.own * coin.1))
        lots = 0
    }

    private init(_ path: PathNode, high: Double, low: Double, lots: Int64) {
        self.path = path
        self.high = high
        self.low = low
        self.lots = lots
    }

    /// The maximum of a Brownian bridge from `a` to `b`, by inversion: P(max > x) = exp(-2(x-a)(x-b)/variance).
    @inline(__always)
    static func extreme(_ a: Double, _ b: Double, _ variance: Double, _ uniform: Double) -> Double {
        let reach = (a + b + ((a - b) * (a - b) - 2 * variance * Mathematics.log(uniform)).squareRoot()) / 2
        return max(reach, a, b)
    }

    /// Both parts of a bar shorter than or equal to an hour.
    func split(_ shape: PathShape) -> (left: HourBar, right: HourBar) {
        let count = PathNode.leftMinutes(path.minutes)
        let market = Noise.normals(Noise.bits(shape.marketKey, path.place(0)))
        let coin = Noise.normals(Noise.bits(shape.coinKey, path.place(0)))
        let share = path.share(left: count, clock: PathShape.commonClock * market.1 + PathShape.ownClock * coin.1, path.jump)
        let middle = middle(share, innovation: shape.common * market.0 + shape.own * coin.0)
        let top = Reach(path.from, middle, path.to, limit: high, share * path.variance, (1 - share) * path.variance)
        let bottom = Reach(-path.from, -middle, -path.to, limit: -low, share * path.variance, (1 - share) * path.variance)
        let draws = Noise.bits(shape.coinKey, path.place(3))
        let highs = top.extremes(draws >> 32), lows = bottom.extremes(draws & 0xFFFF_FFFF)
        let volume = Int64((Double(lots) * volumeShare(share, count, coin.1)).rounded())
        var left = path, right = path
        left.minutes = count
        left.to = middle
        left.variance = share * path.variance
        right.start = path.start + count
        right.minutes = path.minutes - count
        right.from = middle
        right.variance = (1 - share) * path.variance
        return (
            HourBar(left, high: highs.left, low: -lows.left, lots: volume),
            HourBar(right, high: highs.right, low: -lows.right, lots: lots - volume)
        )
    }

    /// The price between the parts, drawn from the bridge's law given the high and the low that the whole is
    /// known to have: its density on a grid of prices, inverted at the quantile of `innovation` (a standard
    /// normal that coins share in part, so that they move together inside the hour too).
    private func middle(_ share: Double, innovation: Double) -> Double {
        let centre = path.from + share * (path.to - path.from)
        let precision = 0.5 / (share * (1 - share) * path.variance)
        let cell = (high - low) / Double(Self.cells)
        return withUnsafeTemporaryAllocation(of: Double.self, capacity: Self.cells) { sums in
            var total = 0.0
            for index in 0..<Self.cells {
                let point = low + (Double(index) + 0.5) * cell
                let away = point - centre
                total += Mathematics.exp(-away * away * precision) * fit(point, share)
                sums[index] = total
            }
            guard total > 0, total.isFinite else { return min(max(centre, low + cell / 2), high - cell / 2) }
            let wanted = total * Noise.cumulative(innovation)
            var index = 0
            while index < Self.cells - 1, sums[index] <= wanted { index += 1 }
            let before = index > 0 ? sums[index - 1] : 0
            let inside = sums[index] > before ? (wanted - before) / (sums[index] - before) : 0.5
            return low + (Double(index) + min(max(inside, 0), 1)) * cell
        }
    }
    private static let cells = 20

    /// The likelihood of this bar's high and low if the middle is `point`.
    private func fit(_ point: Double, _ share: Double) -> Double {
        let left = share * path.variance, right = (1 - share) * path.variance
        return Reach(path.from, point, path.to, limit: high, left, right).density
            * Reach(-path.from, -point, -path.to, limit: -low, left, right).density
    }

    /// More variance, more volume, with some noise of its own.
    private func volumeShare(_ share: Double, _ count: Int, _ noise: Double) -> Double {
        let even = Double(count) / Double(path.minutes)
        return min(max(0.5 * share + 0.5 * even + 0.05 * noise, 0.05 * even), 0.97)
    }
}

/// How the known maximum of a two-part bridge is divided between its parts.
private struct Reach {
    let limit: Double
    /// exp(-2(limit-a)(limit-b)/variance): how likely each part would have gone beyond the limit.
    let beyondLeft: Double, beyondRight: Double
    /// The density of the maximum lying at the limit, in the left part and in the right part.
    let inLeft: Double, inRight: Double
    private let ends: (Double, Double, Double), variances: (Double, Double)

    @inline(__always)
    init(_ a: Double, _ middle: Double, _ b: Double, limit: Double, _ left: Double, _ right: Double) {
        self.limit = limit
        ends = (a, middle, b)
        variances = (left, right)
        beyondLeft = Mathematics.exp(-2 * (limit - a) * (limit - middle) / left)
        beyondRight = Mathematics.exp(-2 * (limit - middle) * (limit - b) / right)
        inLeft = beyondLeft * (2 * limit - a - middle) / left * (1 - beyondRight)
        inRight = beyondRight * (2 * limit - middle - b) / right * (1 - beyondLeft)
    }

    var density: Double { inLeft + inRight }

    /// The part that has the maximum has it exactly; the other's is drawn below it.
    func extremes(_ draw: UInt64) -> (left: Double, right: Double) {
        let uniform = Noise.unit(UInt32(truncatingIfNeeded: SplitMix64.mixed(draw)))
        let other = Noise.unit(UInt32(truncatingIfNeeded: draw))
        if uniform * (inLeft + inRight) < inLeft || (density <= 0 && ends.0 >= ends.2) {
            return (limit, below(ends.1, ends.2, variances.1, beyondRight, other))
        }
        return (below(ends.0, ends.1, variances.0, beyondLeft, other), limit)
    }

    private func below(_ a: Double, _ b: Double, _ variance: Double, _ beyond: Double, _ uniform: Double) -> Double {
        min(limit, HourBar.extreme(a, b, variance, beyond + (1 - beyond) * uniform))
    }
}
