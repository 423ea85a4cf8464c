// Where keys and tokens come from: systemd's credentials first, then the environment; never a settings
// file, never an argument. Promise: an error names the source and never what was in it.
public import Kernel

public enum SecretName: String, CaseIterable, Sendable {
    case anthropicKey = "anthropic_api_key"
    case openaiKey = "openai_api_key"
    case telegramToken = "telegram_token"
    case newsapiKey = "newsapi_key"
    case coingeckoKey = "coingecko_key"
    case binanceKey = "binance_api_key"
    /// The secret of an HMAC key.
    case binanceSecret = "binance_api_secret"
    /// The secret of an Ed25519 key: the text of its PEM file, the only secret of several lines.
    case binancePrivateKey = "binance_private_key"

    /// The name of the file in `CREDENTIALS_DIRECTORY`.
    public var credential: String { rawValue }
    /// The environment variable.
    public var variable: String { "CARILLON_" + rawValue.uppercased() }
    /// What it opens, e.g. `telegram`.
    var service: String { String(rawValue.prefix { $0 != "_" }) }
    /// Which of a service's secrets it is, e.g. `apikey`.
    var lastWords: String { rawValue.dropFirst(service.count + 1).filter { $0 != "_" } }
    /// Spaces and line breaks belong to it.
    var isPEM: Bool { self == .binancePrivateKey }
}

/// A secret is there and cannot be used.
public struct SecretError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file or variable.
    public let source: String
    public let reason: String
    public var description: String { "\(source) \(reason)" }
}

public struct SecretSources: Sendable {
    static let longest = 4_096
    private let environment: @Sendable (String) -> String?

    public init(environment: @escaping @Sendable (String) -> String?) { self.environment = environment }

    /// The secret, or nil if no source has it. One that is there and cannot be used is an error: another
    /// source is not tried in its place.
    public func secret(_ name: SecretName) throws(SecretError) -> Secret? {
        if let folder = environment("CREDENTIALS_DIRECTORY"), folder.hasPrefix("/") {
            let path = "\(folder.trimmingSlashes)/\(name.credential)"
            if FileReader.mayExist(path) { return try credential(path, name) }
        }
        guard let text = environment(name.variable), !text.isEmpty else { return nil }
        return try checked(Array(text.utf8), name.variable, name)
    }

    private func credential(_ path: String, _ name: SecretName) throws(SecretError) -> Secret {
        let content: FileContent
        do {
            content = try FileReader.read(path, limit: Self.longest)
        } catch {
            throw SecretError(source: path, reason: error.reason)
        }
        guard content.mode & 0o027 == 0 else { throw SecretError(source: path, reason: "may be changed or read by others; chmod 0400 it") }
        var bytes = TextOpening.body(content.bytes)
        if bytes.last == 10 { bytes.removeLast() }
        if bytes.last == 13 { bytes.removeLast() }
        return try checked(Array(bytes), path, name)
    }

    /// Keys and tokens are printable ASCII without spaces; anything else would also break out of a header.
    private func checked(_ bytes: [UInt8], _ source: String, _ name: SecretName) throws(SecretError) -> Secret {
        if bytes.isEmpty { throw SecretError(source: source, reason: "is empty") }
        if bytes.count > Self.longest { throw SecretError(source: source, reason: "is longer than \(Self.longest) bytes") }
        let isOneWord = { (byte: UInt8) in (33...126).contains(byte) || name.isPEM && [10, 13, 32].contains(byte) }
        guard bytes.allSatisfy(isOneWord) else { throw SecretError(source: source, reason: "has a space, line break or other character no key has") }
        return Secret(String(decoding: bytes, as: UTF8.self))
    }
}
