// How often a period that had something at stake ended with a gain.

public enum WinRate {
    /// count(r > 0) / count(r ≠ 0).
    public static func of(_ returns: [Double]) -> Statistic {
        guard !returns.isEmpty else { return .absent(.noReturns) }
        let decided = returns.count { $0 != 0 }
        guard decided > 0 else { return .absent(.onlyZeros) }
        return .value(Double(returns.count { $0 > 0 }) / Double(decided))
    }
}
