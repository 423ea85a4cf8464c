// The highest high and the lowest low of the last candles, under Stochastic and Williams %R.

struct PriceRange: Sendable {
    private var highs: SlidingWindow
    private var lows: SlidingWindow

    init(_ period: Int) {
        highs = SlidingWindow(period)
        lows = SlidingWindow(period)
    }

    /// Takes the next candle; nil while fewer than n were seen.
    mutating func update(high: Double, low: Double) -> (highest: Double, lowest: Double)? {
        highs.push(high)
        lows.push(low)
        return highs.isFull ? (highs.maximum, lows.minimum) : nil
    }
}
