// Which bot writes to which chat, checked before anything is sent. The token is part of every URL, so
// addresses are checked too: it travels over https, or stays on this machine.
public import Kernel

/// Why a Telegram account cannot be used; carries no secret.
public enum TelegramAccountError: Error, Hashable, Sendable {
    /// The token does not have the form `123456:letters`.
    case malformedToken
    /// The chat id is zero or longer than Telegram's 52 bits.
    case malformedChat
    /// The address is neither https nor plain http to this machine.
    case unsafeAddress
}

/// A bot and the one chat it writes to.
public struct TelegramAccount: Sendable {
    public let bot: TelegramBot
    public let chat: Int64

    /// - Parameters:
    ///   - token: as BotFather gives it.
    ///   - chat: a person (positive) or a group (negative).
    ///   - address: where the Bot API answers, without the `/bot…` part.
    public init(token: Secret, chat: Int64, address: String = TelegramBot.publicAddress) throws(TelegramAccountError) {
        try self.init(TelegramBot(token: token, address: address), chat: chat)
    }

    public init(_ bot: TelegramBot, chat: Int64) throws(TelegramAccountError) {
        guard chat != 0, chat.magnitude < 1 << 52 else { throw .malformedChat }
        self.bot = bot
        self.chat = chat
    }
}

/// A bot that can be asked and, with a chat, writes.
public struct TelegramBot: Sendable {
    public static let publicAddress = "https://api.telegram.org"
    let token: Secret
    public let address: String

    public init(token: Secret, address: String = TelegramBot.publicAddress) throws(TelegramAccountError) {
        guard Self.isToken(token.reveal()) else { throw .malformedToken }
        guard Self.isSafe(address) else { throw .unsafeAddress }
        self.token = token
        self.address = address.hasSuffix("/") ? String(address.dropLast()) : address
    }

    /// Digits, a colon and 3 to 128 letters, digits, `_` or `-`: what is safe inside a URL's path.
    private static func isToken(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
        return parts.count == 2 && (1...20).contains(parts[0].utf8.count) && parts[0].utf8.allSatisfy(isDigit)
            && (3...128).contains(parts[1].utf8.count)
            && parts[1].utf8.allSatisfy { isDigit($0) || (65...90).contains($0 & 0xDF) || $0 == 45 || $0 == 95 }
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
    func url(_ method: String) -> String { address + "/bot" + token.reveal() + "/" + method }
}
