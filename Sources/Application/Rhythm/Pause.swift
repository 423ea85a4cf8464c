// The time between two steps of `run`.
package import Kernel
package import Ports

package struct Pause {
    package let clock: any Clock
    /// Ends the pause within a second.
    package let isOver: @Sendable () -> Bool

    /// Returns when the clock comes to a multiple of `interval`, and after no more than `interval` however the clock is set
    /// meanwhile: open positions cannot wait while an hour comes a second time.
    package func untilNext(_ interval: TimeSpan) async {
        let moment = clock.now.floored(to: interval) + interval
        var rest = interval.milliseconds
        while !isOver(), rest > 0 {
            let left = (moment - clock.now).milliseconds
            guard left > 0 else { return }
            let nap = min(left, rest, 1_000)
            try? await clock.sleep(for: TimeSpan(milliseconds: nap))
            rest -= nap
        }
    }
}
