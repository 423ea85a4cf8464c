// What is piped in or named as a file: bytes up to a limit, the rest taken and dropped so that no ordinary
// writer breaks off.
import Glibc
import Kernel

package enum StandardInput {
    /// All bytes if there are at most `limit`, else the first `limit` + 1, which a reader can refuse as
    /// too many; nil if reading fails.
    package static func read(limit: Int) -> [UInt8]? { InputBytes.read(STDIN_FILENO, limit: limit) }
}

package enum TextFile {
    /// The bytes of a text, `-` for standard input, without a byte order mark; says why if there are none.
    package static func read(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
        let file = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw unreadable(path) }
        defer { if file != STDIN_FILENO { close(file) } }
        guard let bytes = InputBytes.read(file, limit: limit) else { throw unreadable(path) }
        guard bytes.count <= limit else { throw Failure(.data, "\(path) is larger than \(limit >> 20) MB") }
        if let reason = TextOpening.fault(bytes) { throw Failure(.data, "\(path) \(reason)") }
        return Array(TextOpening.body(bytes))
    }

    /// Says why `errno` keeps a file from being read.
    package static func unreadable(_ path: String) -> Failure { Failure(.noInput, "cannot read \(path): \(String(cString: strerror(errno)))") }
}

private enum InputBytes {
    /// Beyond this nobody reads on: an endless writer is left alone.
    private static let patience = 64 << 20

    static func read(_ file: Int32, limit: Int) -> [UInt8]? {
        var kept: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        var seen = 0
        while seen <= patience {
            let count = Glibc.read(file, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { break }
            seen += count
            kept += chunk.prefix(min(count, limit + 1 - kept.count))
        }
        return kept
    }
}
