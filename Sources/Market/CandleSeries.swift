// An ordered run of candles of one time frame, as columns of Double for indicators beside the exact
// candles for prices. A series cannot hold duplicates, disorder or unclosed candles.
public import Kernel

/// Why a row of candles was refused.
public enum SeriesFault: Error, Hashable, Codable, Sendable {
    case empty
    case disordered(at: Timestamp)
    case offGrid(at: Timestamp)
    case gap(from: Timestamp, missing: Int)
    case unclosed(at: Timestamp)
    case stale(lastClose: Timestamp)
    case absurd(at: Timestamp)
}

/// Candles in ascending order on their grid.
public struct CandleSeries: Sendable {
    public let timeframe: Timeframe
    public let candles: [Candle]

    /// Checks order and grid; gaps are the freshness check's business.
    public init(_ timeframe: Timeframe, _ candles: [Candle]) throws(SeriesFault) {
        var previous: Timestamp?
        for candle in candles {
            guard candle.openTime.floored(to: timeframe.duration) == candle.openTime else { throw .offGrid(at: candle.openTime) }
            if let previous, candle.openTime <= previous { throw .disordered(at: candle.openTime) }
            previous = candle.openTime
        }
        self.timeframe = timeframe
        self.candles = candles
    }

    public var count: Int { candles.count }
    public var last: Candle? { candles.last }
    public var closes: [Double] { candles.map(\.close.double) }
}
