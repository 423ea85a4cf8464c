// What an average period brings.

public enum Expectancy {
    /// The mean return of a period, those with nothing at stake included.
    public static func of(_ moments: SampleMoments) -> Statistic {
        moments.count == 0 ? .absent(.noReturns) : Statistic(moments.mean)
    }
}
