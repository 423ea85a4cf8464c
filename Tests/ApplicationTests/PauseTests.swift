// How long `run` waits between two steps.
import Kernel
import Ports
import Synchronization
import TestSupport
import Testing

@testable import Application

@Suite("The pause between two steps")
struct PauseTests {
    private let clock = FakeClock(Timestamp(iso8601: "2026-01-05T14:00:20Z")!)

    @Test("it ends with the full minute")
    func minute() async {
        await Pause(clock: clock) { false }.untilNext(.minutes(1))
        #expect(clock.now == Timestamp(iso8601: "2026-01-05T14:01:00Z")! && clock.monotonic == .seconds(40))
    }

    @Test("a clock that is set back does not make it longer than its interval", arguments: ["2026-01-05T12:00:00Z", "2025-01-05T14:00:00Z"])
    func setBack(_ earlier: String) async {
        let clock = clock, isSet = Mutex(false)
        await Pause(clock: clock) {
            if clock.monotonic >= .seconds(5),
                isSet.withLock({ set in
                    defer { set = true }; return !set
                })
            {
                clock.step(to: Timestamp(iso8601: earlier)!)
            }
            return false
        }.untilNext(.minutes(1))
        #expect(clock.monotonic <= .minutes(1))
    }

    @Test("a clock that is set forward ends it within a second")
    func setForward() async {
        let clock = clock
        await Pause(clock: clock) {
            if clock.monotonic == .seconds(5) { clock.step(to: Timestamp(iso8601: "2027-01-05T14:00:00Z")!) }
            return false
        }.untilNext(.minutes(1))
        #expect(clock.monotonic <= .seconds(6))
    }

    @Test("it ends when it is told to")
    func told() async {
        let clock = clock
        await Pause(clock: clock) { clock.monotonic >= .seconds(3) }.untilNext(.minutes(60))
        #expect(clock.monotonic == .seconds(3))
    }
}
