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
    private static let longestLine = 512

    /// Reads a file to its end.
    /// - Parameter window: only rows that open inside it are kept; nil keeps all.
    init(path: String, file: String, name: CandleFileName, window: Range<Timestamp>?) throws(FileFault) {
        timeframe = name.timeframe
        firstOpen = Timestamp(milliseconds: .max)
        lastOpen = Timestamp(milliseconds: .min)
        let stream = try ByteStream(path: path, file: file, isCompressed: name.isCompressed)
        var scan = Scan(scanner: RowScanner(file: file, step: name.timeframe.duration.milliseconds),
                        from: window?.lowerBound.milliseconds ?? .min, to: window?.upperBound.milliseconds ?? .max)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 128 << 10, alignment: 16)
        defer { buffer.deallocate() }
        var held = 0
        while true {
            let count: Int
            do throws(FileFault) { count = try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[held...])) } catch {
                throw FileFault(file: file, line: scan.number == 0 ? nil : scan.number, error.reason)
            }
            if count == 0 { break }
            held = try scan.lines(UnsafeMutableRawBufferPointer(rebasing: buffer[..<(held + count)]))
            guard held <= Self.longestLine else { throw FileFault(file: file, line: scan.number + 1, "line longer than \(Self.longestLine) bytes") }
        }
        if held > 0 { try scan.line(UnsafeRawBufferPointer(rebasing: buffer[..<held])) }
        guard scan.number > 0 else { throw FileFault(file: file, "empty") }
        guard let first = scan.first, let last = scan.previous else { throw FileFault(file: file, "no rows") }
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

/// The state of one pass over a file.
private struct Scan {
    let scanner: RowScanner
    let from: Int64, to: Int64
    /// Lines read so far.
    var number = 0
    var first: Int64?, previous: Int64?
    var rows: [CandleRow] = []
    var pricePlaces: UInt8 = 0, volumePlaces: UInt8 = 0
    private var blankSeen = false

    init(scanner: RowScanner, from: Int64, to: Int64) {
        self.scanner = scanner
        self.from = from
        self.to = to
    }

    /// Takes all whole lines and moves the rest to the buffer's start; returns how long the rest is.
    mutating func lines(_ buffer: UnsafeMutableRawBufferPointer) throws(FileFault) -> Int {
        var start = 0, at = 0
        while at < buffer.count {
            if buffer[at] == UInt8(ascii: "\n") {
                try line(UnsafeRawBufferPointer(rebasing: buffer[start..<at]))
                start = at + 1
            }
            at += 1
        }
        let rest = buffer.count - start
        if rest > 0, start > 0 { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[start...])) }
        return rest
    }

    mutating func line(_ bytes: UnsafeRawBufferPointer) throws(FileFault) {
        number += 1
        let hasReturn = bytes.last == UInt8(ascii: "\r")
        let text = hasReturn ? UnsafeRawBufferPointer(rebasing: bytes.dropLast()) : bytes
        if number == 1 { return try header(text) }
        guard !text.isEmpty else { blankSeen = true; return }
        guard !blankSeen else { throw scanner.fault(number - 1, "empty line between rows") }
        let row = try scanner.row(text, number: number, after: previous)
        if first == nil { first = row.openTime }
        previous = row.openTime
        pricePlaces = max(pricePlaces, row.pricePlaces)
        volumePlaces = max(volumePlaces, row.volumePlaces)
        guard row.openTime >= from, row.openTime < to else { return }
        guard rows.count < LoadedFile.maximumRows else { throw scanner.fault(number, "more than \(LoadedFile.maximumRows) rows") }
        rows.append(row)
    }

    /// The first line, with or without a byte order mark.
    private func header(_ text: UnsafeRawBufferPointer) throws(FileFault) {
        let body = text.starts(with: [0xEF, 0xBB, 0xBF]) ? text.dropFirst(3) : text[...]
        guard body.elementsEqual(RowScanner.header.utf8) else { throw scanner.fault(1, "the header is not \(RowScanner.header)") }
    }
}
