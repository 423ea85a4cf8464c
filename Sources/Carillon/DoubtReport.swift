// What contradicts the journal's entries is said before anything else: on standard error at once, and once as a
// message with sound. Nothing is bought until a person has looked; what is open is guarded by what the entries say.
import Domain
import Engine
import Messaging
import Ports
import Store

struct DoubtReport {
    let journal: SQLiteJournal
    init(_ journal: SQLiteJournal) { self.journal = journal }

    /// For who may only look.
    func say() throws {
        for doubt in try journal.doubts() { Terminal.error("carillon: \(doubt)") }
    }

    /// For who may write: once by each process, and no message more while the breaker stands.
    func tell(now: Timestamp, _ renderer: MessageRenderer) throws {
        let doubts = try journal.untoldDoubts(), serious = doubts.filter(\.isSerious)
        for doubt in doubts { Terminal.error("carillon: \(doubt)") }
        if !serious.isEmpty { try stop(serious.map(\.description).joined(separator: "\n"), now: now, renderer) }
        if !doubts.isEmpty { try journal.markTold(doubts) }
    }

    /// Trips the critical breaker with these words, and says them.
    func stop(_ words: String, now: Timestamp, _ renderer: MessageRenderer) throws {
        // A journal in doubt is no moment to believe a clock: its own newest entry says about when it is.
        let newest = try journal.newestEntry() ?? now
        let time = now >= newest && now - newest < .days(1) ? now : newest
        try journal.commit(at: time) { book in
            book.activeBreakers(at: time).contains { $0.name == .critical } ? [] : Alerts.critical(words, book, at: time, render: renderer.text(of:))
        }
    }
}
