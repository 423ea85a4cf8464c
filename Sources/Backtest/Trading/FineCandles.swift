// Finer candles of a market for its exits, so that what came first within a candle is seen. Promise: if one of
// them is missing, or they reach elsewhere than it, the strategy's own candle is looked at whole, and that is counted.
import Kernel
import Market

struct FineCandles: Sendable {
    /// Whole rows of finer candles, the strategy's own where one is missing, and finer ones that the strategy has no
    /// candle for; from its first candle to its last.
    let candles: CandleHistory
    /// For each row of the strategy's candles: the first of its finer ones, and one past the last.
    private let bounds: [(start: Int32, end: Int32)]
    /// The strategy's candles that are looked at whole.
    let missing: Int
    private let step: TimeSpan

    /// Rows of one of the two that follow each other.
    private struct Piece {
        let isFine: Bool
        var rows: Range<Int>
    }

    init(_ fine: CandleHistory, in coarse: CandleHistory) {
        let size = fine.timeframe.duration.milliseconds, step = coarse.timeframe.duration.milliseconds, parts = Int(step / size)
        var pieces: [Piece] = [], bounds: [(Int32, Int32)] = [], count = 0, missing = 0, at = 0
        func take(_ isFine: Bool, _ rows: Range<Int>) {
            guard !rows.isEmpty else { return }
            count += rows.count
            if let last = pieces.last, last.isFine == isFine, last.rows.upperBound == rows.lowerBound {
                pieces[pieces.count - 1].rows = last.rows.lowerBound..<rows.upperBound
            } else {
                pieces.append(Piece(isFine: isFine, rows: rows))
            }
        }
        bounds.reserveCapacity(coarse.count)
        for row in 0..<coarse.count {
            let time = coarse.openTime[row], before = at
            while at < fine.count, fine.openTime[at] < time { at += 1 }
            if row > 0 { take(true, before..<at) }
            let start = Int32(count)
            if at < fine.count, fine.openTime[at] == time,
                let end = WholeCandle.end(from: at, of: fine.count, parts: parts, place: { fine.openTime[$0] / size }),
                Self.agree(fine, at...end, coarse, row)
            {
                take(true, at..<(end + 1))
                at = end + 1
            } else {
                take(false, row..<(row + 1))
                missing += 1
                while at < fine.count, fine.openTime[at] < time + step { at += 1 }
            }
            bounds.append((start, Int32(count)))
        }
        candles = Self.joined(pieces, fine, coarse, count)
        self.bounds = bounds
        self.missing = missing
        self.step = coarse.timeframe.duration
    }

    /// Finer candles that reach further than their sum, or less far, are of another market or another source.
    private static func agree(_ fine: CandleHistory, _ rows: ClosedRange<Int>, _ coarse: CandleHistory, _ row: Int) -> Bool {
        var top = fine.high[rows.lowerBound], bottom = fine.low[rows.lowerBound]
        for part in rows {
            top = max(top, fine.high[part])
            bottom = min(bottom, fine.low[part])
        }
        return top == coarse.high[row] && bottom == coarse.low[row]
    }

    private static func joined(_ pieces: [Piece], _ fine: CandleHistory, _ coarse: CandleHistory, _ count: Int) -> CandleHistory {
        if pieces.count == 1, let only = pieces.first, only.isFine { return fine.slice(only.rows) }
        let columns = CandleHistory.Columns(capacity: count)
        var filled = 0
        for piece in pieces {
            let source = (piece.isFine ? fine : coarse).slice(piece.rows)
            guard let from = CandlePointers(source) else { continue }
            (columns.openTime + filled).update(from: from.openTime, count: source.count)
            for (to, from) in [
                (columns.open, from.open), (columns.high, from.high), (columns.low, from.low), (columns.close, from.close),
                (columns.volume, from.volume)
            ] {
                (to + filled).update(from: from, count: source.count)
            }
            filled += source.count
        }
        return CandleHistory(columns, count: filled, instrument: coarse.instrument, pricePlaces: coarse.pricePlaces, timeframe: fine.timeframe)
    }

    func start(of row: Int) -> Int { Int(bounds[row].start) }
    func end(of row: Int) -> Int { Int(bounds[row].end) }

    /// The strategy's candle that one of these belongs to; the next one if it belongs to none.
    func row(of fine: Int) -> Int {
        var low = 0, high = bounds.count
        while low < high {
            let middle = (low + high) / 2
            if bounds[middle].end <= fine { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// When one of these closes.
    func closeTime(_ fine: Int) -> Timestamp {
        let row = row(of: fine), isWhole = start(of: row) == fine && end(of: row) == fine + 1
        return Timestamp(milliseconds: candles.openTime[fine]) + (isWhole ? step : candles.timeframe.duration)
    }
}
