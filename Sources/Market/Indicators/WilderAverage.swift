// Wilder's smoothing, the recursion under RSI, ATR and ADX: (previous × (n-1) + x) / n.

/// Seeded with the plain mean of its first n values.
struct WilderAverage: Sendable {
    private let period: Int
    private var seen = 0
    private var value = 0.0

    init(_ period: Int) {
        precondition(period > 0, "a look-back covers at least one value")
        self.period = period
    }

    /// Takes the next value; nil while fewer than n were seen.
    mutating func update(_ x: Double) -> Double? {
        seen += 1
        if seen > period {
            value = (value * Double(period - 1) + x) / Double(period)
            return value
        }
        value += x
        guard seen == period else { return nil }
        value /= Double(period)
        return value
    }
}
