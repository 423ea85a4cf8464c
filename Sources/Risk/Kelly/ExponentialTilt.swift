// Moves probabilities until the mean return is what it is asked to be, changing them as little as
// possible (the smallest relative entropy). Cautious Kelly tilts down, break-even tilts to zero.
import Kernel
import Statistics

/// p′_i ∝ p_i exp(-theta r_i / 0.03).
public struct ExponentialTilt: Hashable, Sendable {
    public let theta: Double
    public let probabilities: [Double]

    /// The unit of theta: the return of one default stop distance.
    static let scale = 0.03

    /// The tilt with mean return `target`; nil if no tilt reaches it (outside the open range of the
    /// returns that have any probability).
    public init?(_ probabilities: [Double], returns: [Double], mean target: Double) {
        var low = Double.infinity, high = -Double.infinity
        for (p, r) in zip(probabilities, returns) where p > 0 {
            low = min(low, r)
            high = max(high, r)
        }
        guard target > low, target < high else { return nil }
        func excess(_ theta: Double) -> Double {
            Kelly.mean(probabilities: Self.tilted(probabilities, returns, theta), returns: returns) - target
        }
        var bound = 1.0
        while excess(bound) > 0 || excess(-bound) < 0 {
            guard bound < 1e9 else { return nil }
            bound *= 2
        }
        theta = Bisection.root(below: -bound, bound, of: excess)
        self.probabilities = Self.tilted(probabilities, returns, theta)
    }

    private static func tilted(_ probabilities: [Double], _ returns: [Double], _ theta: Double) -> [Double] {
        // Exponents relative to the largest, so that nothing overflows.
        var top = -Double.infinity
        for (p, r) in zip(probabilities, returns) where p > 0 { top = max(top, -theta * r / scale) }
        let weights = zip(probabilities, returns).map { p, r in p > 0 ? p * Mathematics.exp(-theta * r / scale - top) : 0 }
        let total = weights.reduce(0, +)
        return weights.map { $0 / total }
    }
}
