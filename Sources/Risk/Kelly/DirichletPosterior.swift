// Outcome probabilities from a prior worth N0 trades and the trades that were really closed.
// Source: the conjugate Dirichlet-multinomial model (Gelman et al., Bayesian Data Analysis).

public enum DirichletPosterior {
    /// The weight of the prior, in trades.
    public static let priorWeight = 20.0

    /// p_i = (N0 prior_i + n_i) / (N0 + n).
    public static func mean(prior: [Double], counts: [Int], weight: Double = priorWeight) -> [Double] {
        let total = weight + Double(counts.reduce(0, +))
        return zip(prior, counts).map { (weight * $0 + Double($1)) / total }
    }
}
