// The one clock of the tests: it moves as it is told to, so no test waits for the wall. What a sleep does, and whether
// looking at it takes time, is said when it is made.
public import Kernel
public import Ports
import Synchronization

public final class FakeClock: Clock {
    /// What becomes of who sleeps.
    public enum Sleep: Sendable {
        /// The time moves on by the sleep's length, and the sleep is over at once.
        case passes
        /// A sleep of at least this length lasts until the time is moved to its end: by `advance`, `wakeNext` or `expire`. A
        /// shorter one is over at once and takes no time, as a wait between tries beside a deadline.
        case waits(from: TimeSpan = TimeSpan(milliseconds: 0))
    }

    private struct State {
        var now: Timestamp
        var monotonic = TimeSpan(milliseconds: 0)
        var sleeps: [TimeSpan] = []
        var sleepers: [Int: (until: TimeSpan, continuation: CheckedContinuation<Void, any Error>)] = [:]
        var cancelled: Set<Int> = []
        var isExpired = false

        mutating func move(by duration: TimeSpan) {
            now = now + duration
            monotonic = TimeSpan(milliseconds: monotonic.milliseconds + duration.milliseconds)
        }
    }
    private let state: Mutex<State>
    private let sleeping: Sleep
    private let reading: TimeSpan

    /// - Parameters:
    ///   - now: 2026-01-05T14:00:00Z, if a test does not care.
    ///   - reading: how long each look at the clock takes, as real work between two looks does.
    public init(_ now: Timestamp = Timestamp(milliseconds: 1_767_621_600_000), sleep: Sleep = .passes, reading: TimeSpan = TimeSpan(milliseconds: 0))
    {
        state = Mutex(State(now: now))
        sleeping = sleep
        self.reading = reading
    }

    public var now: Timestamp { looked { $0.now } }
    public var monotonic: TimeSpan { looked { $0.monotonic } }
    /// Every sleep that was asked for, in order.
    public var sleeps: [TimeSpan] { state.withLock { $0.sleeps } }
    /// How many sleep until they are woken.
    public var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    private func looked<Value: Sendable>(_ read: (State) -> Value) -> Value {
        state.withLock { state in
            state.move(by: reading)
            return read(state)
        }
    }

    /// The time moves on, and whoever slept until then wakes.
    public func advance(by duration: TimeSpan) {
        wake { state in
            state.move(by: duration)
            return state.monotonic
        }
    }

    /// The wall clock is set; what the machine counts goes on.
    public func step(to now: Timestamp) { state.withLock { $0.now = now } }

    /// The wall clock alone steps, forward or back.
    public func step(by duration: TimeSpan) { state.withLock { $0.now = $0.now + duration } }

    /// Every sleep is over, now and from now on, and no time passes.
    public func expire() {
        wake { state in
            state.isExpired = true
            return state.sleepers.values.map(\.until).max() ?? state.monotonic
        }
    }

    /// Waits until `count` tasks sleep, then moves to the moment the earliest of them wakes.
    public func wakeNext(of count: Int) async {
        while sleeperCount < count { await Task.yield() }
        wake { state in
            let first = state.sleepers.values.map(\.until).min() ?? state.monotonic
            state.move(by: TimeSpan(milliseconds: max(0, first.milliseconds - state.monotonic.milliseconds)))
            return state.monotonic
        }
    }

    /// Wakes those who sleep until the moment that `change` leaves, or less long.
    private func wake(_ change: (inout State) -> TimeSpan) {
        let due = state.withLock { state in
            let moment = change(&state), due = state.sleepers.filter { $0.value.until <= moment }
            for id in due.keys { state.sleepers[id] = nil }
            return due.values.map(\.continuation)
        }
        for sleeper in due { sleeper.resume() }
    }

    public func sleep(for duration: TimeSpan) async throws {
        try Task.checkCancellation()
        let id = state.withLock { state in
            state.sleeps.append(duration)
            return state.sleeps.count
        }
        switch sleeping {
        case .passes: advance(by: duration)
        case .waits(let shortest): if duration >= shortest { try await wait(for: duration, id) }
        }
    }

    private func wait(for duration: TimeSpan, _ id: Int) async throws {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let ended = state.withLock { state -> Result<Void, any Error>? in
                    if state.cancelled.contains(id) { return .failure(CancellationError()) }
                    if state.isExpired { return .success(()) }
                    state.sleepers[id] = (TimeSpan(milliseconds: state.monotonic.milliseconds + duration.milliseconds), continuation)
                    return nil
                }
                if let ended { continuation.resume(with: ended) }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                state.cancelled.insert(id)
                return state.sleepers.removeValue(forKey: id)
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }
}
