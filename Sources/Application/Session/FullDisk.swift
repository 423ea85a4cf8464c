// A full disk: nothing was committed, so nothing was sent. The reserve is freed, and what must reach a person is
// written into the room it leaves (F066).
import Engine
import Events
import Ports
import Risk
import Store

package struct FullDisk {
    package let folder: HomeFolder
    package init(_ folder: HomeFolder) { self.folder = folder }

    package func guarding<T>(_ work: () async throws -> T) async throws -> T {
        do { return try await work() } catch let error as EngineError {
            if case .journal(.diskFull) = error { alert() }
            throw error
        } catch JournalError.diskFull {
            alert()
            throw JournalError.diskFull
        }
    }

    private func alert() {
        Housekeeping.freeReserve(folder)
        guard let journal = try? SQLiteJournal(path: folder.journal) else { return }
        let words = "the disk is full: nothing is bought until there is room and you say: \(folder.command("breaker reset critical")) --reason WHY"
        // Nobody is asked for the time now: the newest entry's time is not still to come.
        let now = (try? journal.newestEntry()) ?? SystemClock().now
        _ = try? journal.commit(at: now) { book in
            book.main.activeBreakers(at: now).contains { $0.name == .critical }
                ? []
                : Alerts.critical(.said(words), book, at: now)
        }
    }
}
