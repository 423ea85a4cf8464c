// When to ask again: exponential backoff with full jitter, a server's Retry-After, and a deadline that
// ends it all. A value and one pure function; the caller sleeps on its own clock.
import Domain

public struct RetryPolicy: Hashable, Sendable {
    /// The first try counts.
    public var maximumTries: Int
    /// The first ceiling of the random wait; doubles with each try.
    public var base: Duration
    /// No random wait is longer.
    public var cap: Duration

    public init(maximumTries: Int = 5, base: Duration = Duration(milliseconds: 500), cap: Duration = .seconds(10)) {
        self.maximumTries = maximumTries
        self.base = base
        self.cap = cap
    }

    /// How long to wait after try number `attempt` (1 for the first) failed; nil where it was the last one
    /// or where the wait would not end before the deadline.
    /// - Parameters:
    ///   - retryAfter: what the server asked for: a minimum, on top of which comes no jitter below it.
    ///   - remaining: what is left until the overall deadline.
    ///   - generator: a seeded one, so that a run can be repeated.
    /// Full jitter: uniform in 0...min(cap, base·2^(attempt-1)) (M. Brooker, "Exponential backoff and jitter").
    public func delay(attempt: Int, retryAfter: Duration?, remaining: Duration,
                      using generator: inout some RandomNumberGenerator) -> Duration? {
        guard attempt >= 1, attempt < maximumTries else { return nil }
        let doublings = min(attempt - 1, 30)
        let (product, overflow) = base.milliseconds.multipliedReportingOverflow(by: 1 << doublings)
        let ceiling = overflow ? cap.milliseconds : min(cap.milliseconds, product)
        let jitter = ceiling > 0 ? Int64.random(in: 0...ceiling, using: &generator) : 0
        let wait = Duration(milliseconds: max(jitter, retryAfter?.milliseconds ?? 0))
        return wait < remaining ? wait : nil
    }
}

/// A small seeded generator (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014)
/// for jitter; never for secrets.
public struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64
    public init(seed: UInt64) { state = seed }

    /// A seed from any name, e.g. a call id, by FNV-1a.
    public init(named name: String) {
        state = name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
