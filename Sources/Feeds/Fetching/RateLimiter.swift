// How often a host may be asked: a value that answers with the wait, and the gate that keeps it for
// one host. Promise I11: a service's limits are never exceeded, and a pause it asks for is kept in silence.
public import Kernel
public import Ports

/// A generic cell rate limiter: at most `count` in any burst, `count` a `period` in the long run.
public struct RateLimiter: Hashable, Sendable {
    private let interval: Int64
    private let burst: Int64
    private var arrival: Int64?

    /// `count` (at least 1) requests in each `period`.
    public init(_ count: Int, per period: TimeSpan) {
        let count = Int64(max(1, count))
        interval = (period.milliseconds + count - 1) / count
        burst = interval * count
    }

    /// Books `cost` requests and says how long to wait before sending them.
    public mutating func take(_ cost: Int = 1, at now: TimeSpan) -> TimeSpan {
        let next = max(arrival ?? now.milliseconds, now.milliseconds) + interval * Int64(max(1, cost))
        arrival = next
        return TimeSpan(milliseconds: max(0, next - now.milliseconds - burst))
    }
}

/// One host's limiter and pause, shared by everything that asks this host.
public actor HostGate {
    private let clock: any Clock
    private var limiter: RateLimiter
    private var silence: (until: TimeSpan, kind: FeedError.Kind)?

    public init(_ limiter: RateLimiter, clock: any Clock) {
        self.limiter = limiter
        self.clock = clock
    }

    /// Waits for a free slot; throws without waiting if the host has asked for silence.
    public func enter(source: String) async throws(FeedError) {
        if let silence {
            let rest = silence.until.milliseconds - clock.monotonic.milliseconds
            if rest > 0 {
                throw FeedError(silence.kind, source: source, "asked not to ask yet", retryAfter: TimeSpan(milliseconds: rest))
            }
            self.silence = nil
        }
        let wait = limiter.take(at: clock.monotonic)
        guard wait.milliseconds > 0 else { return }
        do { try await clock.sleep(for: wait) } catch { throw FeedError(.timeout, source: source, "cancelled while waiting for a slot") }
    }

    /// Sends nothing more for `duration`.
    public func pause(for duration: TimeSpan, _ kind: FeedError.Kind) {
        let until = TimeSpan(milliseconds: clock.monotonic.milliseconds + duration.milliseconds)
        if let silence, silence.until > until { return }
        silence = (until, kind)
    }
}
