// The system's time.
import Glibc
package import Kernel
import Ports

package struct SystemClock: Clock {
    package init() {}

    package var now: Timestamp { Timestamp(milliseconds: Self.read(CLOCK_REALTIME)) }
    package var monotonic: TimeSpan { TimeSpan(milliseconds: Self.read(CLOCK_MONOTONIC)) }
    package func sleep(for duration: TimeSpan) async throws { try await Task.sleep(for: .milliseconds(duration.milliseconds)) }

    /// Since the machine was started, sleep included.
    package static var sinceBoot: TimeSpan { TimeSpan(milliseconds: read(CLOCK_BOOTTIME)) }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }
}
