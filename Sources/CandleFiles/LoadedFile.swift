// A candle file after reading: all of it checked, the rows of a window kept.
import Domain

/// Rows in ascending order; gaps stay gaps.
struct LoadedFile: Sendable {
    let timeframe: Timeframe
    /// The kept rows.
    private(set) var rows: [CandleRow] = []
    /// Of the whole file, kept or not.
    private(set) var firstOpen: Timestamp, lastOpen: Timestamp
    /// The most decimals of any price and of any volume in the whole file.
    private(set) var pricePlaces = 0, volumePlaces = 0

    /// More rows than this are refused: give a window.
    static let maximumRows = 3_000_000

    /// Reads a file to its end.
    /// - Parameter window: only rows that open inside it are kept; nil keeps all.
    init(path: String, file: String, name: CandleFileName, window: Range<Timestamp>?) throws(FileFault) {
        timeframe = name.timeframe
        firstOpen = Timestamp(milliseconds: .max)
        lastOpen = Timestamp(milliseconds: .min)
        var scan = RowScan(scanner: RowScanner(file: file, step: name.timeframe.duration.milliseconds),
                           from: window?.lowerBound.milliseconds ?? .min, to: window?.upperBound.milliseconds ?? .max)
        let (first, last) = try scan.readAll(try ByteStream(path: path, file: file, isCompressed: name.isCompressed))
        rows = scan.rows
        firstOpen = Timestamp(milliseconds: first)
        lastOpen = Timestamp(milliseconds: last)
        pricePlaces = Int(scan.pricePlaces)
        volumePlaces = Int(scan.volumePlaces)
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
