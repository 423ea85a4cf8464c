// A clock that only moves when told to: sleepers wait in a list until a test advances past them.
import Domain
import Ports
import Synchronization

final class SteppedClock: Clock, Sendable {
    private struct State {
        var now: Timestamp
        var monotonic = Duration(milliseconds: 1_000_000)
        var sleepers: [(id: Int, until: Duration, continuation: CheckedContinuation<Void, any Error>)] = []
        var cancelled: Set<Int> = []
        var nextId = 0
        var slept: [Duration] = []
    }
    private let state: Mutex<State>

    /// Starts at 2026-01-05T12:00:00Z.
    init(now: Timestamp = Timestamp(milliseconds: 1_767_614_400_000)) {
        state = Mutex(State(now: now))
    }

    var now: Timestamp { state.withLock { $0.now } }
    var monotonic: Duration { state.withLock { $0.monotonic } }
    /// Every sleep that was asked for, in order.
    var slept: [Duration] { state.withLock { $0.slept } }
    var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    func sleep(for duration: Duration) async throws {
        let id = state.withLock { $0.nextId += 1; return $0.nextId }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isCancelled = state.withLock { state in
                    if state.cancelled.contains(id) { return true }
                    state.slept.append(duration)
                    state.sleepers.append((id, Duration(milliseconds: state.monotonic.milliseconds + duration.milliseconds), continuation))
                    return false
                }
                if isCancelled { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            let sleeper = state.withLock { state -> CheckedContinuation<Void, any Error>? in
                state.cancelled.insert(id)
                guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else { return nil }
                return state.sleepers.remove(at: index).continuation
            }
            sleeper?.resume(throwing: CancellationError())
        }
    }

    func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.now = state.now + duration
            state.monotonic = Duration(milliseconds: state.monotonic.milliseconds + duration.milliseconds)
            let now = state.monotonic
            let due = state.sleepers.filter { $0.until <= now }
            state.sleepers.removeAll { $0.until <= now }
            return due
        }
        for sleeper in due { sleeper.continuation.resume() }
    }

    /// Waits until `count` tasks sleep, then moves to the moment the earliest of them wakes.
    func wakeNext(of count: Int) async {
        while sleeperCount < count { await Task.yield() }
        let wait = state.withLock { state in
            (state.sleepers.map(\.until).min() ?? state.monotonic).milliseconds - state.monotonic.milliseconds
        }
        advance(by: Duration(milliseconds: max(0, wait)))
    }
}
