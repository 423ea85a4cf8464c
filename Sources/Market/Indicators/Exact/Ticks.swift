// Prices as whole numbers of a decimal unit. A Double only stands near the decimal it was read from, so that sums of
// Doubles miss what is exactly equal; sums of ticks do not.
import Kernel

enum Ticks {
    /// Decimals a price may have, as everywhere (`FixedDecimal.places`).
    static let mostPlaces = FixedDecimal.places
    /// The most ticks: a hundred thousand of them still add up in a word, and their squares in two.
    static let most = 70_368_744_177_664.0
    private static let powers: [Double] = (0...mostPlaces).map { places in (0..<places).reduce(1) { power, _ in power * 10 } }

    /// 10^places, exact.
    static func power(_ places: Int) -> Double { powers[places] }

    /// The ticks of 1/power that a Double stands for; nil if it is not the Double nearest to so many.
    @inline(__always)
    static func exact(_ x: Double, _ power: Double) -> Int64? {
        let scaled = x * power
        guard scaled >= 0, scaled <= most else { return nil }
        let ticks = nearest(scaled)
        return Double(ticks) / power == x ? ticks : nil
    }

    /// The whole number nearest to one from 0 to `most`.
    @inline(__always)
    static func nearest(_ scaled: Double) -> Int64 {
        // At 2^52 a Double has no room left for a fraction: what is added there is rounded, without a call.
        Int64(bitPattern: (scaled + 4_503_599_627_370_496).bitPattern) &- 0x4330_0000_0000_0000
    }

    /// The fewest decimals, `from` or more, that tell all of some numbers exactly; nil if none do.
    static func places(of numbers: some Sequence<Double>, from least: Int = 0) -> Int? {
        var places = least
        for x in numbers {
            while exact(x, powers[places]) == nil {
                guard places < mostPlaces else { return nil }
                places += 1
            }
        }
        return numbers.allSatisfy { exact($0, powers[places]) != nil } ? places : nil
    }
}

/// The ticks of three prices of a candle: ratios of their differences are then rounded once. The unit drops out.
struct TickTriple: Sendable {
    private var power = 1.0

    /// nil if the three have no unit in common.
    mutating func ticks(_ a: Double, _ b: Double, _ c: Double) -> (Int64, Int64, Int64)? {
        if let a = Ticks.exact(a, power), let b = Ticks.exact(b, power), let c = Ticks.exact(c, power) { return (a, b, c) }
        guard let places = Ticks.places(of: [a, b, c]) else { return nil }
        power = Ticks.power(places)
        return (Ticks.nearest(a * power), Ticks.nearest(b * power), Ticks.nearest(c * power))
    }
}
