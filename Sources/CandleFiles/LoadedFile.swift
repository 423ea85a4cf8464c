// A candle file after reading: all of it checked, the rows of a window kept.
import Kernel
import Market

/// Rows in ascending order; gaps stay gaps.
struct LoadedFile: Sendable {
    let timeframe: Timeframe
    /// The kept rows.
    let rows: [CandleRow]
    /// The first and last opening of the whole file, whether their rows are kept or not.
    let firstOpen: Timestamp, lastOpen: Timestamp
    /// What the whole file tells of the pair's rules.
    let assumed: AssumedRules
    /// Rows of the whole file that do not belong to its interval.
    let gaps: RowGaps?

    /// More rows than this are refused: give a window.
    static let maximumRows = 3_000_000

    /// Reads a file to its end.
    /// - Parameter window: only rows that open inside it are kept; nil keeps all.
    init(_ found: FoundFile, window: Range<Timestamp>?) throws(FileFault) {
        timeframe = found.timeframe
        let stream = try ByteStream(path: found.path, file: found.file, isCompressed: found.isCompressed)
        var reader = RowReader(file: found.file, timeframe: found.timeframe, heading: .ownOrNone)
        let from = window?.lowerBound.milliseconds ?? .min, to = window?.upperBound.milliseconds ?? .max
        var first: Int64?, last: Int64 = 0, prices: UInt8 = 0, volumes: UInt8 = 0, highest = HighestPrice(), kept: [CandleRow] = []
        try reader.read(stream) { row throws(FileFault) in
            if first == nil { first = row.openTime }
            last = row.openTime
            prices = max(prices, row.pricePlaces)
            volumes = max(volumes, row.volumePlaces)
            highest.see(row.high, places: row.pricePlaces)
            guard row.openTime >= from, row.openTime < to else { return }
            guard kept.count < Self.maximumRows else { throw FileFault(file: found.file, "more than \(Self.maximumRows) rows") }
            kept.append(row)
        }
        rows = kept
        gaps = reader.gaps
        firstOpen = Timestamp(milliseconds: first ?? last)
        lastOpen = Timestamp(milliseconds: last)
        assumed = AssumedRules(pricePlaces: Int(prices), volumePlaces: Int(volumes), magnitude: highest.magnitude)
    }

    var lastClose: Timestamp { lastOpen + timeframe.duration }

    /// Positions of the kept rows that open in [start, end).
    func indices(from start: Timestamp, to end: Timestamp) -> Range<Int> {
        let low = firstIndex { $0 >= start.milliseconds }, high = firstIndex { $0 >= end.milliseconds }
        return low..<max(low, high)
    }

    private func firstIndex(where matches: (Int64) -> Bool) -> Int {
        var low = 0, high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if matches(rows[middle].openTime) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
