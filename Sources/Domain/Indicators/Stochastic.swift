// Stochastic oscillator: where the close lies in the range of the last candles, smoothed twice.

/// TA-Lib STOCH with simple means: %K = mean of `slowing` raw values, %D = mean of d of those. Raw %K =
/// 100 × (close - lowest) / (highest - lowest) over k rows, 0 where that range is empty. From 0 to 100;
/// both are first given at row k + slowing + d - 3.
public struct Stochastic: Sendable {
    public struct Value: Hashable, Sendable {
        public let k: Double
        public let d: Double
    }

    private var range: PriceRange
    private var slow: SMA
    private var signal: SMA

    public init(k: Int = 14, slowing: Int = 3, d: Int = 3) {
        range = PriceRange(k)
        slow = SMA(slowing)
        signal = SMA(d)
    }

    /// Takes the next candle; nil until %D exists.
    public mutating func update(high: Double, low: Double, close: Double) -> Value? {
        guard let (highest, lowest) = range.update(high: high, low: low) else { return nil }
        let span = highest - lowest
        guard let k = slow.update(span > 0 ? 100 * (close - lowest) / span : 0) else { return nil }
        return signal.update(k).map { Value(k: k, d: $0) }
    }
}
