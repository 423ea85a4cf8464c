// Average true range: how far a candle usually travels, gaps included; in price units.

/// TA-Lib ATR: true range from row 1, first value at row n (mean of n ranges), then Wilder.
public struct ATR: Sendable {
    private var previousClose: Double?
    private var ranges: WilderAverage
    public init(_ period: Int) { ranges = WilderAverage(period) }

    /// Takes the next candle; nil while fewer than n true ranges were seen.
    public mutating func update(high: Double, low: Double, close: Double) -> Double? {
        defer { previousClose = close }
        guard let previousClose else { return nil }
        return ranges.update(Self.trueRange(high: high, low: low, previousClose: previousClose))
    }

    /// The range of a candle that began at the close before it.
    public static func trueRange(high: Double, low: Double, previousClose: Double) -> Double {
        // Compared by hand: `max` and `min` think of NaN, which costs more than all the rest.
        (high > previousClose ? high : previousClose) - (low < previousClose ? low : previousClose)
    }
}
