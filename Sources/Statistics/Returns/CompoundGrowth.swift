// The growth of each year that would have given the same end.
import Kernel

public enum CompoundGrowth {
    /// CAGR: (Π (1 + r))^(periods per year / n) - 1, n the number of returns.
    public static func annual(_ curve: EquityCurve, periodsPerYear: Double) -> Statistic {
        guard !curve.values.isEmpty else { return .absent(.noReturns) }
        return Statistic(Mathematics.pow(curve.final, periodsPerYear / Double(curve.values.count)) - 1)
    }
}
