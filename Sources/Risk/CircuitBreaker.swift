// What stops new entries by itself: each breaker trips on a number, tells why, and ends after the
// stated cool-down or by a person's reset. Open positions stay protected whatever is tripped.
public import Kernel

public enum BreakerName: String, Codable, Sendable, CaseIterable {
    /// Losses in a row: ends after a cool-down.
    case streak
    /// Loss of the trading day: ends with the next trading day.
    case dailyLoss
    /// Fall from the high-water mark: ends by a person.
    case drawdown
    /// An error that must not happen: ends by a person.
    case critical
}

/// A breaker that is tripped now.
public struct TrippedBreaker: Hashable, Codable, Sendable {
    public let cause: BreakerCause
    public let since: Timestamp
    public let until: Timestamp?
    public init(cause: BreakerCause, since: Timestamp, until: Timestamp?) {
        self.cause = cause
        self.since = since
        self.until = until
    }
    public func isActive(at time: Timestamp) -> Bool { until.map { time < $0 } ?? true }
}
