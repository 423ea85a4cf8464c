// Commodity channel index: how many mean deviations the typical price is off its mean.

/// TA-Lib CCI: (typical - mean) / (0.015 × mean absolute deviation) over n rows; 0 if typical prices
/// differ by rounding alone. First value at row n-1.
public struct CCI: Sendable {
    private var window: SlidingWindow
    public init(_ period: Int) { window = SlidingWindow(period) }

    /// Takes the next candle; nil while fewer than n were seen.
    public mutating func update(high: Double, low: Double, close: Double) -> Double? {
        let typical = Self.typicalPrice(high: high, low: low, close: close)
        window.push(typical)
        guard window.isFull else { return nil }
        let mean = window.centredMean, deviation = window.absoluteDeviations(from: mean) / Double(window.capacity)
        return deviation > Self.rounding * mean ? (typical - mean) / (0.015 * deviation) : 0
    }

    /// What rounding leaves of equal typical prices, as a share of them.
    static let rounding = 1e-14

    /// The mean of high, low and close.
    public static func typicalPrice(high: Double, low: Double, close: Double) -> Double { (high + low + close) / 3 }
}
