// One candle file as columns, whatever its name and whatever it holds candles of: for looking at numbers,
// not for trading. The rows pass the same checks as everywhere.
public import Kernel
public import Market

/// The rows of `open_time_ms,open,high,low,close,volume`, as they are: gaps stay gaps. Each number is the Double
/// nearest to its text.
public struct CandleTable: Sendable {
    public let openTimes: [Timestamp]
    public let candles: IndicatorInput
    /// Rows off the grid of the name's interval, which are left out.
    public let rowGaps: RowGaps?

    /// Reads a file, unpacked if its name ends in `.gz`. If the name tells an interval (`…-1h.csv`), open times
    /// must lie on its grid; a row that does not is a gap. The header may be missing, times begin with 1970, and numbers may
    /// have 18 digits: these rows become Doubles, never money. A fault names file, line and column.
    public init(path: String) throws(FileFault) {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        let scanner = RowScanner(
            file: file, step: CandleFileName(file)?.timeframe?.duration.milliseconds ?? 1, times: 0...4_000_000_000_000,
            places: Mantissa.places)
        var reader = RowReader(scanner, heading: .ownOrNone), rows: [CandleRow] = []
        try reader.read(try ByteStream(path: path, file: file, isCompressed: file.hasSuffix(".gz"))) { row throws(FileFault) in
            guard rows.count < LoadedFile.maximumRows else { throw FileFault(file: file, "more than \(LoadedFile.maximumRows) rows") }
            rows.append(row)
        }
        rowGaps = reader.gaps
        func prices(_ mantissa: (CandleRow) -> Int64) -> [Double] { rows.map { CandleRow.double(mantissa($0), places: $0.pricePlaces) } }
        openTimes = rows.map { Timestamp(milliseconds: $0.openTime) }
        candles = IndicatorInput(
            open: prices(\.open), high: prices(\.high), low: prices(\.low), close: prices(\.close),
            volume: rows.map { CandleRow.double($0.volume, places: $0.volumePlaces) })
    }
}
