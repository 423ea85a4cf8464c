// The growth-optimal share of equity for any set of outcomes. Everything else in this folder prepares
// its inputs or holds its answer back. Source: Kelly 1956; Breiman 1961.
import Kernel
import Statistics

/// Outcomes are two columns of one length: probabilities (0 or more, summing to 1) and net returns per
/// unit of notional (-0.03 loses three percent of it). F is notional as a share of equity.
public enum Kelly {
    /// F* = argmax Σ p ln(1 + F r), uncapped: 0 if the mean return is not positive, infinity if
    /// nothing can be lost. g′ falls monotonically, so its root is bisected on (0, -1 / min r).
    public static func fraction(probabilities: [Double], returns: [Double]) -> Double {
        guard mean(probabilities: probabilities, returns: returns) > 0 else { return 0 }
        var worst = 0.0
        for (p, r) in zip(probabilities, returns) where p > 0 { worst = min(worst, r) }
        guard worst < 0 else { return .infinity }
        return Bisection.root(below: 0, -1 / worst) { f in
            var slope = 0.0
            for (p, r) in zip(probabilities, returns) where p > 0 { slope += p * r / (1 + f * r) }
            return slope
        }
    }

    /// Σ p r, the mean net return.
    public static func mean(probabilities: [Double], returns: [Double]) -> Double {
        var sum = 0.0
        for (p, r) in zip(probabilities, returns) { sum += p * r }
        return sum
    }

    /// Σ p ln(1 + F r), natural-log growth per bet; minus infinity if F can lose everything.
    public static func growth(at fraction: Double, probabilities: [Double], returns: [Double]) -> Double {
        var sum = 0.0
        for (p, r) in zip(probabilities, returns) where p > 0 {
            guard 1 + fraction * r > 0 else { return -.infinity }
            sum += p * Mathematics.log(1 + fraction * r)
        }
        return sum
    }
}
