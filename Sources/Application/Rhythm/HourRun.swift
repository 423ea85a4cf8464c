// One hour's cycle, as a timer starts it: the bell, the messages queued meanwhile, and the work that may wait until that is shown.
package import Engine
package import Events
package import Kernel
import Messaging
import Settings
import SettingsFiles
import Store
import Synchronization
package import Trading

package struct HourRun: Sendable {
    package let session: Session
    package let outcome: HourlyCycle.Outcome
    package let cycle: CycleId
    /// Queued meanwhile, in their order.
    package let messages: [MessageQueued]
    /// The equity as the book has it now; nil before the first mark.
    package let equity: FixedDecimal?
    private let lock: FileLock

    /// Rings once, alone on this home.
    package init(_ caller: Caller) async throws {
        let (configuration, folder) = try caller.ground()
        let lock = try folder.lock("cycle", quiet: configuration.settings.cycle.cycleQuiet)
        do {
            let session = try await FullDisk(folder).guarding { try await Session.trading(caller, configuration) }
            let before = try session.journal.lastMessageNumber()
            let rung = try await FullDisk(folder).guarding { try await session.ring() }
            try session.tellDoubts()
            self.session = session
            self.lock = lock
            (outcome, cycle) = (rung.outcome, rung.cycle)
            messages = try session.journal.messages(after: before)
            equity = try session.journal.book().main.lastEquity
        } catch {
            lock.release()
            throw error
        }
    }

    /// The log, the records and the outbox; then another may ring.
    package func finish() async {
        Housekeeping(session).log("INFO", "cycle \(cycle) \(outcome.word) entries=\(outcome.entries) \(outcome.why ?? "")")
        try? Build(session: session).note(cycle)
        Housekeeping(session).afterCycle()
        await Post(session).deliver()
        lock.release()
    }
}

extension Session {
    /// Rings the bell of this session's world. If there is no picture of the market, what is true of the exits is reported at once.
    func ring() async throws -> Bell.Rung {
        let held = Mutex<MinuteMonitor.Outcome?>(nil)
        do { return try await Bell(try assembly().parts()) { outcome in held.withLock { $0 = outcome } }.ring() } catch {
            if case EngineError.noMarket = error, let held = held.withLock({ $0 }) {
                for line in held.words(try journal.book()) { caller.say(line) }
            }
            throw error
        }
    }
}

extension HourlyCycle.Outcome {
    package var word: String {
        switch self {
        case .done: "done"
        case .skipped: "skipped"
        case .alreadyDone: "alreadyDone"
        }
    }
    package var why: String? { if case .skipped(let why) = self { why } else { nil } }
    package var entries: Int { if case .done(let entries) = self { entries } else { 0 } }
}

extension MinuteMonitor.Outcome {
    /// What is true of the stops of what is held, one line each; nothing if nothing is open.
    package func words(_ book: Book) -> [String] {
        if book.main.openPositions.isEmpty { return [] }
        return blind.isEmpty ? ["open positions keep their exits"] : blindWords
    }

    package var blindWords: [String] { blind.map { "no fresh price of \($0): its stop cannot be judged until there is one" } }
}
