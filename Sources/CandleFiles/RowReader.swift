// One pass over the lines of a candle file, each handed on as a checked row. Memory stays at one buffer, and
// the first line that is wrong ends it; a row that is only off the grid or cut short is counted and left out.
import Kernel
package import Market

package struct RowReader {
    /// Which first lines are taken.
    package enum Heading: Sendable {
        /// Our own headers, or none.
        case ownOrNone
        /// Our own headers, none, or a venue's archive.
        case any
    }

    private var scanner: RowScanner
    private let heading: Heading
    /// Lines read so far.
    private(set) var number = 0
    private var previous: Int64?
    private var sound = 0
    /// Rows that were left out; nil without any.
    package private(set) var gaps: RowGaps?
    private var blankSeen = false
    private var knowsLayout = false
    /// The smallest distance of two rows, and whether it need not be looked for any more: so it costs the first rows alone.
    private var closest = Int64.max
    private var isClose = true

    private static let longestLine = 512

    /// - Parameter file: the name to use in faults.
    package init(file: String, timeframe: Timeframe, heading: Heading) {
        self.init(RowScanner(file: file, step: timeframe.duration.milliseconds), heading: heading)
        isClose = false
    }

    init(_ scanner: RowScanner, heading: Heading) {
        self.scanner = scanner
        self.heading = heading
    }

    /// Reads to the end of `source`; `each` gets the rows in ascending order. A file without rows is a fault, and so is one
    /// with as many gaps as sound rows, and one of coarser candles.
    package mutating func read(_ source: some ByteSource, each: (CandleRow) throws(FileFault) -> Void) throws(FileFault) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 128 << 10, alignment: 16)
        defer { buffer.deallocate() }
        var held = 0
        while true {
            let count: Int
            do throws(FileFault) { count = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[held...])) } catch {
                throw FileFault(file: scanner.file, line: number == 0 ? nil : number, error.reason)
            }
            if count == 0 { break }
            held = try lines(UnsafeMutableRawBufferPointer(rebasing: buffer[..<(held + count)]), each)
            guard held <= Self.longestLine else { throw scanner.fault(number + 1, "line longer than \(Self.longestLine) bytes") }
        }
        if held > 0 { try line(UnsafeRawBufferPointer(rebasing: buffer[..<held]), each) }
        guard number > 0 else { throw FileFault(file: scanner.file, "empty") }
        guard previous != nil else { throw FileFault(file: scanner.file, "no rows") }
        if let refusal = gaps?.refusal(sound: sound) { throw refusal }
        guard isClose || closest == .max else { throw FileFault(file: scanner.file, coarserThan: scanner.step, closest: closest) }
    }

    /// Takes all whole lines and moves the rest to the buffer's start; returns how long the rest is.
    private mutating func lines(_ buffer: UnsafeMutableRawBufferPointer, _ each: (CandleRow) throws(FileFault) -> Void) throws(FileFault) -> Int {
        var start = 0, at = 0
        while at < buffer.count {
            if buffer[at] == UInt8(ascii: "\n") {
                try line(UnsafeRawBufferPointer(rebasing: buffer[start..<at]), each)
                start = at + 1
            }
            at += 1
        }
        let rest = buffer.count - start
        if rest > 0, start > 0 { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[start...])) }
        return rest
    }

    private mutating func line(_ bytes: UnsafeRawBufferPointer, _ each: (CandleRow) throws(FileFault) -> Void) throws(FileFault) {
        number += 1
        let hasReturn = bytes.last == UInt8(ascii: "\r")
        var text = hasReturn ? UnsafeRawBufferPointer(rebasing: bytes.dropLast()) : bytes
        if number == 1 {
            if let reason = TextOpening.fault(text) { throw FileFault(file: scanner.file, reason) }
            text = UnsafeRawBufferPointer(rebasing: TextOpening.body(text))
        }
        if number == 1, try isHeader(text) { return }
        guard !text.isEmpty else { blankSeen = true; return }
        guard !blankSeen else { throw scanner.fault(number - 1, "empty line between rows") }
        if !knowsLayout { try learn(text) }
        let found = try scanner.row(text, number: number, after: previous)
        if !isClose { measure(found.row.openTime) }
        previous = found.row.openTime
        if let reason = found.gap {
            gaps = gaps?.oneMore() ?? RowGaps(count: 1, first: scanner.fault(number, reason))
            return
        }
        sound += 1
        try each(found.row)
    }

    /// Whether the first line is a header.
    private mutating func isHeader(_ text: UnsafeRawBufferPointer) throws(FileFault) -> Bool {
        if RowScanner.headers.contains(where: { text.elementsEqual($0.utf8) }) {
            knowsLayout = true
            return true
        }
        if heading == .ownOrNone, let byte = text.first, (48...57).contains(byte) { return false }
        guard heading == .any else { throw scanner.fault(1, RowScanner.headerFault(String(decoding: text, as: UTF8.self))) }
        return text.elementsEqual(RowLayout.archiveHeader.utf8)
    }

    private mutating func learn(_ row: UnsafeRawBufferPointer) throws(FileFault) {
        let layout = RowLayout(row: row)
        if heading == .any {
            guard let layout else {
                let isHeading = number == 1 && row.first.map { !(48...57).contains($0) } ?? false
                throw scanner.fault(
                    number,
                    isHeading
                        ? RowScanner.headerFault(String(decoding: row, as: UTF8.self))
                        : "neither a header nor a row of candles: 6 or 12 columns, the first a time in milliseconds or microseconds")
            }
            scanner.layout = layout
        } else if layout?.columns == 12 {
            throw scanner.fault(number, RowScanner.archiveFault)
        }
        knowsLayout = true
    }

    /// Until two rows were seen that are no more than the interval apart.
    private mutating func measure(_ time: Int64) {
        guard let previous else { return }
        closest = min(closest, time - previous)
        isClose = closest <= scanner.step
    }
}
