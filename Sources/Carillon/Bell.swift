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
        try ClockWatch(parts).note()
        // An hour that nobody confirms would be missing when it comes.
        if let time = parts.time, !time.isKnown { throw EngineError.clock(time.doubt ?? "the time is not known") }
        let now = parts.clock.now
        let book = try parts.journal.book()
        if let open = book.openCycle, open.id.hour == now.floored(to: session.settings.cycle.interval) {
            return Rung(outcome: try await HourlyCycle(parts).run(open.id), cycle: open.id)
        }
        // An hour that was begun and broke off is no missed hour: the next cycle closes it.
        let last = [book.lastCycle, book.openCycle?.id].compactMap { $0 }.max()
        switch Schedule.due(at: now, last: last, session.settings.cycle) {
        case .alreadyDone(let id): return Rung(outcome: .alreadyDone, cycle: id)
        case .late(let missed):
            try note(missed, at: now, telling: true)
            return Rung(outcome: .skipped("missed: \(missed.why)"), cycle: missed.last)
        case .run(let id, let missed, let isCatchUp):
            if let missed { try note(missed, at: now, telling: false) }
            return Rung(outcome: try await HourlyCycle(parts).run(id, isCatchUp: isCatchUp), cycle: id)
        }
    }

    /// A missed hour that no summary follows is told by itself.
    private func note(_ missed: CycleMissed, at now: Timestamp, telling: Bool) throws {
        let words = "no cycle from \(missed.first) to \(missed.last): \(missed.why)"
        let text = parts.render(.notice(words))
        try parts.journal.commit(at: now) { book in
            guard book.lastCycle.map({ $0 < missed.last }) ?? true else { return [] }
            let message = MessageQueued(number: book.nextMessage, kind: .notice, html: text.html, plain: text.plain)
            return [.cycleMissed(missed)] + (telling ? [.messageQueued(message)] : [])
        }
    }
}
