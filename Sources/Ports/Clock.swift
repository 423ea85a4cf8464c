// Time and waiting, as everything outside Domain sees them. Virtual in tests and demos.
import Domain

public protocol Clock: Sendable {
    /// Wall-clock time in UTC; may step back.
    var now: Timestamp { get }
    /// A reading that never steps back, for waits and latencies only.
    var monotonic: Duration { get }
    /// Returns after at least `duration`; throws where the task was cancelled.
    func sleep(for duration: Duration) async throws
}
