// Risk-constrained Kelly: the most growth that keeps a deep fall of the account unlikely.
// Source: Busseti, Ryu, Boyd 2016 (arXiv 1603.06183).
import Kernel
import Statistics

/// max Σ p ln(1 + F r) subject to Σ p (1 + F r)^-lambda <= 1, which makes P(equity ever < alpha of its
/// start) <= beta.
public struct DrawdownKelly: Hashable, Sendable {
    /// ln beta / ln alpha.
    public let lambda: Double
    /// F, at most Kelly; 0 if alpha or beta is no probability strictly between 0 and 1.
    public let fraction: Double

    /// `kelly` is the unconstrained F* of the same outcomes.
    public init(probabilities: [Double], returns: [Double], kelly: Double, alpha: Double, beta: Double) {
        guard alpha > 0, alpha < 1, beta > 0, beta < 1 else {
            (lambda, fraction) = (.infinity, 0)
            return
        }
        let lambda = Mathematics.log(beta) / Mathematics.log(alpha)
        self.lambda = lambda
        func room(_ f: Double) -> Double {
            var sum = 0.0
            for (p, r) in zip(probabilities, returns) where p > 0 {
                guard 1 + f * r > 0 else { return -.infinity }
                sum += p * Mathematics.pow(1 + f * r, -lambda)
            }
            return 1 - sum
        }
        // Convex, 1 at zero and falling there: one crossing at most, beyond which the room is gone.
        guard kelly.isFinite, kelly > 0 else { fraction = kelly; return }
        fraction = room(kelly) >= 0 ? kelly : Bisection.root(below: 0, kelly, of: room)
    }
}
