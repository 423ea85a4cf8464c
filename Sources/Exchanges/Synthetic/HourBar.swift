// Candles inside the hour. An hour's high and low are drawn once, from the exact law of a Brownian
// bridge; its parts are then drawn so that one of them has that very high, one that very low, and
// volume is divided in whole lots. So a coarse candle is always exactly the sum of its finer ones,
// and asking for an hour never costs its minutes.
import Domain

/// A candle in log prices and whole lots, with what its division needs.
struct HourBar {
    var path: PathNode
    var high: Double, low: Double
    var lots: Int64

    /// The bar over one hour of the path, whose ends already carry the regime's lean.
    init(hour path: PathNode, _ shape: PathShape) {
        let draws = Noise.bits(shape.coinKey, path.place(2))
        self.path = path
        high = Self.extreme(path.from, path.to, path.variance, Noise.unit(UInt32(truncatingIfNeeded: draws >> 32)))
        low = -Self.extreme(-path.from, -path.to, path.variance, Noise.unit(UInt32(truncatingIfNeeded: draws)))
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
        let middle = middle(share, common: market.0 * shape.common, shape)
        let top = Reach(path.from, middle, path.to, limit: high, share * path.variance, (1 - share) * path.variance)
        let bottom = Reach(-path.from, -middle, -path.to, limit: -low, share * path.variance, (1 - share) * path.variance)
        let draws = Noise.bits(shape.coinKey, path.place(5))
        let highs = top.extremes(draws >> 32), lows = bottom.extremes(draws & 0xFFFF_FFFF)
        let volume = Int64((Double(lots) * volumeShare(share, count, coin.0)).rounded())
        var left = path, right = path
        left.minutes = count
        left.to = middle
        left.variance = share * path.variance
        right.start = path.start + count
        right.minutes = path.minutes - count
        right.from = middle
        right.variance = (1 - share) * path.variance
        return (HourBar(left, high: highs.left, low: -lows.left, lots: volume),
                HourBar(right, high: highs.right, low: -lows.right, lots: lots - volume))
    }

    /// The price between the parts: four draws of the bridge, one of them chosen by how well it goes
    /// with the high and the low that the whole is known to have.
    private func middle(_ share: Double, common: Double, _ shape: PathShape) -> Double {
        let centre = path.from + share * (path.to - path.from)
        let spread = (share * (1 - share) * path.variance).squareRoot()
        let a = Noise.normals(Noise.bits(shape.coinKey, path.place(3)))
        let choice = Noise.bits(shape.coinKey, path.place(4))
        let b = Noise.normals(Noise.mixed(choice))
        let candidates = (centre + spread * (common + shape.own * a.0), centre + spread * (common + shape.own * a.1),
                          centre + spread * (common + shape.own * b.0), centre + spread * (common + shape.own * b.1))
        let weights = (fit(candidates.0, share), fit(candidates.1, share), fit(candidates.2, share), fit(candidates.3, share))
        let total = weights.0 + weights.1 + weights.2 + weights.3
        guard total > 0 else {
            let margin = (high - low) * 0.05
            return min(max(candidates.0, low + margin), high - margin)
        }
        var rest = total * Noise.unit(UInt32(truncatingIfNeeded: choice >> 32)) - weights.0
        if rest < 0 { return candidates.0 }
        rest -= weights.1
        if rest < 0 { return candidates.1 }
        rest -= weights.2
        return rest < 0 ? candidates.2 : candidates.3
    }

    /// The likelihood of this bar's high and low where the middle is `point`; zero outside them.
    private func fit(_ point: Double, _ share: Double) -> Double {
        guard point < high, point > low else { return 0 }
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
        let uniform = Noise.unit(UInt32(truncatingIfNeeded: Noise.mixed(draw)))
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
