// What was gained for each unit lost.

public enum ProfitFactor {
    /// Σ gains / |Σ losses| of period returns.
    public static func of(_ returns: [Double]) -> Statistic {
        guard !returns.isEmpty else { return .absent(.noReturns) }
        let lost = -CompensatedSum.of(returns.lazy.filter { $0 < 0 })
        guard lost > 0 else { return .absent(.noLoss) }
        return Statistic(CompensatedSum.of(returns.lazy.filter { $0 > 0 }) / lost)
    }
}
