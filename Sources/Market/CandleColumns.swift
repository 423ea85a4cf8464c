// Candles as columns of Double: made once an instrument and hour, read by every indicator, by the
// first-passage frequencies and by correlations.
public import Kernel

/// Prices in quote units, row by row in ascending time; all five columns have the same length.
public struct CandleColumns: Sendable {
    public let openTime: [Timestamp]
    public let open: [Double]
    public let high: [Double]
    public let low: [Double]
    public let close: [Double]

    /// The last `limit` candles of a series (all of them if there are fewer).
    public init(_ series: CandleSeries, last limit: Int = .max) {
        self.init(series.candles.suffix(max(0, limit)))
    }

    /// Candles in ascending time; the caller vouches for the order.
    public init(_ candles: some Collection<Candle>) {
        openTime = candles.map(\.openTime)
        open = candles.map(\.open.double)
        high = candles.map(\.high.double)
        low = candles.map(\.low.double)
        close = candles.map(\.close.double)
    }

    public var count: Int { close.count }
}
