// What is piped in: bytes up to a limit, the rest taken and dropped so that no ordinary writer breaks off.
import Glibc

enum StandardInput {
    /// Behind this nobody reads on: an endless writer is left alone.
    private static let patience = 64 << 20

    /// All bytes where there are at most `limit`, else the first `limit` + 1, which a reader can refuse as
    /// too many; nil where reading fails.
    static func read(limit: Int) -> [UInt8]? {
        var kept: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        var seen = 0
        while seen <= patience {
            let count = Glibc.read(STDIN_FILENO, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { break }
            seen += count
            kept += chunk.prefix(min(count, limit + 1 - kept.count))
        }
        return kept
    }
}
