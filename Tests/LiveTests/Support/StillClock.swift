// A clock that stands still: waits between tries are over at once, and a deadline comes only when the test
// says so. Nothing here sleeps on the wall clock.
import Domain
import Ports
import Synchronization

final class StillClock: Clock, Sendable {
    private struct State {
        var now: Timestamp
        var monotonic: Int64 = 1_000_000
        var sleepers: [Int: CheckedContinuation<Void, any Error>] = [:]
        var cancelled: Set<Int> = []
        var next = 0
        var deadlines: [Duration] = []
        var isExpired = false
    }
    private let state: Mutex<State>
    /// Longer sleeps are deadlines.
    static let longestWait = Duration.seconds(1)

    init(_ now: Timestamp) { state = Mutex(State(now: now)) }

    var now: Timestamp { state.withLock { $0.now } }
    var monotonic: Duration { Duration(milliseconds: state.withLock { $0.monotonic }) }
    /// Every deadline that was set, in order.
    var deadlines: [Duration] { state.withLock { $0.deadlines } }

    func advance(by duration: Duration) {
        state.withLock { state in
            state.now = state.now + duration
            state.monotonic += duration.milliseconds
        }
    }

    /// The wall clock alone steps.
    func step(by duration: Duration) { state.withLock { $0.now = $0.now + duration } }

    /// Every deadline passes, now and from now on.
    func expire() {
        let due = state.withLock { state in
            state.isExpired = true
            let due = Array(state.sleepers.values)
            state.sleepers = [:]
            return due
        }
        for sleeper in due { sleeper.resume() }
    }

    func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        guard duration > Self.longestWait else { return }
        let id = state.withLock { state in
            state.deadlines.append(duration)
            state.next += 1
            return state.next
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let ended = state.withLock { state -> Bool in
                    if state.cancelled.contains(id) || state.isExpired { return true }
                    state.sleepers[id] = continuation
                    return false
                }
                if ended { continuation.resume() }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                state.cancelled.insert(id)
                return state.sleepers.removeValue(forKey: id)
            }
            sleeper?.resume(throwing: CancellationError())
        }
    }
}
