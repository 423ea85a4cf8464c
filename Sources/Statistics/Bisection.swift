// The one root finder: halving never diverges, never needs a derivative and ends at the last bit.

package enum Bisection {
    /// The root of a falling function that is positive just above `low` and negative near `high`.
    /// If it never turns negative, the answer is `high`; if it is never positive, `low`.
    package static func root(below low: Double, _ high: Double, of falling: (Double) -> Double) -> Double {
        var low = low, high = high
        for _ in 0..<2_000 {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high, high - low > 1e-15 * high.magnitude else { break }
            if falling(middle) > 0 { low = middle } else { high = middle }
        }
        return low + (high - low) / 2
    }
}
