// Whose an order is. Two accounts belong to the venue itself, so that every unit of money is always somebody's.

public struct AccountId: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let number: Int
    public init(_ number: Int) { self.number = number }

    /// The rest of the world: it quotes and has no limit of balance, so its balances may be below zero.
    public static let market = AccountId(0)
    /// Where fees go.
    public static let fees = AccountId(-1)

    public var description: String { "account \(number)" }
    public static func < (a: AccountId, b: AccountId) -> Bool { a.number < b.number }
}
