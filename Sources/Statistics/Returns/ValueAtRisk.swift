// What one period of twenty loses at least: seen, and as it would be were returns normal. Negative numbers are losses.

public enum ValueAtRisk {
    /// The 5th percentile of ascending returns, linear between neighbours.
    public static func historical(ascending: [Double], share: Double = 0.05) -> Statistic {
        Quantile.linear(ascending, share).map { Statistic($0) } ?? .absent(.noReturns)
    }

    /// mean + z(share) × standard deviation (divisor n - 1).
    public static func normal(_ moments: SampleMoments, share: Double = 0.05) -> Statistic {
        switch moments.absence() {
        case nil, .noVariance: Statistic(moments.mean + NormalDistribution.quantile(share) * moments.deviation)
        case let why?: .absent(why)
        }
    }
}
