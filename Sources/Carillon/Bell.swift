// Rings the hour: decides by the schedule whether a cycle is due, journals what was missed, runs it,
// and hands the messages out.
import Domain
import Engine
import Store

struct Bell {
    let session: Session
    let parts: Parts

    init(_ session: Session) throws {
        self.session = session
        parts = try session.assembly().parts()
    }

    struct Rung {
        var outcome: HourlyCycle.Outcome
        var cycle: CycleId?
    }

    func ring() async throws -> Rung {
        // Before the schedule: a wrong hour that is journaled is never rung again.
        try await ClockCheck(parts).refuseWhereWrong()
        let now = parts.clock.now
        let book = try parts.journal.book()
        if let open = book.openCycle, open.id.hour == now.floored(to: session.settings.cycle.interval) {
            return Rung(outcome: try await HourlyCycle(parts).run(open.id), cycle: open.id)
        }
        switch Schedule.due(at: now, last: book.lastCycle, session.settings.cycle) {
        case .alreadyDone(let id): return Rung(outcome: .alreadyDone, cycle: id)
        case .late(let missed):
            try note(missed, at: now)
            return Rung(outcome: .skipped("missed: \(missed.why)"), cycle: missed.last)
        case .run(let id, let missed, let isCatchUp):
            if let missed { try note(missed, at: now) }
            return Rung(outcome: try await HourlyCycle(parts).run(id, isCatchUp: isCatchUp), cycle: id)
        }
    }

    private func note(_ missed: CycleMissed, at now: Timestamp) throws {
        try parts.journal.commit(at: now) { book in
            guard book.lastCycle.map({ $0 < missed.last }) ?? true else { return [] }
            return [.cycleMissed(missed)]
        }
    }
}
