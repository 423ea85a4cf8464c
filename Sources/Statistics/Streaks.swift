// How long luck lasted: the longest runs of wins and of losses.

/// A zero ends both runs.
public struct Streaks: Hashable, Sendable {
    public let winning: Int
    public let losing: Int

    /// - Parameter signs: above 0 a win, below 0 a loss, in the order they happened.
    public init(_ signs: some Sequence<Int>) {
        var won = 0, lost = 0, longestWon = 0, longestLost = 0
        for sign in signs {
            won = sign > 0 ? won + 1 : 0
            lost = sign < 0 ? lost + 1 : 0
            longestWon = max(longestWon, won)
            longestLost = max(longestLost, lost)
        }
        (winning, losing) = (longestWon, longestLost)
    }
}
