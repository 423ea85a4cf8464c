// How long work took.
import Glibc

/// Seconds since it was made.
package struct Stopwatch: Sendable {
    private let wallStart = Stopwatch.seconds(CLOCK_MONOTONIC), processorStart = Stopwatch.seconds(CLOCK_PROCESS_CPUTIME_ID)
    package var wall: Double { Self.seconds(CLOCK_MONOTONIC) - wallStart }
    package init() {}

    /// Processor seconds of all threads.
    package var processor: Double { Self.seconds(CLOCK_PROCESS_CPUTIME_ID) - processorStart }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
