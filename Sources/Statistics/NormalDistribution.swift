// The standard normal distribution: its cumulative share and its quantiles.
import Kernel

public enum NormalDistribution {
    /// Phi(x) = erfc(-x / √2) / 2: exact in both tails to the precision of libm's erfc.
    public static func cumulative(_ x: Double) -> Double { Mathematics.erfc(-x * 0.5.squareRoot()) / 2 }

    /// The x with Phi(x) = share, by halving; infinite at 0 and 1.
    public static func quantile(_ share: Double) -> Double {
        guard share > 0 else { return -.infinity }
        guard share < 1 else { return .infinity }
        // The upper half mirrors the lower one, where shares are exact however small: 1 - share loses nothing here.
        guard share <= 0.5 else { return -quantile(1 - share) }
        guard share < 0.5 else { return 0 }
        return Bisection.root(below: -40, 0) { share - cumulative($0) }
    }
}
