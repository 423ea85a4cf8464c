// When to ask again: exponential backoff with full jitter, a server's Retry-After, and a deadline that
// ends it all. A value and one pure function; the caller sleeps on its own clock.
public import Kernel

public struct RetryPolicy: Hashable, Sendable {
    /// The first try counts.
    public var maximumTries: Int
    /// The first ceiling of the random wait; doubles with each try.
    public var base: TimeSpan
    /// No random wait is longer.
    public var cap: TimeSpan

    public init(maximumTries: Int = 5, base: TimeSpan = TimeSpan(milliseconds: 500), cap: TimeSpan = .seconds(10)) {
        self.maximumTries = maximumTries
        self.base = base
        self.cap = cap
    }

    /// How long to wait after try number `attempt` (1 for the first) failed; nil if it was the last one
    /// or if the wait would not end before the deadline.
    /// - Parameters:
    ///   - retryAfter: what the server asked for: the least wait, which jitter may exceed but is not added to.
    ///   - remaining: what is left until the overall deadline.
    ///   - generator: a seeded one, so that a run can be repeated.
    /// Full jitter: uniform in 0...min(cap, base·2^(attempt-1)) (M. Brooker, "Exponential backoff and jitter").
    public func delay(
        attempt: Int, retryAfter: TimeSpan?, remaining: TimeSpan,
        using generator: inout some RandomNumberGenerator
    ) -> TimeSpan? {
        guard attempt >= 1, attempt < maximumTries else { return nil }
        let doublings = min(attempt - 1, 30)
        let (product, overflow) = base.milliseconds.multipliedReportingOverflow(by: 1 << doublings)
        let ceiling = overflow ? cap.milliseconds : min(cap.milliseconds, product)
        let jitter = ceiling > 0 ? Int64.random(in: 0...ceiling, using: &generator) : 0
        let wait = TimeSpan(milliseconds: max(jitter, retryAfter?.milliseconds ?? 0))
        return wait < remaining ? wait : nil
    }
}
