// One look at what is open, as a timer starts it each minute.
package import Engine
package import Events
import Kernel
import Messaging
import Settings
import SettingsFiles
import Store
import Trading

package struct MinuteRun: Sendable {
    package let session: Session
    package let outcome: MinuteMonitor.Outcome
    /// Queued meanwhile, in their order.
    package let messages: [MessageQueued]
    /// How many positions are open now.
    package let open: Int
    /// Sales that were announced and have no final answer.
    package let pending: [PendingSale]
    /// Prices that contradict each other.
    package let disputes: [Trouble]
    private let lock: FileLock

    /// Looks once, alone on this home.
    package init(_ caller: Caller) async throws {
        let (configuration, folder) = try caller.ground()
        let lock = try folder.lock("monitor", quiet: configuration.settings.cycle.monitorQuiet)
        do {
            let session = try await FullDisk(folder).guarding { try await Session.trading(caller, configuration) }
            let before = try session.journal.lastMessageNumber()
            outcome = try await FullDisk(folder).guarding { try await MinuteMonitor(try session.assembly().parts()).step() }
            Heartbeat(session).beat()
            try session.tellDoubts()
            let book = try session.journal.book()
            self.session = session
            self.lock = lock
            open = book.main.openPositions.count
            messages = try session.journal.messages(after: before)
            pending = book.main.pendingSales.map { PendingSale($0, session) }
            disputes = book.troubles(of: .disputed)
        } catch {
            lock.release()
            throw error
        }
    }

    /// The log, the records and the outbox; then another may look. A stop that cannot be judged is no success.
    package func finish() async throws {
        defer { lock.release() }
        if outcome.exits + outcome.recovered + outcome.orders > 0 {
            Housekeeping(session).log("INFO", "monitor exits=\(outcome.exits) recovered=\(outcome.recovered) orders=\(outcome.orders)")
            Housekeeping(session).records()
        }
        await Post(session).deliver()
        if let time = session.time, !time.isKnown { throw EngineError.clock(time.doubt ?? "the time is not known") }
        if !outcome.blind.isEmpty || !outcome.unsold.isEmpty { throw Failure.said(.unavailable) }
    }
}
