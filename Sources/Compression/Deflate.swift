// Blobs made smaller and whole again, by zlib.
import CZlib

public enum Deflate {
    /// zlib format, the library's default level.
    public static func compress(_ bytes: [UInt8]) -> [UInt8] {
        var length = compressBound(uLong(bytes.count))
        var result = [UInt8](repeating: 0, count: Int(length))
        let status = CZlib.compress(&result, &length, bytes, uLong(bytes.count))
        precondition(status == Z_OK, "zlib could not compress \(bytes.count) bytes")
        result.removeLast(result.count - Int(length))
        return result
    }

    /// What `compress` was given; nil for damaged input or more than `limit` bytes.
    public static func expand(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
        var capacity = min(limit, max(1_024, bytes.count * 8))
        while true {
            var length = uLong(capacity)
            var result = [UInt8](repeating: 0, count: capacity)
            switch uncompress(&result, &length, bytes, uLong(bytes.count)) {
            case Z_OK:
                result.removeLast(result.count - Int(length))
                return result
            case Z_BUF_ERROR where capacity < limit: capacity = min(limit, capacity * 4)
            default: return nil
            }
        }
    }
}
