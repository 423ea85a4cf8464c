// On-balance volume: volume counted up on rises and down on falls.

/// TA-Lib OBV, in base units: begins with the first candle's volume. An equal close leaves it as it was. Summed in ticks,
/// so that volumes which cancel leave nothing (`TickSum`).
public struct OBV: Sendable {
    private var previous: Double?
    private var sum = TickSum()
    public init() {}

    /// Takes the next candle; there is a value from the first one on.
    public mutating func update(close: Double, volume: Double) -> Double {
        defer { previous = close }
        guard let previous else {
            sum.add(volume)
            return sum.value
        }
        if close > previous { sum.add(volume) } else if close < previous { sum.subtract(volume) }
        return sum.value
    }
}
