// Drives the engine through virtual time: a demo and a rehearsal are made of the steps that timers start.
public import Kernel
public import Ports
import Settings

public struct Driver: Sendable {
    private let parts: Parts
    private let clock: VirtualClock
    /// From one look of the monitor to the next.
    private let step: TimeSpan
    /// Moments in which nobody is at work, as while a machine is down.
    private let absences: [Range<Timestamp>]

    /// - Parameter parts: with `clock` in them.
    public init(_ parts: Parts, _ clock: VirtualClock, step: TimeSpan, absences: [Range<Timestamp>] = []) {
        self.parts = parts
        self.clock = clock
        self.step = step
        self.absences = absences
    }

    /// Looks after what is open at each moment from `start` on and before `end`, then does what else is due at it.
    /// - Parameter skipsFirstLook: whether the first moment's look was made before a crash.
    public func drive(
        from start: Timestamp, to end: Timestamp, skipsFirstLook: Bool = false, _ then: (Timestamp) async throws(EngineError) -> Void
    ) async throws(EngineError) {
        var time = start, skips = skipsFirstLook
        while time < end {
            if !isAbsent(time) {
                clock.set(time)
                if !skips { _ = try await MinuteMonitor(parts).step() }
                try await then(time)
            }
            skips = false
            time = time + step
        }
    }

    /// Whether the hour's bell rings: with the full hour, and as soon as somebody is back at work, as a timer does that was
    /// missed while its machine was down.
    public func rings(at time: Timestamp) -> Bool {
        time.floored(to: parts.settings.cycle.interval) == time || (!isAbsent(time) && isAbsent(time - step))
    }

    private func isAbsent(_ time: Timestamp) -> Bool { absences.contains { $0.contains(time) } }
}
