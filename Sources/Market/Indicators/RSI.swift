// Relative strength index: the share of rises in all movement, smoothed as Wilder did.

/// TA-Lib RSI: first value at row n, from 0 to 100. If nothing moved (`Stillness`), it gives 50 (TA-Lib gives
/// 0): no movement is no momentum, not the strongest fall.
public struct RSI: Sendable {
    private var previous: Double?
    private var gains: WilderAverage
    private var losses: WilderAverage

    public init(_ period: Int) {
        gains = WilderAverage(period)
        losses = WilderAverage(period)
    }

    /// Takes the next close; nil while fewer than n changes were seen.
    public mutating func update(_ close: Double) -> Double? {
        defer { previous = close }
        guard let previous else { return nil }
        let change = close - previous
        let gain = gains.update(max(change, 0)), loss = losses.update(max(-change, 0))
        guard let gain, let loss else { return nil }
        return Self.share(gain, loss, of: close)
    }

    /// Percent of gains in all movement at a price.
    @inline(__always)
    static func share(_ gain: Double, _ loss: Double, of price: Double) -> Double {
        let movement = gain + loss
        return movement > Stillness.share * price ? 100 * gain / movement : 50
    }
}
