// What tells the orders of one account from those of another that was opened under the same name: a second bot, a new home, a
// testnet that was reset. It stands in every order's id.
public import Kernel

/// Five characters of 0-9 and a-v.
public struct Epoch: Hashable, Codable, Sendable, CustomStringConvertible {
    public let text: String
    public var description: String { text }
    /// Of an account that nobody has opened yet: whoever trades or acts opens it first (`Opening.openAccount`).
    public static let none = Epoch(text: "00000")

    private init(text: String) { self.text = text }

    /// From what the account is and the moment it was opened at (FNV-1a, 25 bits).
    public init(of words: String, at time: Timestamp) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in "\(words)\n\(time.milliseconds)".utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        hash ^= hash >> 32
        let letters = Array("0123456789abcdefghijklmnopqrstuv")
        text = String((0..<5).map { letters[Int(hash >> (5 * UInt64($0)) & 31)] })
    }

    public init(from decoder: any Decoder) throws { text = try String(from: decoder) }
    public func encode(to encoder: any Encoder) throws { try text.encode(to: encoder) }
}
