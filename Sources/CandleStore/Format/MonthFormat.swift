// The file of a month, little endian, version 1. Everything has its place from the head alone, so that a reader
// knows of a damaged block which candles it held.
//
//     0   8  "CANDLES\n"
//     8   4  version                     12  4  seconds of the interval
//     16  8  the month's first ms        24  40 pair, "BTC/USDT", zeros behind
//     64  4  rows                        68  4  blocks
//     72  8  length of the file          80  1  places of prices   81  1  places of volumes
//     82  1  64 + the least n for which no price is above 10^n; 0 if an early version did not tell      83  5  zeros
//     88     a table entry a block (72 bytes), then 8 bytes XXH64 of all before
//            the blocks, each: slots, open, body, upper, lower, volume, every column padded to 8 bytes
//
// A column holds `value - base` in 0, 1, 2, 4 or 8 bytes. Body is close − open, upper is high − max(open, close),
// lower is min(open, close) − low: small numbers, and none that could contradict another. Slots are counted from
// the block's first one; without a gap they need no bytes.

enum MonthFormat {
    static let magic: [UInt8] = Array("CANDLES\n".utf8)
    static let version = 1
    static let headerSize = 88, entrySize = 72, pairSize = 40
    /// Rows in a block, except a month's last one.
    static let blockRows = 2_048
    /// Far above any month: 44,640 rows in 44 bytes and the head.
    static let largestFile = 4 << 20

    /// The head of a month with so many candles.
    static func largestHead(_ rows: Int) -> Int { headerSize + entrySize * ((rows + blockRows - 1) / blockRows) + 8 }

    /// Added to the magnitude of the highest price.
    static let magnitudeBase = 64

    static func padded(_ bytes: Int) -> Int { (bytes + 7) & ~7 }
}

/// What the head says of one block.
struct BlockEntry: Hashable, Sendable {
    /// Where it begins in the file, and its rows.
    var offset = 0, count = 0
    /// Slots of its first and last row.
    var firstSlot = 0, lastSlot = 0
    /// Bytes of a value: slots, open, body, upper, lower, volume.
    var widths = [Int](repeating: 0, count: 6)
    /// The least value of each column but the slots.
    var bases = [Int64](repeating: 0, count: 5)
    var checksum: UInt64 = 0

    var size: Int { widths.reduce(0) { $0 + MonthFormat.padded($1 * count) } }
    func columnOffset(_ column: Int) -> Int { widths[..<column].reduce(0) { $0 + MonthFormat.padded($1 * count) } }

    func append(to bytes: inout [UInt8]) {
        for number in [offset, count, firstSlot, lastSlot] { bytes.append(little: UInt32(number)) }
        bytes += widths.map { UInt8($0) } + [0, 0]
        for base in bases { bytes.append(little: base) }
        bytes.append(little: checksum)
    }

    init() {}

    /// Reads 72 bytes at `at`; whether they make sense is for the head's reader.
    init(_ bytes: UnsafeRawBufferPointer, at: Int) {
        offset = Int(bytes.little(UInt32.self, at))
        count = Int(bytes.little(UInt32.self, at + 4))
        firstSlot = Int(bytes.little(UInt32.self, at + 8))
        lastSlot = Int(bytes.little(UInt32.self, at + 12))
        widths = (0..<6).map { Int(bytes[at + 16 + $0]) }
        bases = (0..<5).map { bytes.little(Int64.self, at + 24 + 8 * $0) }
        checksum = bytes.little(UInt64.self, at + 64)
    }
}

extension [UInt8] {
    mutating func append(little value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}

extension UnsafeRawBufferPointer {
    /// The number at `offset`, which must lie inside.
    func little<Number: FixedWidthInteger>(_: Number.Type, _ offset: Int) -> Number {
        Number(littleEndian: loadUnaligned(fromByteOffset: offset, as: Number.self))
    }
}
