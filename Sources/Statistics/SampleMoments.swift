// Mean and central moments of a sample, computed once and shared by every figure that needs them.

/// Central moments with divisor n (biased), in two passes.
public struct SampleMoments: Hashable, Sendable {
    public let count: Int
    /// 0 for an empty sample, as are the moments.
    public let mean: Double
    public let second: Double
    public let third: Double
    public let fourth: Double
    /// All values are the same, which rounding of the mean may hide from `second`.
    public let isConstant: Bool

    public init(_ values: [Double]) {
        count = values.count
        isConstant = values.allSatisfy { $0 == values[0] }
        guard !values.isEmpty else { (mean, second, third, fourth) = (0, 0, 0, 0); return }
        let n = Double(values.count), centre = CompensatedSum.of(values) / n
        var squares = CompensatedSum(), cubes = CompensatedSum(), quartics = CompensatedSum()
        for value in values {
            let d = value - centre, dd = d * d
            squares.add(dd)
            cubes.add(dd * d)
            quartics.add(dd * dd)
        }
        (mean, second, third, fourth) = (centre, squares.value / n, cubes.value / n, quartics.value / n)
    }

    /// Variance with divisor n - 1; 0 below two values.
    public var variance: Double { count > 1 ? second * Double(count) / Double(count - 1) : 0 }
    /// Its root, the standard deviation of the sample.
    public var deviation: Double { variance.squareRoot() }

    /// Why nothing can be said about a scatter of returns; nil if it can.
    func absence(below needed: Int = 2) -> Absence? {
        if count == 0 { return .noReturns }
        if count < needed { return .fewerReturns(than: needed) }
        if isConstant { return .noVariance }
        return second.isFinite ? nil : .beyondMeasure
    }
}
