// The log price of one coin as a tree: a span of days is halved down to days, a day split down to
// hours. A node knows both ends and its variance; a split draws the variance's division (the
// multiplicative cascade that makes clusters and jumps) and then the middle, which is the exact
// bridge of a Brownian motion run on that clock. So direction has no memory, size has a long one.
// (Mandelbrot, Calvet, Fisher 1997: a multifractal model of asset returns.)
import Kernel

/// What makes one coin's path its own.
struct PathShape: Sendable {
    let coinKey: UInt64, marketKey: UInt64
    /// Standard deviation of an hour's log return, on average.
    let hourlySigma: Double
    /// How much of each draw is the market's, 0 to 1, and the share left to the coin so that squares sum to 1.
    let common: Double, own: Double

    init(coinKey: UInt64, marketKey: UInt64, hourlySigma: Double, common: Double) {
        self.coinKey = coinKey
        self.marketKey = marketKey
        self.hourlySigma = hourlySigma
        self.common = common
        own = (1 - common * common).squareRoot()
    }

    /// How strongly coins share the division of variance (0.8² + 0.6² = 1).
    static let commonClock = 0.8, ownClock = 0.6
}

/// A stretch of the path: minutes since the epoch, log price at both ends, variance inside.
struct PathNode {
    var start: Int
    var minutes: Int
    var from: Double, to: Double
    var variance: Double
    /// The minute towards which this stretch's variance is drawn, or -1: a jump in the making.
    var jump: Int

    static let day = 1_440
    /// 2^17 days, about 359 years.
    static let spanMinutes = day << 17
    /// Up to this long a span moves like a Brownian motion; longer ones wander less, so that a
    /// price stays within a sane range over decades.
    static let brownianMinutes = day << 7

    static func root(_ shape: PathShape) -> PathNode {
        PathNode(
            start: 0, minutes: spanMinutes, from: 0, to: 0,
            variance: shape.hourlySigma * shape.hourlySigma / 60 * Double(spanMinutes), jump: -1)
    }

    /// How many of a node's minutes go to its left child; the timeframes' boundaries are all split points.
    @inline(__always)
    static func leftMinutes(_ minutes: Int) -> Int {
        switch minutes {
        case 720: 240
        case 15: 5
        case 5: 2
        case 3: 1
        default: minutes / 2
        }
    }

    /// The place of this node's draws. Start and length are unique together; `draw` tells draws apart.
    @inline(__always)
    func place(_ draw: UInt64) -> UInt64 {
        UInt64(truncatingIfNeeded: start) << 34 | UInt64(truncatingIfNeeded: minutes) << 4 | draw
    }

    /// Both halves. Cost: two hashes, four quantiles, one exponential.
    func split(_ shape: PathShape) -> (left: PathNode, right: PathNode) {
        let left = Self.leftMinutes(minutes)
        let here = place(0)
        let market = Noise.normals(Noise.bits(shape.marketKey, here))
        let coin = Noise.normals(Noise.bits(shape.coinKey, here))
        let innovation = shape.common * market.0 + shape.own * coin.0
        let jump = minutes == Self.day ? jumpTarget(shape) : self.jump
        if minutes > Self.brownianMinutes {
            let wander = min(0.3, 32 * shape.hourlySigma)
            return halves(at: left, share: 0.5, middle: (from + to) / 2 + wander * innovation, jump)
        }
        let share = share(left: left, clock: PathShape.commonClock * market.1 + PathShape.ownClock * coin.1, jump)
        let middle = from + share * (to - from) + (share * (1 - share) * variance).squareRoot() * innovation
        return halves(at: left, share: share, middle: middle, jump)
    }

    private func halves(at left: Int, share: Double, middle: Double, _ jump: Int) -> (left: PathNode, right: PathNode) {
        (
            PathNode(start: start, minutes: left, from: from, to: middle, variance: variance * share, jump: jump),
            PathNode(start: start + left, minutes: minutes - left, from: middle, to: to, variance: variance * (1 - share), jump: jump)
        )
    }

    /// How unevenly a node divides its variance: most between half days and weeks, so that restless days come
    /// in runs; little above a month, so that a quarter is like any other.
    @inline(__always)
    private static func unevenness(_ minutes: Int) -> Double {
        minutes > day << 5 ? 0.25 : minutes >= 720 ? 0.85 : 0.5
    }

    /// The part of the variance that falls to the left child, for a standard normal `clock`.
    @inline(__always)
    func share(left: Int, clock: Double, _ jump: Int) -> Double {
        if jump >= start, jump < start + minutes { return jump < start + left ? 0.85 : 0.15 }
        let odds = Double(left) / Double(minutes - left) * Mathematics.exp(Self.unevenness(minutes) * clock)
        return odds / (1 + odds)
    }

    /// One day in 40 the whole market jumps, one in 40 a single coin does; the hash names the minute.
    private func jumpTarget(_ shape: PathShape) -> Int {
        let market = Noise.bits(shape.marketKey, place(1)), coin = Noise.bits(shape.coinKey, place(1))
        guard let bits = market % 40 == 0 ? market : coin % 40 == 0 ? coin : nil else { return -1 }
        return start + Int(bits >> 32) % Self.day
    }
}
