// Conditions over a whole history as bits: bit i of a mask says whether the condition holds at row i.

/// Several masks of one length.
final class MaskTable: @unchecked Sendable {
    // Unchecked: written by the one who makes it, only read once it is handed on.
    let rows: Int
    let words: Int
    private let bits: UnsafeMutablePointer<UInt64>
    private let count: Int

    init(masks: Int, rows: Int) {
        self.rows = rows
        words = (rows + 63) / 64
        count = masks * words
        bits = .allocate(capacity: max(1, count))
        bits.initialize(repeating: 0, count: max(1, count))
    }

    deinit { bits.deallocate() }

    /// The words of one mask.
    func mutable(_ mask: Int) -> UnsafeMutablePointer<UInt64> { bits + mask * words }

    func mask(_ index: Int) -> BitMask { BitMask(words: UnsafePointer(bits + index * words), count: words, owner: self) }

    /// Writes the rows of a longer mask behind its first ones.
    func fill(_ index: Int, from mask: BitMask, skipping rows: Int) {
        let first = rows / 64, shift = UInt64(rows % 64), target = mutable(index)
        for word in 0..<words {
            let next = first + word + 1
            target[word] = mask.words[next - 1] >> shift | (shift > 0 && next < mask.count ? mask.words[next] << (64 - shift) : 0)
        }
        clear(index, below: 0)
    }

    /// Clears a mask's rows below `row`, and what is beyond the last row.
    func clear(_ mask: Int, below row: Int) {
        let words = mutable(mask), whole = min(row / 64, self.words)
        for word in 0..<whole { words[word] = 0 }
        if whole < self.words, row % 64 > 0 { words[whole] &= ~0 << UInt64(row % 64) }
        if rows % 64 > 0 { words[self.words - 1] &= ~(~0 << UInt64(rows % 64)) }
    }
}

/// One mask, kept alive with its table.
struct BitMask: @unchecked Sendable {
    let words: UnsafePointer<UInt64>
    let count: Int
    let owner: MaskTable

    @inline(__always)
    subscript(row: Int) -> Bool { words[row >> 6] >> UInt64(row & 63) & 1 != 0 }

    /// The first row from `row` on that is set, `Int.max` if there is none.
    @inline(__always)
    func next(from row: Int) -> Int {
        var word = row >> 6
        guard word < count else { return .max }
        var bits = words[word] & (~0 << UInt64(row & 63))
        while bits == 0 {
            word &+= 1
            guard word < count else { return .max }
            bits = words[word]
        }
        return word << 6 | bits.trailingZeroBitCount
    }

    /// How many rows are set.
    var population: Int { (0..<count).reduce(0) { $0 + words[$1].nonzeroBitCount } }
}
