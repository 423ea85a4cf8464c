// Williams %R: how far the close lies below the highest price of the last candles.

/// TA-Lib WILLR: -100 × (highest - close) / (highest - lowest), from -100 to 0; 0 where that range is
/// empty. First value at row n-1.
public struct WilliamsR: Sendable {
    private var range: PriceRange
    public init(_ period: Int) { range = PriceRange(period) }

    /// Takes the next candle; nil while fewer than n were seen.
    public mutating func update(high: Double, low: Double, close: Double) -> Double? {
        guard let (highest, lowest) = range.update(high: high, low: low) else { return nil }
        return highest > lowest ? -100 * (highest - close) / (highest - lowest) : 0
    }
}
