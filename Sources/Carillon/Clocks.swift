// The system's time, and a time that moves only when it is told to.
import Domain
import Glibc
import Ports
import Synchronization

struct SystemClock: Clock {
    var now: Timestamp { Timestamp(milliseconds: Self.read(CLOCK_REALTIME)) }
    var monotonic: Domain.Duration { Domain.Duration(milliseconds: Self.read(CLOCK_MONOTONIC)) }
    func sleep(for duration: Domain.Duration) async throws { try await Task.sleep(for: .milliseconds(duration.milliseconds)) }

    /// Since the machine was started, sleep included.
    static var sinceBoot: Domain.Duration { Domain.Duration(milliseconds: read(CLOCK_BOOTTIME)) }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }
}

/// Virtual time: stands still until it is set; a sleep moves it.
final class VirtualClock: Clock {
    private let time: Mutex<Timestamp>
    init(_ start: Timestamp) { time = Mutex(start) }
    var now: Timestamp { time.withLock { $0 } }
    var monotonic: Domain.Duration { Domain.Duration(milliseconds: now.milliseconds) }
    func set(_ moment: Timestamp) { time.withLock { $0 = moment } }
    func sleep(for duration: Domain.Duration) async throws { time.withLock { $0 = $0 + duration } }
}
