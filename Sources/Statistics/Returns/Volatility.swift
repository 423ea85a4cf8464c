// How much the returns scattered.

public enum Volatility {
    /// Standard deviation (divisor n - 1) times √(periods per year); 0 if returns do not vary.
    public static func annual(_ moments: SampleMoments, periodsPerYear: Double) -> Statistic {
        switch moments.absence() {
        case .noVariance: .value(0)
        case let why?: .absent(why)
        case nil: Statistic(moments.deviation * periodsPerYear.squareRoot())
        }
    }
}
