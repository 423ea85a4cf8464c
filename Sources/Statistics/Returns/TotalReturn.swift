// What the whole run came to.

public enum TotalReturn {
    /// Π (1 + r) - 1.
    public static func of(_ curve: EquityCurve) -> Statistic {
        curve.values.isEmpty ? .absent(.noReturns) : Statistic(curve.final - 1)
    }
}
