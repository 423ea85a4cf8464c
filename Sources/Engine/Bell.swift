// Rings the hour: decides by the schedule whether a cycle is due, journals what was missed, catches up with the exits, and runs it.
import Events
import Kernel
import Ports
import Settings
public import Trading

public struct Bell: Sendable {
    private let parts: Parts
    private let caughtUp: @Sendable (MinuteMonitor.Outcome) -> Void

    /// - Parameter caughtUp: receives what came of what was open before the cycle begins, also if the cycle then fails.
    public init(_ parts: Parts, caughtUp: @escaping @Sendable (MinuteMonitor.Outcome) -> Void = { _ in }) {
        self.parts = parts
        self.caughtUp = caughtUp
    }

    public struct Rung: Sendable {
        public let outcome: HourlyCycle.Outcome
        public let cycle: CycleId
    }

    public func ring() async throws(EngineError) -> Rung {
        try ClockWatch(parts).note()
        // A cycle for an hour that nobody confirms would leave none for that hour when it comes.
        if let time = parts.time, !time.isKnown { throw .clock(time.doubt ?? "the time is not known") }
        let now = parts.clock.now, book = try read()
        if let open = book.openCycle, open.id.hour == now.floored(to: parts.settings.cycle.interval) {
            return Rung(outcome: try await HourlyCycle(parts).run(open.id), cycle: open.id)
        }
        // An hour that was begun and broke off is no missed hour: the next cycle closes it.
        let last = [book.lastCycle, book.openCycle?.id].compactMap(\.self).max()
        switch Schedule.due(at: now, last: last, parts.settings.cycle) {
        case .alreadyDone(let id): return Rung(outcome: .alreadyDone, cycle: id)
        case .late(let missed):
            try tell(missed, at: now)
            return Rung(outcome: .skipped("missed: \(missed.why)"), cycle: missed.last)
        case .run(let id, let missed):
            // Whatever a stop should have sold while nobody looked is sold before anything is bought.
            caughtUp(try await MinuteMonitor(parts).catchUp())
            return Rung(outcome: try await HourlyCycle(parts).run(id, after: missed), cycle: id)
        }
    }

    /// A missed hour that no summary follows gets a message of its own.
    private func tell(_ missed: CycleMissed, at now: Timestamp) throws(EngineError) {
        let message = Message.notice(.hoursMissed(first: missed.first, last: missed.last, why: missed.why))
        do {
            try parts.journal.commit(at: now) { book in
                guard book.lastCycle.map({ $0 < missed.last }) ?? true else { return [] }
                return [.cycleMissed(missed), .messageQueued(MessageQueued(number: book.nextMessage, message))]
            }
        } catch { throw .journal(error) }
    }

    private func read() throws(EngineError) -> Book {
        do { return try parts.journal.book() } catch { throw .journal(error) }
    }
}
