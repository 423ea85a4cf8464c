// Two bets at once are less than two bets: the more alike they move, the more they are one.
// Source: Thorp 2006, simultaneous bets; the four joint outcomes written out.

/// Two equal even-money bets with win probability p and outcome correlation rho.
public struct SimultaneousKelly: Hashable, Sendable {
    /// The share of equity on each: (P(both win) - P(both lose)) / (2 (P(both win) + P(both lose))).
    public let each: Double
    /// Growth per round at that share.
    public let growth: Double
    public var total: Double { 2 * each }

    public init(p: Double, correlation rho: Double = 0) {
        let q = 1 - p
        let won = p * p + rho * p * q, lost = q * q + rho * p * q
        let both = won + lost
        each = both > 0 ? max(0, (won - lost) / (2 * both)) : 0
        growth = Kelly.growth(at: each, probabilities: [won, 1 - both, lost], returns: [2, 0, -2])
    }
}
