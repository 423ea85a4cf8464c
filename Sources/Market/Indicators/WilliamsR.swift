// Williams %R: how far the close lies below the highest price of the last candles.

/// TA-Lib WILLR: -100 × (highest - close) / (highest - lowest), from -100 to 0; 0 if that range is
/// empty. First value at row n-1. A fraction of ticks, rounded once.
public struct WilliamsR: Sendable {
    private var range: PriceRange
    private var unit = TickTriple()
    public init(_ period: Int) { range = PriceRange(period) }

    /// Takes the next candle; nil while fewer than n were seen.
    public mutating func update(high: Double, low: Double, close: Double) -> Double? {
        guard let (highest, lowest) = range.update(high: high, low: low) else { return nil }
        guard highest > lowest else { return 0 }
        guard let ticks = unit.ticks(highest, lowest, close) else { return -100 * (highest - close) / (highest - lowest) }
        return Double(-100 * (ticks.0 - ticks.2)) / Double(ticks.0 - ticks.1)
    }
}
