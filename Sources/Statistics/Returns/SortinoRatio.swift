// Return for the scatter that hurts (Sortino and Price 1994), against a target of 0.

public enum SortinoRatio {
    /// mean r × √(periods per year) / √(mean of min(r, 0)²), both means over all returns.
    public static func annual(_ returns: [Double], periodsPerYear: Double) -> Statistic {
        guard !returns.isEmpty else { return .absent(.noReturns) }
        guard returns.count > 1 else { return .absent(.fewerReturns(than: 2)) }
        guard returns.contains(where: { $0 < 0 }) else { return .absent(.noLoss) }
        let n = Double(returns.count)
        let downside = (CompensatedSum.of(returns.lazy.map { $0 < 0 ? $0 * $0 : 0 }) / n).squareRoot()
        return Statistic(CompensatedSum.of(returns) / n * periodsPerYear.squareRoot() / downside)
    }
}
