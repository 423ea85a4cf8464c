// The name of one account: the journal keeps the money, the orders and the positions of each apart.

/// `paper`, `live`; a journal's own account is named after its mode.
public struct AccountId: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    public let text: String
    public static let paper = AccountId("paper")

    public init(_ text: String) { self.text = text }
    public init(from decoder: any Decoder) throws { text = try String(from: decoder) }
    public func encode(to encoder: any Encoder) throws { try text.encode(to: encoder) }

    public var description: String { text }
    public static func < (a: AccountId, b: AccountId) -> Bool { a.text < b.text }
}
