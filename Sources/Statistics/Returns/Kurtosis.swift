// How heavy the tails are.

public enum Kurtosis {
    /// Fourth central moment over the variance (divisor n) squared: 3 for a normal distribution.
    public static func biased(_ moments: SampleMoments) -> Statistic {
        if let why = moments.absence() { return .absent(why) }
        return Statistic(moments.fourth / (moments.second * moments.second))
    }

    /// G2 = ((n + 1) (kurtosis - 3) + 6) (n - 1) / ((n - 2) (n - 3)) (Joanes and Gill 1998): 0 for a normal distribution.
    public static func excessUnbiased(_ moments: SampleMoments) -> Statistic {
        if let why = moments.absence(below: 4) { return .absent(why) }
        let n = Double(moments.count)
        return biased(moments).map { ((n + 1) * ($0 - 3) + 6) * (n - 1) / ((n - 2) * (n - 3)) }
    }
}
