// How much of the time something was held, as far as returns tell.

public enum Exposure {
    /// count(r ≠ 0) / n.
    public static func of(_ returns: [Double]) -> Statistic {
        guard !returns.isEmpty else { return .absent(.noReturns) }
        return .value(Double(returns.count { $0 != 0 }) / Double(returns.count))
    }
}
