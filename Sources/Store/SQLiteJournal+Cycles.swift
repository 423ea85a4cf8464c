// Hours that are over, and hours that were missed.
public import Events
import GRDB
public import Kernel
public import Ports
public import Trading

/// A cycle that is over.
public struct CycleSummary: Hashable, Sendable {
    public let closedAt: Timestamp
    public let closed: CycleClosed
    public var cycle: CycleId { closed.cycle }
    public var funnel: Funnel { closed.funnel }
}

extension SQLiteJournal {
    /// Cycles that ended at or after `start` and before `end`, skipped ones included, oldest first.
    public func cycles(from start: Timestamp = .earliest, to end: Timestamp = .latest) throws(JournalError) -> [CycleSummary] {
        try events(.cycleClosed, from: start, to: end).compactMap(\.cycleSummary)
    }

    /// Whether the newest cycle that closed is the first one that did on its UTC day.
    public func isFirstCycleOfDay() throws(JournalError) -> Bool {
        try access {
            let days = try read { db in
                try Int64.fetchAll(db, sql: "SELECT at FROM events WHERE kind = 'cycleClosed' ORDER BY at DESC, seq DESC LIMIT 2")
            }.map { Timestamp(milliseconds: $0).floored(to: .days(1)) }
            return days.first.map { $0 != days.dropFirst().first } ?? false
        }
    }

    /// Cycles that ended with a report, the newest first, given to `look` for as long as it answers true.
    public func reportedCycles(_ look: (CycleClosed) -> Bool) throws(JournalError) {
        try access {
            try read { db in
                let rows = try String.fetchCursor(db, sql: "SELECT body FROM events WHERE kind = 'cycleClosed' ORDER BY at DESC, seq DESC")
                while let body = try rows.next() {
                    guard case .cycleClosed(let closed) = try EventCoding.decode(kind: "cycleClosed", body: body), closed.hasReport else { continue }
                    guard look(closed) else { return }
                }
            }
        }
    }

    /// Hours that were found missed in that time, oldest first.
    public func missedCycles(from start: Timestamp = .earliest, to end: Timestamp = .latest) throws(JournalError) -> [CycleMissed] {
        try events(.cycleMissed, from: start, to: end).compactMap { if case .cycleMissed(let missed) = $0.event { missed } else { nil } }
    }
}

extension JournalEntry {
    fileprivate var cycleSummary: CycleSummary? {
        if case .cycleClosed(let closed) = event { CycleSummary(closedAt: at, closed: closed) } else { nil }
    }
}
