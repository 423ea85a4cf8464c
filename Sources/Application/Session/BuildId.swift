// The build id of an executable: a hash of its content that the linker makes and that outlives stripping. It stands in a note of the
// file (System V ABI, "Note Section"; type NT_GNU_BUILD_ID), so that nobody has to read all of a large file to know it.
import Glibc
import Signing

enum BuildId {
    private static let headerLength = 64, noteSegment = 4, buildIdNote = 3
    /// Bytes; longer tables and notes are none that a linker writes.
    private static let longest = 1 << 16

    /// - Returns: lower-case hexadecimal digits; nil if the file cannot be read, is no 64-bit ELF file, or has no build id.
    static func read(_ path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        guard let header = Piece(file, at: 0, headerLength), header.bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2, 1]) else { return nil }
        let entry = header.number(54, 2), count = header.number(56, 2)
        guard entry >= 56, let table = Piece(file, at: header.number(32, 8), entry * count) else { return nil }
        for segment in stride(from: 0, to: entry * count, by: entry) where table.number(segment, 4) == noteSegment {
            let notes = Piece(file, at: table.number(segment + 8, 8), table.number(segment + 32, 8))
            if let id = notes.flatMap(id) { return id }
        }
        return nil
    }

    private static func id(in notes: Piece) -> String? {
        var at = 0
        while at + 12 <= notes.bytes.count {
            let name = notes.number(at, 4), description = notes.number(at + 4, 4), start = at + 12 + padded(name), end = start + description
            guard name <= longest, description <= longest, end <= notes.bytes.count else { return nil }
            if notes.number(at + 8, 4) == buildIdNote, notes.bytes[(at + 12)...].starts(with: Array("GNU\0".utf8)) {
                return description > 0 ? Hex.encode(Array(notes.bytes[start..<end])) : nil
            }
            at = start + padded(description)
        }
        return nil
    }

    private static func padded(_ length: Int) -> Int { (length + 3) / 4 * 4 }

    private struct Piece {
        var bytes: [UInt8]

        /// nil if the file does not have all of it.
        init?(_ file: Int32, at offset: Int, _ length: Int) {
            guard offset >= 0, (1...longest).contains(length) else { return nil }
            bytes = [UInt8](repeating: 0, count: length)
            guard pread(file, &bytes, length, offset) == length else { return nil }
        }

        /// A little-endian number; -1 beyond what fits.
        func number(_ at: Int, _ width: Int) -> Int {
            Int(exactly: bytes[at..<(at + width)].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }) ?? -1
        }
    }
}
