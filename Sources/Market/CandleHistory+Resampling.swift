// Coarse candles out of finer ones, by one definition wherever that is done: whole or absent, because a candle with
// a part missing would have a high that nobody saw (F052). Gaps stay gaps.
import Kernel

public enum WholeCandle {
    /// The last part of the coarse candle whose first part is at `row`; nil if one is missing or none begins there.
    /// - Parameters:
    ///   - count: rows there are; `parts`: how many make a coarse candle.
    ///   - place: of a row on the grid of the parts, ascending over the rows, 0 where a coarse candle begins.
    @inlinable @inline(__always)
    public static func end(from row: Int, of count: Int, parts: Int, place: (Int) -> Int64) -> Int? {
        let end = row &+ parts &- 1
        // Places ascend, so the last part of a whole candle is as many rows on as it is places.
        guard end < count, place(row) % Int64(parts) == 0, place(end) &- place(row) == Int64(parts &- 1) else { return nil }
        return end
    }
}

extension CandleHistory {
    /// Open of the first part, close of the last, the extremes and the sum of all, if no part is missing.
    /// - Parameter coarse: a time frame that this one divides; the same one gives the history itself.
    public func resampled(to coarse: Timeframe) -> CandleHistory {
        let step = timeframe.duration.milliseconds, parts = Int(coarse.duration.milliseconds / step)
        precondition(coarse.duration.milliseconds % step == 0, "\(timeframe) does not divide \(coarse)")
        if parts == 1 { return self }
        let columns = Columns(capacity: count / parts)
        var row = 0, rows = 0
        while row < count {
            guard let end = WholeCandle.end(from: row, of: count, parts: parts, place: { openTime[$0] / step }) else {
                row += 1
                continue
            }
            var top = high[row], bottom = low[row], sum = 0.0
            for part in row...end {
                top = max(top, high[part])
                bottom = min(bottom, low[part])
                sum += volume[part]
            }
            columns.openTime[rows] = openTime[row]
            columns.open[rows] = open[row]
            columns.high[rows] = top
            columns.low[rows] = bottom
            columns.close[rows] = close[end]
            columns.volume[rows] = sum
            rows += 1
            row = end + 1
        }
        return CandleHistory(columns, count: rows, instrument: instrument, pricePlaces: pricePlaces, timeframe: coarse)
    }
}
