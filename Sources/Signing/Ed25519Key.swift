// Ed25519 signatures by OpenSSL (RFC 8032). The private key never leaves OpenSSL's memory and prints as `***`.
import COpenSSL

public enum SigningError: Error, Hashable, Sendable {
    /// Not an unencrypted PKCS#8 PEM text with an Ed25519 key; what it is instead is not said.
    case notAnEd25519Key
}

/// A private key; it is only read after it was made, so threads may share it.
public final class Ed25519Key: @unchecked Sendable {
    private let key: OpaquePointer

    /// The text of a PEM file (`-----BEGIN PRIVATE KEY-----`). A key under a passphrase is refused: nobody is there to type it.
    public init(pem: String) throws(SigningError) {
        let bytes = Array(pem.utf8)
        guard let reader = BIO_new_mem_buf(bytes, Int32(clamping: bytes.count)) else { throw .notAnEd25519Key }
        defer { BIO_free(reader) }
        // Without this OpenSSL would ask the terminal for a passphrase.
        guard let key = PEM_read_bio_PrivateKey(reader, nil, { _, _, _, _ in -1 }, nil) else { throw .notAnEd25519Key }
        guard EVP_PKEY_is_a(key, "ED25519") == 1 else {
            EVP_PKEY_free(key)
            throw .notAnEd25519Key
        }
        self.key = key
    }

    /// The 32 bytes that RFC 8032 calls the private key.
    public init(seed: [UInt8]) throws(SigningError) {
        guard seed.count == 32, let key = EVP_PKEY_new_raw_private_key_ex(nil, "ED25519", nil, seed, seed.count) else { throw .notAnEd25519Key }
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
