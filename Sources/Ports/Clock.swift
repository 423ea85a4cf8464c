// Time and waiting, as everything outside the core sees them. Virtual in tests and demos.
public import Kernel

public protocol Clock: Sendable {
    /// Wall-clock time in UTC; may step back.
    var now: Timestamp { get }
    /// A reading that never steps back, for waits and latencies only.
    var monotonic: TimeSpan { get }
    /// Returns after at least `duration`; throws if the task was cancelled.
    func sleep(for duration: TimeSpan) async throws
}
