// One pass over a candle file: bytes to lines, lines to checked rows.
import Domain

/// The state of the pass. Every line is checked; the rows of a window are kept.
struct RowScan {
    let scanner: RowScanner
    let from: Int64, to: Int64
    /// Lines read so far.
    var number = 0
    var first: Int64?, previous: Int64?
    var rows: [CandleRow] = []
    var pricePlaces: UInt8 = 0, volumePlaces: UInt8 = 0
    /// Whether a file may begin with a row instead of the header.
    let headerMayMiss: Bool
    private var blankSeen = false
    private static let longestLine = 512

    init(scanner: RowScanner, from: Int64 = .min, to: Int64 = .max, headerMayMiss: Bool = false) {
        self.scanner = scanner
        self.from = from
        self.to = to
        self.headerMayMiss = headerMayMiss
    }

    /// Reads a file to its end and tells its first and last open time.
    mutating func readAll(_ stream: ByteStream) throws(FileFault) -> (first: Int64, last: Int64) {
        let file = scanner.file
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 128 << 10, alignment: 16)
        defer { buffer.deallocate() }
        var held = 0
        while true {
            let count: Int
            do throws(FileFault) { count = try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[held...])) } catch {
                throw FileFault(file: file, line: number == 0 ? nil : number, error.reason)
            }
            if count == 0 { break }
            held = try lines(UnsafeMutableRawBufferPointer(rebasing: buffer[..<(held + count)]))
            guard held <= Self.longestLine else { throw FileFault(file: file, line: number + 1, "line longer than \(Self.longestLine) bytes") }
        }
        if held > 0 { try line(UnsafeRawBufferPointer(rebasing: buffer[..<held])) }
        guard number > 0 else { throw FileFault(file: file, "empty") }
        guard let first, let previous else { throw FileFault(file: file, "no rows") }
        return (first, previous)
    }

    /// Takes all whole lines and moves the rest to the buffer's start; returns how long the rest is.
    private mutating func lines(_ buffer: UnsafeMutableRawBufferPointer) throws(FileFault) -> Int {
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

    private mutating func line(_ bytes: UnsafeRawBufferPointer) throws(FileFault) {
        number += 1
        let hasReturn = bytes.last == UInt8(ascii: "\r")
        let text = hasReturn ? UnsafeRawBufferPointer(rebasing: bytes.dropLast()) : bytes
        if number == 1, try isHeader(text) { return }
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

    /// Whether the first line is the header, with or without a byte order mark; what is neither that nor a row throws.
    private func isHeader(_ text: UnsafeRawBufferPointer) throws(FileFault) -> Bool {
        if headerMayMiss, let byte = text.first, (48...57).contains(byte) { return false }
        let body = text.starts(with: [0xEF, 0xBB, 0xBF]) ? text.dropFirst(3) : text[...]
        guard body.elementsEqual(RowScanner.header.utf8) else { throw scanner.fault(1, "the header is not \(RowScanner.header)") }
        return true
    }
}
