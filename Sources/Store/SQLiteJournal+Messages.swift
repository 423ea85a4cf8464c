// Messages as they were queued.
public import Events
import GRDB
public import Ports

extension SQLiteJournal {
    public func lastMessageNumber() throws(JournalError) -> Int { try book().nextMessage - 1 }

    /// Messages with a higher number, oldest first.
    public func messages(after number: Int) throws(JournalError) -> [MessageQueued] {
        try messages("m.number > ? ORDER BY m.number", [number])
    }

    /// The newest hourly summary; nil before the first cycle.
    public func lastSummary() throws(JournalError) -> MessageQueued? {
        try messages("m.kind IN ('summary', 'urgentSummary') ORDER BY m.number DESC LIMIT 1", []).first
    }

    private func messages(_ condition: String, _ arguments: StatementArguments) throws(JournalError) -> [MessageQueued] {
        try access {
            try self.read { db in
                try Row.fetchAll(
                    db, sql: "SELECT e.kind, e.body FROM \(ReadingSource.messages(db)) m LEFT JOIN events e ON e.seq = m.seq WHERE \(condition)",
                    arguments: arguments
                )
                .map { try MessageQueued($0) }
            }
        }
    }
}

extension MessageQueued {
    /// From an entry's kind and body.
    init(_ row: Row) throws {
        guard case .messageQueued(let queued) = try EventCoding.decode(kind: try row.read("kind"), body: try row.read("body")) else {
            throw JournalError.damaged("a message points to an entry that queues none; carillon journal rebuild makes it anew", sequence: nil)
        }
        self = queued
    }
}
