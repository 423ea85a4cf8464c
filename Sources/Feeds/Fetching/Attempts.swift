// One question asked until it is answered, may not be asked again, or time or tries are used up. The one
// loop behind every retry of a feed; waits come from the ports' policy and a seed.
import Kernel
public import Ports

struct Attempts: Sendable {
    let clock: any Clock
    let policy: RetryPolicy
    let seed: UInt64

    struct Outcome<Value: Sendable>: Sendable {
        let result: Result<Value, FeedError>
        let tries: Int
        /// Why no further try was made, if that was not the error itself.
        let note: String
    }

    /// - Parameters:
    ///   - name: gives each question its own stream of jitter.
    ///   - end: on the monotonic clock; no wait begins that would pass it.
    func run<Value: Sendable>(
        _ name: String, before end: TimeSpan,
        _ ask: @Sendable () async throws(FeedError) -> Value
    ) async -> Outcome<Value> {
        var generator = SplitMix64(seed: seed ^ StableHash.value(name))
        var number = 0
        while true {
            number += 1
            do {
                let value = try await ask()
                if clock.monotonic <= end { return Outcome(result: .success(value), tries: number, note: "") }
                return Outcome(result: .failure(FeedError(.timeout, source: name, "answered after the deadline")), tries: number, note: "")
            } catch {
                func failed(_ note: String) -> Outcome<Value> { Outcome(result: .failure(error), tries: number, note: note) }
                if Task.isCancelled { return failed("deadline passed") }
                guard error.mayRetry, number < policy.maximumTries else { return failed("") }
                let rest = TimeSpan(milliseconds: end.milliseconds - clock.monotonic.milliseconds)
                guard let wait = policy.delay(attempt: number, retryAfter: error.retryAfter, remaining: rest, using: &generator) else {
                    return failed("the next try would be too late")
                }
                guard (try? await clock.sleep(for: wait)) != nil else { return failed("deadline passed") }
            }
        }
    }
}

extension FeedError {
    /// Whether asking again inside the deadline may help.
    public var mayRetry: Bool {
        switch kind {
        case .unreachable, .timeout, .rateLimited, .unavailable, .malformed: true
        case .banned, .refused, .tooLarge, .stale, .notFound: false
        }
    }
}
