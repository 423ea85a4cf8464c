// Comparing secrets so that the time it takes tells nothing of where they differ.
import COpenSSL

public enum ConstantTime {
    public static func equal(_ a: [UInt8], _ b: [UInt8]) -> Bool { a.count == b.count && CRYPTO_memcmp(a, b, a.count) == 0 }
}
