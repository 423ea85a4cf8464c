// Growth for the deepest fall (T. W. Young 1991), over the whole history.

public enum CalmarRatio {
    /// CAGR / |maximum drawdown|.
    public static func of(_ curve: EquityCurve, periodsPerYear: Double) -> Statistic {
        guard let depth = MaximumDrawdown.depth(curve).double else { return MaximumDrawdown.depth(curve) }
        guard depth < 0 else { return .absent(.noDrawdown) }
        return CompoundGrowth.annual(curve, periodsPerYear: periodsPerYear).map { $0 / -depth }
    }
}
