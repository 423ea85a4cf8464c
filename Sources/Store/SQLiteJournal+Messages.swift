// Messages as they were queued.
public import Events
import GRDB
public import Ports

extension SQLiteJournal {
    public func lastMessageNumber() throws(JournalError) -> Int { try book().nextMessage - 1 }

    /// Messages with a higher number, oldest first.
    public func messages(after number: Int) throws(JournalError) -> [MessageQueued] {
        try access {
            try self.queue.read { db in
                try Row.fetchAll(db, sql: "SELECT number, kind, html, plain FROM messages WHERE number > ? ORDER BY number", arguments: [number])
                    .compactMap { row in
                        guard let kind = MessageKind(rawValue: try row.read("kind")) else { return nil }
                        return MessageQueued(number: try row.read("number"), kind: kind, html: try row.read("html"), plain: try row.read("plain"))
                    }
            }
        }
    }
}

extension SQLiteJournal {
    /// The newest hourly summary; nil before the first cycle.
    public func lastSummary() throws(JournalError) -> MessageQueued? {
        try access {
            try self.queue.read { db in
                try Row.fetchOne(
                    db, sql: "SELECT number, html, plain FROM messages WHERE kind IN ('summary', 'urgentSummary') ORDER BY number DESC LIMIT 1"
                )
                .map { MessageQueued(number: try $0.read("number"), kind: .summary, html: try $0.read("html"), plain: try $0.read("plain")) }
            }
        }
    }
}
