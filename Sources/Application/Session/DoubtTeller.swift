// Whatever contradicts the journal's entries is reported before anything else: on standard error at once, and once as a
// message with sound. Nothing is bought until a person has looked; what is open is guarded by what the entries say.
import Engine
import Events
package import Kernel
import Messaging
import Ports
import Risk
package import Store

package struct DoubtTeller {
    package let journal: SQLiteJournal
    private let folder: HomeFolder
    private let sayAtOnce: (String) -> Void

    package init(_ journal: SQLiteJournal, _ folder: HomeFolder, _ say: @escaping (String) -> Void) {
        self.journal = journal
        self.folder = folder
        sayAtOnce = say
    }

    /// For a caller that may only look.
    package func say() {
        for doubt in journal.doubts() { sayAtOnce("carillon: \(folder.addressed(doubt.description))") }
    }

    /// For a caller that may write: once by each process, and without a further message while the breaker stands.
    package func tell(now: Timestamp) throws {
        let doubts = journal.untoldDoubts(), serious = doubts.filter(\.isSerious)
        for doubt in doubts { sayAtOnce("carillon: \(folder.addressed(doubt.description))") }
        if !serious.isEmpty { try stop(serious.map { folder.addressed($0.description) }.joined(separator: "\n"), now: now) }
        if !doubts.isEmpty { journal.markTold(doubts) }
    }

    /// Trips the critical breaker with these words, and says them.
    package func stop(_ words: String, now: Timestamp) throws {
        // A journal in doubt is no moment to believe a clock: its own newest entry says about when it is.
        let newest = try journal.newestEntry() ?? now
        let time = now >= newest && now - newest < .days(1) ? now : newest
        try journal.commit(at: time) { book in
            book.main.activeBreakers(at: time).contains { $0.name == .critical } ? [] : Alerts.critical(.said(words), book, at: time)
        }
    }
}
