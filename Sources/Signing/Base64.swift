// Bytes as base64 (RFC 4648, section 4), padded and on one line.
import COpenSSL

public enum Base64 {
    public static func encode(_ bytes: [UInt8]) -> String {
        // EVP_EncodeBlock ends its text with a NUL.
        var text = [UInt8](repeating: 0, count: (bytes.count + 2) / 3 * 4 + 1)
        let count = EVP_EncodeBlock(&text, bytes, Int32(bytes.count))
        return String(decoding: text.prefix(Int(count)), as: UTF8.self)
    }
}
