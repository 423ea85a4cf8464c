// Which cycle is due now. Late is late: an hour that could not start inside its window is written
// down as missed, and at most the current hour is ever made up for.
public import Events
public import Kernel
public import Settings
public import Trading

public enum Schedule {
    public enum Due: Hashable, Sendable {
        /// Run this hour's cycle, and journal what was missed before it.
        case run(CycleId, missed: CycleMissed?)
        /// The window of this hour is over.
        case late(CycleMissed)
        /// This hour is closed already, also if the clock stepped back.
        case alreadyDone(CycleId)
    }

    /// - Parameter last: the newest cycle that was closed or missed; nil for a new journal, whose first cycle may start at any time.
    public static func due(at now: Timestamp, last: CycleId?, _ settings: CycleSettings) -> Due {
        let hour = now.floored(to: settings.interval)
        guard let last else { return .run(CycleId(hour: hour), missed: nil) }
        guard hour > last.hour else { return .alreadyDone(last) }
        let interval = settings.interval.milliseconds
        let passed = Int((hour - last.hour).milliseconds / interval) - 1
        if now - hour <= settings.startWindow {
            let missed = passed > 0 ? missed(from: last.hour + settings.interval, count: passed, settings, "not running then") : nil
            return .run(CycleId(hour: hour), missed: missed)
        }
        return .late(
            missed(
                from: last.hour + settings.interval, count: passed + 1, settings,
                "started \((now - hour).milliseconds / 60_000) min after the hour, limit \(settings.startWindow.milliseconds / 60_000) min"))
    }

    private static func missed(from first: Timestamp, count: Int, _ settings: CycleSettings, _ why: String) -> CycleMissed {
        CycleMissed(first: CycleId(hour: first), last: CycleId(hour: first + settings.interval * (count - 1)), count: count, why: why)
    }
}
