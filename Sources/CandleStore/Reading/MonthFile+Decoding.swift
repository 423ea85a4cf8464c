// Blocks to rows: the checksum first, then each column widened in one tight loop, then one look at all numbers
// for what no market has. This is the path of a million candles, so it works on whole columns.
import Kernel
import Market

extension MonthFile {
    struct Decoded: Sendable {
        var rows: MonthRows
        /// Blocks that were left out.
        var damages: [StoreDamage] = []
    }

    /// The rows that open in [start, end). Blocks outside are not looked at; damaged ones are left out and named.
    func decode(from start: Timestamp, to end: Timestamp) -> Decoded {
        var decoded = Decoded(rows: MonthRows(key.month, key.timeframe))
        decoded.damages = decode(from: start, to: end, into: &decoded.rows)
        return decoded
    }

    /// The same in the memory of `rows`, which are lost.
    func decode(from start: Timestamp, to end: Timestamp, into rows: inout MonthRows) -> [StoreDamage] {
        let step = key.timeframe.duration.milliseconds
        let first = max(0, ((start - key.month.start).milliseconds + step - 1) / step)
        let stop = end <= key.month.start ? 0 : ((end - key.month.start).milliseconds + step - 1) / step
        let wanted = blocks.indices.filter { blocks[$0].lastSlot >= first && blocks[$0].firstSlot < stop }
        rows.reset(key.month, key.timeframe, pricePlaces: pricePlaces, volumePlaces: volumePlaces)
        rows.makeRoom(wanted.reduce(0) { $0 + blocks[$1].count })
        var damages: [StoreDamage] = []
        for number in wanted {
            let from = rows.count
            let isSound = isSound(blocks[number])
            if isSound, append(blocks[number], to: &rows) { continue }
            rows.cut(from..<rows.count)
            damages.append(damage(number, isSound ? "it holds numbers that cannot be" : "its checksum is wrong"))
        }
        rows.trim(first, stop)
        return damages
    }

    /// All rows, or what is damaged.
    func rows(from start: Timestamp, to end: Timestamp) throws(CandleStoreError) -> MonthRows {
        let decoded = decode(from: start, to: end)
        guard decoded.damages.isEmpty else { throw .damaged(decoded.damages) }
        return decoded.rows
    }

    /// False if one of its numbers is none that a market has.
    private func append(_ block: BlockEntry, to rows: inout MonthRows) -> Bool {
        let from = rows.count
        guard appendSlots(block, to: &rows.slots) else { return false }
        widen(1, block, onto: &rows.open)
        widen(2, block, onto: &rows.close)
        widen(3, block, onto: &rows.high)
        widen(4, block, onto: &rows.low)
        widen(5, block, onto: &rows.volume)
        return rows.assemble(from: from, highest: Self.ceiling(10_000_000_000, pricePlaces), most: Self.ceiling(1_000_000_000_000_000, volumePlaces))
    }

    private static func ceiling(_ whole: Int64, _ places: Int) -> Int64 { Powers.scaled(whole, by: places) ?? .max }

    private func appendSlots(_ block: BlockEntry, to slots: inout [Int32]) -> Bool {
        let first = Int32(block.firstSlot), last = Int32(block.lastSlot)
        guard block.widths[0] == 2, let bytes = column(0, of: block) else {
            slots.append(contentsOf: first...last)
            return true
        }
        var previous = first - 1
        for row in 0..<block.count {
            let slot = first + Int32(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 2 * row, as: UInt16.self)))
            guard slot > previous else { return false }
            slots.append(slot)
            previous = slot
        }
        return previous == last
    }

    private func widen(_ number: Int, _ block: BlockEntry, onto target: inout [Int64]) {
        let base = block.bases[number - 1]
        guard let bytes = column(number, of: block), block.widths[number] > 0 else {
            target.append(contentsOf: repeatElement(base, count: block.count))
            return
        }
        switch block.widths[number] {
        case 1: Self.widen(bytes, UInt8.self, base, block.count, &target)
        case 2: Self.widen(bytes, UInt16.self, base, block.count, &target)
        case 4: Self.widen(bytes, UInt32.self, base, block.count, &target)
        default: Self.widen(bytes, UInt64.self, base, block.count, &target)
        }
    }

    @inline(__always)
    private static func widen<Width: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
        _ bytes: UnsafeRawPointer, _: Width.Type, _ base: Int64, _ count: Int, _ target: inout [Int64]
    ) {
        let from = target.count
        target.append(contentsOf: repeatElement(0, count: count))
        target.withUnsafeMutableBufferPointer { target in
            for row in 0..<count {
                let value = Width(littleEndian: bytes.loadUnaligned(fromByteOffset: row * MemoryLayout<Width>.size, as: Width.self))
                target[from + row] = base &+ Int64(truncatingIfNeeded: value)
            }
        }
    }
}

extension MonthRows {
    mutating func makeRoom(_ count: Int) {
        slots.reserveCapacity(count)
        open.reserveCapacity(count)
        high.reserveCapacity(count)
        low.reserveCapacity(count)
        close.reserveCapacity(count)
        volume.reserveCapacity(count)
    }

    mutating func cut(_ rows: Range<Int>) {
        slots.removeSubrange(rows)
        open.removeSubrange(rows.clamped(to: open.indices))
        high.removeSubrange(rows.clamped(to: high.indices))
        low.removeSubrange(rows.clamped(to: low.indices))
        close.removeSubrange(rows.clamped(to: close.indices))
        volume.removeSubrange(rows.clamped(to: volume.indices))
    }

    /// Keeps the slots in [first, stop).
    mutating func trim(_ first: Int64, _ stop: Int64) {
        if let last = slots.last, Int64(last) >= stop { cut((slots.firstIndex { Int64($0) >= stop } ?? count)..<count) }
        if let head = slots.first, Int64(head) < first { cut(0..<(slots.firstIndex { Int64($0) >= first } ?? count)) }
    }

    /// Turns body, upper and lower in the columns close, high and low into prices. False if a price or volume is outside
    /// its range; sums that wrapped round are among those, because all parts are checked for their sign.
    fileprivate mutating func assemble(from: Int, highest: Int64, most: Int64) -> Bool {
        let end = slots.count
        guard open.count == end, close.count == end, high.count == end, low.count == end, volume.count == end else { return false }
        var signs: Int64 = 0
        open.withUnsafeBufferPointer { open in
            close.withUnsafeMutableBufferPointer { close in
                high.withUnsafeMutableBufferPointer { high in
                    low.withUnsafeMutableBufferPointer { low in
                        volume.withUnsafeBufferPointer { volume in
                            for row in from..<end {
                                let o = open[row], c = o &+ close[row], upper = high[row], lower = low[row]
                                let h = max(o, c) &+ upper, l = min(o, c) &- lower
                                signs |= o | c | upper | lower | h | (highest &- h) | (l &- 1) | volume[row] | (most &- volume[row])
                                close[row] = c
                                high[row] = h
                                low[row] = l
                            }
                        }
                    }
                }
            }
        }
        return signs >= 0
    }
}
