// The exit ladder as probability sees it: one stop, a few targets, what is sold at each, and where the
// rest leaves once a rung was reached. One value feeds the base rates, the returns and the break-even,
// so that all three speak of the same ladder.

/// Levels are signed shares of the entry price: stop -0.03, targets +0.03, +0.05, +0.08.
public struct LadderTerms: Hashable, Codable, Sendable {
    /// Ascending, above zero.
    public let targets: [Double]
    /// What is sold at each target; they sum to 1.
    public let shares: [Double]
    /// The exit in force before the first target (the stop) and after each target but the last: as many
    /// as there are targets, never falling.
    public let floors: [Double]
    /// The trailing distance below the highest high, if the ladder trails: 0.02.
    public let trailingOffset: Double?

    /// A ladder whose rest leaves at `stop`, or at `stopAfterFirst` once the first rung was reached.
    /// nil unless -1 < stop < 0, targets ascend from above 0 and shares (above 0) sum to 1.
    public init?(stop: Double, targets: [Double], shares: [Double], stopAfterFirst: Double? = nil) {
        let later = stopAfterFirst ?? stop
        self.init(targets, shares, floors: targets.indices.map { $0 == 0 ? stop : later }, trailing: nil)
    }

    /// A ladder that trails by `offset` below the highest high once the first rung was reached. Its floors
    /// are the levels each rung guarantees; a higher high between two rungs only adds to them.
    public init?(stop: Double, targets: [Double], shares: [Double], trailingOffset offset: Double) {
        guard offset > 0, offset < 1 else { return nil }
        var floors = [stop]
        for target in targets.dropLast() { floors.append(max(stop, (1 + target) * (1 - offset) - 1)) }
        self.init(targets, shares, floors: floors, trailing: offset)
    }

    private init?(_ targets: [Double], _ shares: [Double], floors: [Double], trailing: Double?) {
        guard let stop = floors.first, stop > -1, stop < 0, targets.count == shares.count, targets.count == floors.count,
            shares.allSatisfy({ $0 > 0 }), (shares.reduce(0, +) - 1).magnitude < 1e-9
        else { return nil }
        var previous = 0.0
        for (target, floor) in zip(targets, floors) {
            guard target.isFinite, target > previous, floor >= stop, floor < target else { return nil }
            previous = target
        }
        self.targets = targets
        self.shares = shares
        self.floors = floors
        trailingOffset = trailing
    }

    public var stop: Double { floors[0] }
    /// One more than there are rungs: stop, one rung then out, ..., all of them.
    public var outcomes: Int { targets.count + 1 }

    /// Outcome probabilities of a price without drift: P(+u before -d) = d / (u + d), rung by rung
    /// (the gambler's ruin of a martingale). Its gross mean return is exactly zero.
    public var driftlessProbabilities: [Double] { driftless(from: 0, rungs: 0, floor: stop) }

    /// The same from anywhere on the way: a price at `level` with so many rungs reached and `floor` in force.
    func driftless(from level: Double, rungs: Int, floor: Double) -> [Double] {
        var probabilities = [Double](repeating: 0, count: outcomes)
        var reached = 1.0, level = level, floor = floor
        for rung in rungs..<targets.count {
            if rung > rungs { floor = max(floor, floors[rung]) }
            let next = min(1, max(0, (level - floor) / (targets[rung] - floor)))
            probabilities[rung] = reached * (1 - next)
            reached *= next
            level = targets[rung]
        }
        probabilities[targets.count] = reached
        return probabilities
    }
}
