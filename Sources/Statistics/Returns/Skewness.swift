// Which side the far returns lie on: below 0 the losses reach further than the gains.

public enum Skewness {
    /// g1: third central moment over the deviation (divisor n) cubed.
    public static func biased(_ moments: SampleMoments) -> Statistic {
        if let why = moments.absence() { return .absent(why) }
        return Statistic(moments.third / (moments.second * moments.second.squareRoot()))
    }

    /// G1 = g1 √(n (n - 1)) / (n - 2) (Joanes and Gill 1998).
    public static func unbiased(_ moments: SampleMoments) -> Statistic {
        if let why = moments.absence(below: 3) { return .absent(why) }
        let n = Double(moments.count)
        return biased(moments).map { $0 * (n * (n - 1)).squareRoot() / (n - 2) }
    }
}
