// A sum that never forgets, kept exactly in ticks: the difference of two of its values is that of the numbers between
// them, wherever it began.

struct TickSum: Sendable {
    /// Becomes finer if a number needs it; what it stands for stays the same.
    private var places = 0
    private var ticks: Int128 = 0
    private var unit = ExactQuotient(factor: 1, places: 0)

    /// The Double nearest to the sum.
    var value: Double {
        let size = unit.of(ticks.magnitude)
        return ticks < 0 ? -size : size
    }

    /// - Parameter x: not negative.
    mutating func add(_ x: Double) { ticks += inTicks(x) }
    mutating func subtract(_ x: Double) { ticks -= inTicks(x) }

    private mutating func inTicks(_ x: Double) -> Int128 {
        if let exact = Ticks.exact(x, Ticks.power(places)) { return Int128(exact) }
        guard let finer = Ticks.places(of: CollectionOfOne(x), from: places) else { return nearest(x) }
        refine(to: finer)
        return Int128(Ticks.nearest(x * Ticks.power(finer)))
    }

    /// A number that is no decimal, or one of too many digits, counts as the nearest one in ticks: the same wherever it stands.
    private mutating func nearest(_ x: Double) -> Int128 {
        guard x > 0 else { return 0 }
        let own = (0...Ticks.mostPlaces).last { x * Ticks.power($0) <= Ticks.most } ?? 0
        refine(to: own)
        return Int128(min(x * Ticks.power(own), Self.most).rounded()) * Int128(Ticks.power(places - own))
    }

    private static let most = 1e18

    private mutating func refine(to finer: Int) {
        guard finer > places else { return }
        ticks *= Int128(Ticks.power(finer - places))
        places = finer
        unit = ExactQuotient(factor: 1, places: finer)
    }
}
