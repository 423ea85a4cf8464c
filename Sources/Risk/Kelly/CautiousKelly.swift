// Kelly at the lower 20 % bound of the mean return instead of the mean: few trades, little size.
// Deterministic, without random draws. The bound is that of the mean under a Dirichlet posterior, taken as normal.
import Statistics

/// Cautious Kelly of a Dirichlet posterior.
public struct CautiousKelly: Hashable, Sendable {
    /// Mean net return at the posterior mean.
    public let mean: Double
    /// The standard deviation of that mean: √((Σ p r² - mean²) / (A + 1)), A = N0 + trades.
    public let deviation: Double
    /// The tilt that lowers the mean by 0.8416 deviations; nil if no tilt can.
    public let tilt: ExponentialTilt?
    /// Kelly at the tilted probabilities; 0 if the lowered mean is not positive.
    public let fraction: Double

    public init(posterior: [Double], returns: [Double], weight: Double) {
        mean = Kelly.mean(probabilities: posterior, returns: returns)
        let square = Kelly.mean(probabilities: posterior, returns: returns.map { $0 * $0 })
        deviation = (max(0, square - mean * mean) / (weight + 1)).squareRoot()
        tilt = ExponentialTilt(posterior, returns: returns, mean: mean - NormalQuantile.z80 * deviation)
        // A single possible outcome has no scatter and cannot be tilted: it is its own bound.
        let probabilities = tilt?.probabilities ?? (deviation == 0 ? posterior : nil)
        fraction = probabilities.map { Kelly.fraction(probabilities: $0, returns: returns) } ?? 0
    }
}
