// Which bot writes to which chat, checked before anything is sent. The token is part of every URL, so
// it lives in a type that no description, dump or error can print.
import Domain

/// A bot token: `digits:letters`. Every text form of it is `***`.
public struct TelegramToken: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    let value: String

    /// nil unless digits, a colon and 3 to 128 letters, digits, `_` or `-`: what is safe inside a URL's path.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...20).contains(parts[0].utf8.count), parts[0].utf8.allSatisfy({ (48...57).contains($0) }),
              (3...128).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy(Self.isPlain) else { return nil }
        value = text
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45 || byte == 95
    }

    public var description: String { "***" }
    public var debugDescription: String { "***" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Why a Telegram account cannot be used; carries no secret.
public enum TelegramAccountError: Error, Hashable, Sendable {
    /// The token has not the form `123456:letters`.
    case malformedToken
    /// The chat id is zero or longer than Telegram's 52 bits.
    case malformedChat
    /// The address is neither https nor plain http to this machine.
    case unsafeAddress
}

public struct TelegramAccount: Sendable {
    public static let publicAddress = "https://api.telegram.org"
    let token: TelegramToken
    public let chat: Int64
    public let address: String

    /// - Parameters:
    ///   - chat: a person (positive) or a group (negative).
    ///   - address: where the Bot API answers, without the `/bot…` part.
    public init(token: String, chat: Int64, address: String = TelegramAccount.publicAddress) throws(TelegramAccountError) {
        guard let token = TelegramToken(token) else { throw .malformedToken }
        guard chat != 0, chat.magnitude < 1 << 52 else { throw .malformedChat }
        guard Self.isSafe(address) else { throw .unsafeAddress }
        self.token = token
        self.chat = chat
        self.address = address.hasSuffix("/") ? String(address.dropLast()) : address
    }

    /// https anywhere, http on this machine only, because the token travels in the address.
    private static func isSafe(_ address: String) -> Bool {
        guard address.utf8.allSatisfy({ (33...126).contains($0) }), !address.contains(where: { "@?#\\".contains($0) }) else { return false }
        let secure = address.hasPrefix("https://")
        guard secure || address.hasPrefix("http://") else { return false }
        let host = address.dropFirst(secure ? 8 : 7).prefix { $0 != "/" && $0 != ":" }
        return secure ? !host.isEmpty : host == "127.0.0.1" || host == "localhost"
    }

    /// The URL of a method. It carries the token: for the transport only.
    func url(_ method: String) -> String { address + "/bot" + token.value + "/" + method }
}
