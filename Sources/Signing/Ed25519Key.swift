// Ed25519 signatures by OpenSSL (RFC 8032). The private key never leaves OpenSSL's memory and prints as `***`.
import COpenSSL

/// A private key; it is only read after it was made, so threads may share it.
public final class Ed25519Key: @unchecked Sendable {
    private let key: OpaquePointer

    /// The text of a PEM file (`-----BEGIN PRIVATE KEY-----`, PKCS#8). nil if it holds no Ed25519 key, or one under a
    /// passphrase: nobody is there to type it.
    public init?(pem: String) {
        // The callback refuses: without one OpenSSL would ask the terminal for a passphrase.
        let read = Array(pem.utf8).withUnsafeBytes { bytes -> OpaquePointer? in
            guard let reader = BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count)) else { return nil }
            defer { BIO_free(reader) }
            return PEM_read_bio_PrivateKey(reader, nil, { _, _, _, _ in -1 }, nil)
        }
        guard let key = read else { return nil }
        guard EVP_PKEY_is_a(key, "ED25519") == 1 else {
            EVP_PKEY_free(key)
            return nil
        }
        self.key = key
    }

    /// The 32 bytes that RFC 8032 calls the private key; nil for another count.
    public init?(seed: [UInt8]) {
        guard seed.count == 32, let key = EVP_PKEY_new_raw_private_key_ex(nil, "ED25519", nil, seed, seed.count) else { return nil }
        self.key = key
    }

    deinit { EVP_PKEY_free(key) }

    /// 64 bytes; the same message always gives the same ones.
    public func signature(of message: [UInt8]) -> [UInt8] {
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        var signature = [UInt8](repeating: 0, count: 64)
        var length = signature.count
        let done = EVP_DigestSignInit(context, nil, nil, nil, key) == 1 && EVP_DigestSign(context, &signature, &length, message, message.count) == 1
        precondition(done && length == 64, "OpenSSL cannot sign with Ed25519")
        return signature
    }
}

extension Ed25519Key: CustomStringConvertible, CustomReflectable {
    public var description: String { "***" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
