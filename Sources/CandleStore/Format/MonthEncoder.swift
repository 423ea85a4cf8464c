// A month's rows to the bytes of its file. The same rows are always the same bytes.
import Kernel
import Market

enum MonthEncoder {
    /// - Parameter rows: at least one, with positive prices and `low <= open, close <= high`.
    static func bytes(_ rows: MonthRows, of symbol: Symbol) -> [UInt8] {
        let rows = rows.normalized()
        precondition(!rows.isEmpty, "a month without candles has no file")
        let starts = Array(stride(from: 0, to: rows.count, by: MonthFormat.blockRows))
        let headSize = MonthFormat.headerSize + MonthFormat.entrySize * starts.count + 8
        var payload: [UInt8] = [], entries: [BlockEntry] = []
        for start in starts {
            var entry = BlockEntry()
            let block = encode(rows, start..<min(start + MonthFormat.blockRows, rows.count), &entry)
            entry.offset = headSize + payload.count
            entry.checksum = XXHash64.hash(block)
            entries.append(entry)
            payload += block
        }
        var bytes = header(rows, symbol, blocks: entries.count, length: headSize + payload.count)
        for entry in entries { entry.append(to: &bytes) }
        bytes.append(little: XXHash64.hash(bytes))
        return bytes + payload
    }

    private static func header(_ rows: MonthRows, _ symbol: Symbol, blocks: Int, length: Int) -> [UInt8] {
        var bytes = MonthFormat.magic
        bytes.append(little: UInt32(MonthFormat.version))
        bytes.append(little: UInt32(rows.timeframe.duration.milliseconds / 1_000))
        bytes.append(little: rows.month.start.milliseconds)
        let pair = Array(symbol.description.utf8)
        bytes += pair + [UInt8](repeating: 0, count: MonthFormat.pairSize - pair.count)
        bytes.append(little: UInt32(rows.count))
        bytes.append(little: UInt32(blocks))
        bytes.append(little: UInt64(length))
        return bytes + [UInt8(rows.pricePlaces), UInt8(rows.volumePlaces), UInt8(MonthFormat.magnitudeBase + rows.magnitude), 0, 0, 0, 0, 0]
    }

    private static func encode(_ rows: MonthRows, _ range: Range<Int>, _ entry: inout BlockEntry) -> [UInt8] {
        let first = rows.slots[range.lowerBound], last = rows.slots[range.upperBound - 1]
        entry.count = range.count
        entry.firstSlot = Int(first)
        entry.lastSlot = Int(last)
        var block: [UInt8] = []
        let isWhole = Int(last - first) == range.count - 1
        entry.widths[0] = isWhole ? 0 : 2
        if !isWhole { write(range.map { UInt64(rows.slots[$0] - first) }, width: 2, to: &block) }
        let columns: [[Int64]] = [
            range.map { rows.open[$0] }, range.map { rows.close[$0] - rows.open[$0] },
            range.map { rows.high[$0] - max(rows.open[$0], rows.close[$0]) }, range.map { min(rows.open[$0], rows.close[$0]) - rows.low[$0] },
            range.map { rows.volume[$0] }
        ]
        for (number, column) in columns.enumerated() {
            let base = column.min() ?? 0
            let values = column.map { UInt64(bitPattern: $0 &- base) }
            entry.bases[number] = base
            entry.widths[number + 1] = width(of: values.max() ?? 0)
            write(values, width: entry.widths[number + 1], to: &block)
        }
        return block
    }

    private static func width(of largest: UInt64) -> Int {
        switch largest {
        case 0: 0
        case ...0xFF: 1
        case ...0xFFFF: 2
        case ...0xFFFF_FFFF: 4
        default: 8
        }
    }

    private static func write(_ values: [UInt64], width: Int, to bytes: inout [UInt8]) {
        for value in values { for byte in 0..<width { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * byte))) } }
        while bytes.count % 8 != 0 { bytes.append(0) }
    }
}
