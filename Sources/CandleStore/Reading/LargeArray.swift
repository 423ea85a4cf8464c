// Room for millions of numbers in few, large pages: for a million candles, getting pages of 4 KiB one by one takes
// longer than reading and checking the candles.
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

enum LargeArray {
    private static let page = 2 << 20

    /// Reserves room in an empty array and asks Linux for large pages below it; if it has none to give, only speed differs.
    static func reserve<Number: BitwiseCopyable>(_ array: inout [Number], _ count: Int) {
        array.reserveCapacity(count)
        array.withUnsafeMutableBufferPointer { advise(UnsafeMutableBufferPointer(start: $0.baseAddress, count: count)) }
    }

    /// The same for room that is there, and not written yet.
    static func advise<Number: BitwiseCopyable>(_ room: UnsafeMutableBufferPointer<Number>) {
        #if os(Linux)
            let bytes = room.count * MemoryLayout<Number>.stride
            guard bytes >= page, let start = room.baseAddress else { return }
            // Whole pages inside the room, so that no neighbour is touched.
            let first = (UInt(bitPattern: start) + 4_095) & ~4_095, end = (UInt(bitPattern: start) + UInt(bytes)) & ~4_095
            if first < end, let address = UnsafeMutableRawPointer(bitPattern: first) { madvise(address, Int(end - first), Int32(MADV_HUGEPAGE)) }
        #endif
    }

    /// Adds `count` numbers that `fill` writes in place.
    static func append<Number: BitwiseCopyable & ExpressibleByIntegerLiteral>(
        _ count: Int, to array: inout [Number], _ fill: (UnsafeMutableBufferPointer<Number>) -> Void
    ) {
        let from = array.count
        array.append(contentsOf: repeatElement(0, count: count))
        array.withUnsafeMutableBufferPointer { fill(UnsafeMutableBufferPointer(rebasing: $0[from...])) }
    }
}
