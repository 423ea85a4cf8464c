// A clock that stands still until somebody sleeps: each sleep moves it on by exactly that long and
// returns at once, so no test waits for the wall.
import Domain
import Ports
import Synchronization

public final class FakeClock: Clock {
    private let state: Mutex<(now: Timestamp, monotonic: Duration, sleeps: [Duration])>

    public init(_ now: Timestamp = Timestamp(milliseconds: 1_767_621_600_000)) {
        state = Mutex((now, Duration(milliseconds: 0), []))
    }

    public var now: Timestamp { state.withLock { $0.now } }
    public var monotonic: Duration { state.withLock { $0.monotonic } }
    /// Every sleep asked for, in order.
    public var sleeps: [Duration] { state.withLock { $0.sleeps } }

    public func advance(by duration: Duration) {
        state.withLock { state in
            state.now = state.now + duration
            state.monotonic = Duration(milliseconds: state.monotonic.milliseconds + duration.milliseconds)
        }
    }

    /// The wall clock is set; what the machine counts goes on.
    public func step(to now: Timestamp) { state.withLock { $0.now = now } }

    public func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        state.withLock { $0.sleeps.append(duration) }
        advance(by: duration)
    }
}
