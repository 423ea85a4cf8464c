// Keyed hashes by OpenSSL (RFC 2104, RFC 4231): how most venues know who asks.
import COpenSSL

public enum HMAC {
    /// 32 bytes.
    public static func sha256(key: [UInt8], _ message: [UInt8]) -> [UInt8] { code("SHA256", 32, key, message) }
    /// 64 bytes.
    public static func sha512(key: [UInt8], _ message: [UInt8]) -> [UInt8] { code("SHA512", 64, key, message) }

    private static func code(_ hash: String, _ count: Int, _ key: [UInt8], _ message: [UInt8]) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: count)
        var length = 0
        let done = EVP_Q_mac(nil, "HMAC", nil, hash, nil, key, key.count, message, message.count, &code, count, &length)
        precondition(done != nil && length == count, "OpenSSL has no HMAC with \(hash)")
        return code
    }
}
