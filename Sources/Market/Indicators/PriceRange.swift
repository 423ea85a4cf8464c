// The highest high and the lowest low of the last candles, under Stochastic and Williams %R.

/// An extreme is looked for again only when the candle that had it leaves.
struct PriceRange: Sendable {
    private var highs: SlidingWindow
    private var lows: SlidingWindow
    private var highest = -Double.infinity
    private var lowest = Double.infinity

    init(_ period: Int) {
        highs = SlidingWindow(period)
        lows = SlidingWindow(period)
    }

    /// Takes the next candle; nil while fewer than n were seen.
    mutating func update(high: Double, low: Double) -> (highest: Double, lowest: Double)? {
        let droppedHigh = highs.push(high), droppedLow = lows.push(low)
        if high >= highest { highest = high } else if droppedHigh == highest { highest = highs.maximum }
        if low <= lowest { lowest = low } else if droppedLow == lowest { lowest = lows.minimum }
        return highs.isFull ? (highest, lowest) : nil
    }
}
