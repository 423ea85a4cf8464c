// The one file inside a ZIP archive, read strictly: sizes, names and places are what the directory says, or
// nothing is read. No path is ever made from a name of an archive, and no size is believed before it is bounded.

/// Why an archive is not read, as the end of a sentence.
public struct ZipFault: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String
    init(_ description: String) { self.description = description }
}

/// The single entry of an archive (PKWARE's APPNOTE 6.3, without its 64-bit, split and encrypted forms).
public struct ZipEntry: Sendable {
    /// A plain file name.
    public let name: String
    /// Bytes after unpacking, as announced.
    public let size: Int
    let checksum: UInt32
    let isDeflated: Bool
    /// Where the packed bytes lie.
    let packed: Range<Int>

    /// - Parameters:
    ///   - bytes: the whole archive.
    ///   - limit: more than this, unpacked, is refused.
    public init(of bytes: [UInt8], limit: Int) throws(ZipFault) {
        let directory = try Self.directory(bytes)
        let entry = LittleEndian(bytes, at: directory.lowerBound)
        guard entry.u32(0) == 0x0201_4B50, directory.count >= 46 else { throw ZipFault("a damaged directory") }
        let nameLength = entry.u16(28)
        guard 46 + nameLength + entry.u16(30) + entry.u16(32) == directory.count else { throw ZipFault("a damaged directory") }
        name = try Self.checked(bytes[(directory.lowerBound + 46)..<(directory.lowerBound + 46 + nameLength)])
        // Bit 0: encrypted; bit 5: patch; bit 6: strong encryption; bit 13: masked directory.
        guard entry.u16(8) & 0x2061 == 0 else { throw ZipFault("encrypted") }
        let method = entry.u16(10)
        guard method == 0 || method == 8 else { throw ZipFault("packed by method \(method), only deflate is read") }
        isDeflated = method == 8
        checksum = UInt32(entry.u32(16))
        let packedSize = entry.u32(20)
        size = entry.u32(24)
        guard size <= limit else { throw ZipFault("more than \(limit >> 20) MiB unpacked") }
        guard isDeflated || packedSize == size else { throw ZipFault("two sizes of one file") }
        packed = try Self.place(bytes, name: name, at: entry.u32(42), method: method, size: packedSize, before: directory.lowerBound)
    }

    /// The central directory's bytes, from the end record.
    private static func directory(_ bytes: [UInt8]) throws(ZipFault) -> Range<Int> {
        // The end record is 22 bytes and a comment of at most 65,535.
        var at = bytes.count - 22
        let first = max(0, at - 65_535)
        while at >= first {
            let end = LittleEndian(bytes, at: at)
            if end.u32(0) == 0x0605_4B50, at + 22 + end.u16(20) == bytes.count {
                let size = end.u32(12), offset = end.u32(16), count = end.u16(10)
                guard end.u16(4) == 0, end.u16(6) == 0, end.u16(8) == count else { throw ZipFault("a part of a split archive") }
                guard count == 1 else { throw ZipFault("\(count) files in it, one is expected") }
                guard offset + size == at, size > 0 else { throw ZipFault("a damaged directory") }
                return offset..<at
            }
            at -= 1
        }
        throw ZipFault("no ZIP archive, or cut off")
    }

    /// The packed bytes behind the local header, which must speak of the same file.
    private static func place(_ bytes: [UInt8], name: String, at offset: Int, method: Int, size: Int, before end: Int) throws(ZipFault) -> Range<Int>
    {
        let header = LittleEndian(bytes, at: offset)
        guard offset + 30 <= end, header.u32(0) == 0x0403_4B50, header.u16(8) == method else { throw ZipFault("a damaged file header") }
        let nameEnd = offset + 30 + header.u16(26), start = nameEnd + header.u16(28)
        guard nameEnd <= end, bytes[(offset + 30)..<nameEnd].elementsEqual(name.utf8) else { throw ZipFault("two names of one file") }
        guard start + size <= end else { throw ZipFault("cut off") }
        return start..<(start + size)
    }

    private static func checked(_ bytes: ArraySlice<UInt8>) throws(ZipFault) -> String {
        let isPlain = bytes.allSatisfy { (33...126).contains($0) && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: ":") }
        guard isPlain, (1...128).contains(bytes.count), bytes.first != UInt8(ascii: ".") else { throw ZipFault("a file in it has no plain name") }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Numbers of a little-endian record; what lies outside reads as 0, which no signature is.
private struct LittleEndian {
    let bytes: [UInt8], start: Int
    init(_ bytes: [UInt8], at start: Int) {
        self.bytes = bytes
        self.start = start
    }

    func u16(_ offset: Int) -> Int { value(offset, 2) }
    func u32(_ offset: Int) -> Int { value(offset, 4) }

    private func value(_ offset: Int, _ count: Int) -> Int {
        let at = start + offset
        guard at >= 0, at + count <= bytes.count else { return 0 }
        return (0..<count).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) }
    }
}
