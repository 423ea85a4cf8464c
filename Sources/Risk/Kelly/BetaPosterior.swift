// What wins and losses say about a probability, starting from a Beta prior. Source: the conjugate
// Beta-binomial model (Gelman et al., Bayesian Data Analysis).
import Statistics

/// p ~ Beta(a0 + wins, b0 + losses).
public struct BetaPosterior: Hashable, Sendable {
    public let a: Double
    public let b: Double

    public init(priorWins a0: Double, priorLosses b0: Double, wins: Double, trials: Double) {
        a = a0 + wins
        b = b0 + trials - wins
    }

    public var mean: Double { a / (a + b) }
    /// The probability below which p lies with chance `share`.
    public func quantile(_ share: Double) -> Double { BetaDistribution.quantile(share, a, b) }
    /// P(p is above the break-even of a bet that wins `win` for 1).
    public func chanceOfEdge(win: Double) -> Double { 1 - BetaDistribution.cumulative(1 / (win + 1), a, b) }
}
