// Who asks: a key's name, and the secret or private key that signs for it. Prints as nothing.
public import Kernel
public import Signing

public struct BinanceKey: Sendable {
    let name: Secret
    private let method: Method

    private enum Method: Sendable {
        case hmac(Secret)
        case ed25519(Ed25519Key)
    }

    /// A key with a secret: HMAC-SHA256 in hexadecimal.
    public init(name: Secret, secret: Secret) {
        self.name = name
        method = .hmac(secret)
    }

    /// A key with a private Ed25519 key: the signature in base64.
    public init(name: Secret, ed25519: Ed25519Key) {
        self.name = name
        method = .ed25519(ed25519)
    }

    /// The signature of the encoded parameters, exactly as they are sent.
    func signature(of payload: String) -> String {
        let message = Array(payload.utf8)
        return switch method {
        case .hmac(let secret): Hex.encode(HMAC.sha256(key: Array(secret.reveal().utf8), message))
        case .ed25519(let key): Base64.encode(key.signature(of: message))
        }
    }

    /// A text from outside without the key's name or secret in it.
    func hidden(in text: String) -> String {
        let clean = name.hidden(in: text)
        if case .hmac(let secret) = method { return secret.hidden(in: clean) }
        return clean
    }
}
