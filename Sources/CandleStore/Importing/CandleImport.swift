// Candles of a file into the store. The file is read to its end before anything is written, so a damaged one
// changes nothing; then it is read again and committed month by month, in the memory of one month.
public import CandleFiles
public import Kernel
import Market

/// What an import came to.
public struct ImportResult: Sendable {
    public internal(set) var rows = 0
    public internal(set) var months = 0
    public internal(set) var commit = Commit()
    /// Opening of the first candle, close of the last.
    public internal(set) var from: Timestamp, to: Timestamp
    /// Rows that are no candles of the interval, and were left out; nil without any.
    public internal(set) var gaps: RowGaps?
    /// Whether a checksum file stood beside it, and was right.
    public internal(set) var isChecked: Bool
}

public struct CandleImport: Sendable {
    private let writer: CandleStoreWriter
    public init(into writer: CandleStoreWriter) { self.writer = writer }

    /// - Parameters:
    ///   - only: months and spans that are wanted; nil takes everything. With it, damaged blocks are replaced.
    ///   - onMonth: hears each month when it is on the disk.
    public func run(_ file: ImportFile, only: [Month: [Range<Timestamp>]]? = nil, onMonth: (Month, Commit) -> Void = { _, _ in })
        throws(CandleStoreError) -> ImportResult
    {
        let content = try file.content()
        var result = try Self.check(file, content)
        try Self.months(file, content, where: { row in only.map { Self.isWanted(row, $0) } ?? true }) { rows throws(CandleStoreError) in
            let commit = try writer.commit(rows, of: file.symbol, repairing: only != nil)
            result.commit = result.commit + commit
            result.months += 1
            onMonth(rows.month, commit)
        }
        return result
    }

    /// Hands the candles of a file to `each`, month by month.
    static func read(_ file: ImportFile, each: (MonthRows) throws(CandleStoreError) -> Void) throws(CandleStoreError) {
        try months(file, try file.content(), where: { _ in true }, each)
    }

    private static func months(
        _ file: ImportFile, _ content: ImportContent, where isWanted: (CandleRow) -> Bool,
        _ each: (MonthRows) throws(CandleStoreError) -> Void
    ) throws(CandleStoreError) {
        var rows: MonthRows?
        try self.each(file, content) { row throws(CandleStoreError) in
            guard isWanted(row) else { return }
            if let full = rows, row.openTime >= full.month.end.milliseconds {
                try each(full)
                rows = nil
            }
            if rows == nil { rows = Month(of: Timestamp(milliseconds: row.openTime)).map { MonthRows($0, file.timeframe) } }
            guard rows?.append(row) ?? false else {
                throw rows?.fault(row, file.symbol) ?? .disorder(file.symbol, at: Timestamp(milliseconds: row.openTime))
            }
        }
        if let rows { try each(rows) }
    }

    /// The first pass.
    private static func check(_ file: ImportFile, _ content: ImportContent) throws(CandleStoreError) -> ImportResult {
        var rows = 0, first: Int64 = 0, last: Int64 = 0
        let gaps = try each(file, content) { row throws(CandleStoreError) in
            if rows == 0 { first = row.openTime }
            last = row.openTime
            rows += 1
            if let month = file.month, row.openTime < month.start.milliseconds || row.openTime >= month.end.milliseconds {
                throw .file(FileFault(file: file.file, "holds a candle of \(Timestamp(milliseconds: row.openTime)), outside the month of its name"))
            }
        }
        return ImportResult(
            rows: rows, from: Timestamp(milliseconds: first), to: Timestamp(milliseconds: last) + file.timeframe.duration, gaps: gaps,
            isChecked: content.isChecked)
    }

    @discardableResult
    private static func each(_ file: ImportFile, _ content: ImportContent, _ body: (CandleRow) throws(CandleStoreError) -> Void)
        throws(CandleStoreError) -> RowGaps?
    {
        var own: CandleStoreError?
        do throws(FileFault) {
            return try content.rows(file.timeframe) { row throws(FileFault) in
                do throws(CandleStoreError) { try body(row) } catch {
                    own = error
                    throw FileFault(file: file.file, "stopped")
                }
            }
        } catch { throw own ?? .file(error) }
    }

    private static func isWanted(_ row: CandleRow, _ only: [Month: [Range<Timestamp>]]) -> Bool {
        let time = Timestamp(milliseconds: row.openTime)
        return Month(of: time).flatMap { only[$0] }?.contains { $0.contains(time) } ?? false
    }
}
