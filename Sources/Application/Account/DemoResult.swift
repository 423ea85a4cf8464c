// What a demo came to: one JSON object for machines, one screen for people. Everything is counted from
// the journal, by the audit, not by the loop that wrote it.
package import Events
import Kernel
import Market
import Messaging
package import Store
import Trading

package struct DemoResult {
    package let journal: SQLiteJournal
    /// From the first cycle of the journal to the end of its last, whatever this run was asked for.
    package let hours: Int
    package let steps: Int
    package let label: String
    package let folder: HomeFolder
    package let audit: JournalAudit.Result
    package let trades: [TradeClosed]
    package let curve: [EquityMarked]
    package let book: Book

    package init(journal: SQLiteJournal, hours: Int, steps: Int, label: String, folder: HomeFolder) throws {
        self.journal = journal
        self.hours = try Self.hours(of: journal.cycles().map(\.cycle.hour)) ?? hours
        self.steps = steps
        self.label = label
        self.folder = folder
        audit = try journal.audit()
        trades = try journal.trades()
        curve = try journal.equityCurve().map(\.mark)
        book = try journal.book()
    }

    /// nil without a cycle. The last cycle lasts as long as the shortest before it, an hour if it is the only one.
    private static func hours(of cycles: [Timestamp]) -> Int? {
        guard let first = cycles.min(), let last = cycles.max() else { return nil }
        let steps = zip(cycles, cycles.dropFirst()).map { ($1 - $0).milliseconds }.filter { $0 > 0 }
        return Int(((last - first).milliseconds + (steps.min() ?? 3_600_000)) / 3_600_000)
    }
}
