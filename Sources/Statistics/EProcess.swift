// Evidence that may be looked at every day: a betting process whose value is at least 1/alpha with
// chance at most alpha while the null is true, whenever one stops. Source: Waudby-Smith and
// Ramdas 2024, betting on the mean of bounded outcomes; Ville 1939 for the bound.

/// E = mean over lambda of Π (1 + lambda x), x in [-1, 1].
public struct EProcess: Hashable, Sendable {
    public static let standardStakes = [0.05, 0.1, 0.2, 0.35, 0.55, 0.8]

    /// Stakes from 0 up to, but not including, 1.
    public let stakes: [Double]
    private var wealth: [Double]

    public init(stakes: [Double] = standardStakes) {
        precondition(!stakes.isEmpty && stakes.allSatisfy { (0..<1).contains($0) }, "a stake is a share below one")
        self.stakes = stakes
        wealth = stakes.map { _ in 1 }
    }

    /// Takes the next difference, cut to [-1, 1].
    public mutating func update(_ x: Double) {
        let x = min(1, max(-1, x))
        for index in stakes.indices { wealth[index] *= 1 + stakes[index] * x }
    }

    /// Takes a difference whose usual size `scale` (above 0) is known from earlier days only: x = D / (3 s).
    public mutating func update(_ difference: Double, scale: Double) {
        guard scale > 0 else { return }
        update(difference / (3 * scale))
    }

    /// The evidence so far; 1 is none, 20 is the usual threshold.
    public var value: Double { wealth.reduce(0, +) / Double(wealth.count) }
}
