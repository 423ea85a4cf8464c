// Exponential moving average, seeded as TA-Lib seeds it: with the plain mean of the first n values.

/// TA-Lib EMA: first value at row n-1, then previous + 2/(n+1) × (x - previous).
public struct EMA: Sendable {
    let period: Int
    let weight: Double
    private var seen = 0
    /// The last value, once there is one.
    private(set) var value = 0.0

    public init(_ period: Int) {
        precondition(period > 0, "a look-back covers at least one value")
        self.period = period
        weight = 2 / Double(period + 1)
    }

    /// Takes the next value; nil while fewer than n were seen.
    public mutating func update(_ x: Double) -> Double? {
        seen += 1
        if seen > period {
            value += (x - value) * weight
            return value
        }
        value += x
        guard seen == period else { return nil }
        value /= Double(period)
        return value
    }
}
