// What the worst periods lose on average: the expected shortfall.

public enum ConditionalValueAtRisk {
    /// The mean of the ⌊(n - 1) × share⌋ + 1 smallest of ascending returns (a negative number is a loss).
    public static func historical(ascending: [Double], share: Double = 0.05) -> Statistic {
        guard !ascending.isEmpty else { return .absent(.noReturns) }
        let worst = ascending.prefix(Int(Double(ascending.count - 1) * share) + 1)
        return Statistic(CompensatedSum.of(worst) / Double(worst.count))
    }
}
