// Return for scatter (W. F. Sharpe 1966), against a risk-free rate of 0.

public enum SharpeRatio {
    /// Mean over standard deviation (divisor n - 1), of one period.
    public static func perPeriod(_ moments: SampleMoments) -> Statistic {
        if let why = moments.absence() { return .absent(why) }
        return Statistic(moments.mean / moments.deviation)
    }

    /// The same times √(periods per year).
    public static func annual(_ moments: SampleMoments, periodsPerYear: Double) -> Statistic {
        perPeriod(moments).map { $0 * periodsPerYear.squareRoot() }
    }
}
