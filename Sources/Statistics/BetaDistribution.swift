// The distribution of an unknown probability: its cumulative share and its quantiles.
import Kernel

public enum BetaDistribution {
    /// P(X <= x) for X ~ Beta(a, b), a and b above 0: the regularised incomplete beta function by its
    /// continued fraction (Lentz).
    public static func cumulative(_ x: Double, _ a: Double, _ b: Double) -> Double {
        guard x > 0 else { return 0 }
        guard x < 1 else { return 1 }
        // The fraction converges fast on one side of the mean; the other side is its complement.
        guard x <= (a + 1) / (a + b + 2) else { return 1 - cumulative(1 - x, b, a) }
        let front = Mathematics.exp(
            Mathematics.logGamma(a + b) - Mathematics.logGamma(a) - Mathematics.logGamma(b)
                + a * Mathematics.log(x) + b * Mathematics.log(1 - x))
        return min(1, max(0, front * continuedFraction(x, a, b) / a))
    }

    /// The x with P(X <= x) = share, to the last bit.
    public static func quantile(_ share: Double, _ a: Double, _ b: Double) -> Double {
        guard share > 0 else { return 0 }
        guard share < 1 else { return 1 }
        return Bisection.root(below: 0, 1) { share - cumulative($0, a, b) }
    }

    private static func continuedFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        func away(_ v: Double) -> Double { v.magnitude < 1e-300 ? 1e-300 : v }
        var c = 1.0, d = 1 / away(1 - (a + b) * x / (a + 1)), result = d
        for step in 1...1_000 {
            let m = Double(step)
            for term in [
                m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            ] {
                d = 1 / away(1 + term * d)
                c = away(1 + term / c)
                result *= d * c
            }
            if (d * c - 1).magnitude < 1e-15 { break }
        }
        return result
    }
}
