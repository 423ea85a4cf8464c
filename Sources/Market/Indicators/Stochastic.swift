// Stochastic oscillator: where the close lies in the range of the last candles, smoothed twice.

/// TA-Lib STOCH with simple means: %K = mean of `slowing` raw values, %D = mean of d of those. Raw %K =
/// 100 × (close - lowest) / (highest - lowest) over k rows, 0 if that range is empty. From 0 to 100;
/// both are first given at row k + slowing + d - 3. Fractions of ticks are summed to 106 bits and rounded once each, so
/// that equal means come out equal here.
public struct Stochastic: Sendable {
    public struct Value: Hashable, Sendable {
        public let k: Double
        public let d: Double
    }

    private var range: PriceRange
    private var unit = TickTriple()
    private var slow: TwofoldMean
    private var signal: TwofoldMean

    public init(k: Int = 14, slowing: Int = 3, d: Int = 3) {
        range = PriceRange(k)
        slow = TwofoldMean(slowing)
        signal = TwofoldMean(d)
    }

    /// Takes the next candle; nil until %D exists.
    public mutating func update(high: Double, low: Double, close: Double) -> Value? {
        guard let (highest, lowest) = range.update(high: high, low: low) else { return nil }
        guard let k = slow.update(raw(highest, lowest, close)) else { return nil }
        return signal.update(k).map { Value(k: k.value, d: $0.value) }
    }

    private mutating func raw(_ highest: Double, _ lowest: Double, _ close: Double) -> Twofold {
        guard highest > lowest else { return Twofold(0, 0) }
        guard let (high, low, close) = unit.ticks(highest, lowest, close) else { return Twofold(100 * (close - lowest) / (highest - lowest), 0) }
        return Twofold(Double(100 * (close - low)), over: Double(high - low))
    }
}
