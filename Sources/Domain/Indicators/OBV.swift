// On-balance volume: volume counted up on rises and down on falls.

/// TA-Lib OBV, in base units: begins with the first candle's volume. An equal close leaves it as it was.
public struct OBV: Sendable {
    private var previous: Double?
    private var sum = 0.0
    public init() {}

    /// Takes the next candle; there is a value from the first one on.
    public mutating func update(close: Double, volume: Double) -> Double {
        defer { previous = close }
        guard let previous else {
            sum = volume
            return sum
        }
        if close > previous { sum += volume } else if close < previous { sum -= volume }
        return sum
    }
}
