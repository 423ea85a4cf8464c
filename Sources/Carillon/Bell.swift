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
            return Rung(outcome: try await run(open.id), cycle: open.id)
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
            // What a stop should have sold while nobody looked is sold before anything is bought.
            let held = try await MinuteMonitor(parts).catchUp()
            return Rung(outcome: try await run(id, isCatchUp: isCatchUp, held), cycle: id)
        }
    }

    /// Without a picture of the market it is said what is true of the exits.
    private func run(_ id: CycleId, isCatchUp: Bool = false, _ held: MinuteMonitor.Outcome? = nil) async throws -> HourlyCycle.Outcome {
        do { return try await HourlyCycle(parts).run(id, isCatchUp: isCatchUp) } catch {
            if case .noMarket = error, let held { for line in try held.words(parts.journal.book()) { Terminal.error(line) } }
            throw error
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

extension MinuteMonitor.Outcome {
    /// What is true of the stops of what is held, one line each; nothing where nothing is open.
    func words(_ book: Book) -> [String] {
        if book.openPositions.isEmpty { return [] }
        return blind.isEmpty ? ["open positions keep their exits"] : blindWords
    }

    var blindWords: [String] { blind.map { "no fresh price of \($0): its stop cannot be judged until there is one" } }
}
