// What is left of a Sharpe ratio that was the best of many: the luck of having tried often is taken out.
import Kernel

/// How many variants were tried and how much their Sharpe ratios (of one period) scattered. Counted, never typed in.
public struct Trials: Hashable, Sendable {
    public let count: Int
    /// Variance with divisor count - 1; 0 for a single trial.
    public let sharpeVariance: Double

    /// nil unless count is 1 or more and the variance a finite number of 0 or more.
    public init?(count: Int, sharpeVariance: Double) {
        guard count > 0, sharpeVariance >= 0, sharpeVariance.isFinite else { return nil }
        (self.count, self.sharpeVariance) = (count, sharpeVariance)
    }

    /// From the ratio of every trial.
    public init?(sharpes: [Double]) { self.init(count: sharpes.count, sharpeVariance: SampleMoments(sharpes).variance) }
}

/// Bailey and López de Prado, The Deflated Sharpe Ratio (2014).
public enum DeflatedSharpe {
    private static let eulerMascheroni = 0.577_215_664_901_532_9

    /// The best Sharpe ratio of one period that so many trials without skill are expected to show:
    /// √V ((1 - γ) Phi⁻¹(1 - 1/N) + γ Phi⁻¹(1 - 1/(N e))); 0 for a single trial.
    public static func expectedMaximum(_ trials: Trials) -> Double {
        guard trials.count > 1 else { return 0 }
        let one = 1 / Double(trials.count)
        // Phi⁻¹(1 - x) = -Phi⁻¹(x), which keeps its digits for many trials.
        let best = -NormalDistribution.quantile(one), further = -NormalDistribution.quantile(one / Mathematics.exp(1))
        return trials.sharpeVariance.squareRoot() * ((1 - eulerMascheroni) * best + eulerMascheroni * further)
    }

    /// The probabilistic Sharpe ratio against that maximum: never above the one against 0.
    public static func of(_ moments: SampleMoments, _ trials: Trials) -> Statistic {
        ProbabilisticSharpe.of(moments, above: expectedMaximum(trials))
    }
}
