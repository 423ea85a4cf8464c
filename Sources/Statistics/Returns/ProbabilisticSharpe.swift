// How likely the true Sharpe ratio is above a benchmark, given how few returns there are and how they are shaped.

/// Bailey and López de Prado, The Sharpe Ratio Efficient Frontier (2012). All ratios are of one period.
public struct ProbabilisticSharpe: Hashable, Sendable {
    public let sharpe: Double
    public let count: Int
    /// Biased.
    public let skew: Double
    /// Biased; 3 for a normal distribution.
    public let kurtosis: Double

    public init(sharpe: Double, count: Int, skew: Double, kurtosis: Double) {
        (self.sharpe, self.count, self.skew, self.kurtosis) = (sharpe, count, skew, kurtosis)
    }

    /// nil if a series has no Sharpe ratio or no shape.
    public init?(_ moments: SampleMoments) {
        guard let sharpe = SharpeRatio.perPeriod(moments).double, let skew = Skewness.biased(moments).double,
            let kurtosis = Kurtosis.biased(moments).double
        else { return nil }
        self.init(sharpe: sharpe, count: moments.count, skew: skew, kurtosis: kurtosis)
    }

    /// Phi((SR - SR*) √(n - 1) / √(1 - g3 SR + (g4 - 1) / 4 SR²)), 0 to 1.
    public func above(_ benchmark: Double) -> Statistic {
        guard count > 1 else { return .absent(.fewerReturns(than: 2)) }
        let spread = 1 - skew * sharpe + (kurtosis - 1) / 4 * sharpe * sharpe
        guard spread > 0 else { return .absent(.beyondMeasure) }
        return Statistic(NormalDistribution.cumulative((sharpe - benchmark) * (Double(count - 1) / spread).squareRoot()))
    }

    /// That of a series, against a benchmark of one period.
    public static func of(_ moments: SampleMoments, above benchmark: Double) -> Statistic {
        if let why = moments.absence() { return .absent(why) }
        return ProbabilisticSharpe(moments)?.above(benchmark) ?? .absent(.beyondMeasure)
    }
}
