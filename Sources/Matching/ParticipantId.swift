// Whose an order is. Two accounts belong to the venue itself, so that every unit of money is always somebody's.

public struct ParticipantId: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let number: Int
    public init(_ number: Int) { self.number = number }

    /// The rest of the world: it quotes and has no limit of balance, so its balances may be below zero.
    public static let market = ParticipantId(0)
    /// Where fees go.
    public static let fees = ParticipantId(-1)

    public var description: String { "account \(number)" }
    public static func < (a: ParticipantId, b: ParticipantId) -> Bool { a.number < b.number }
}
