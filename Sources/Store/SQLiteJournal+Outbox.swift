// What waits on each channel, and what became of it. Deliveries are outside the chain: a message that
// was sent late or twice changes no head.
import Events
import GRDB
import Kernel
public import Notices
public import Ports

extension SQLiteJournal {
    /// Makes a channel known: it gets the messages that are queued from now on and none from before. Call it when the
    /// program starts, before the first message; a channel that is known already is left as it is.
    public func open(channel: String) throws(JournalError) {
        try access {
            guard try !read({ try Self.knows(channel, $0) }) else { return }
            // The channel's first delivery stands for all that was queued before it.
            try write { db in
                try db.execute(
                    sql: """
                        INSERT OR IGNORE INTO deliveries(number, channel, state, attempts, rejections, next_attempt_at, why)
                        SELECT coalesce(max(number), 0), ?1, 'superseded', 0, 0, 0, 'queued before this channel was known' FROM messages
                        WHERE NOT EXISTS (SELECT 1 FROM deliveries WHERE channel = ?1)
                        """, arguments: [channel])
            }
        }
    }

    /// What waits on a channel, in the order of writing; empty for a channel that is not open.
    public func outbox(channel: String) throws(JournalError) -> [OutboxEntry] {
        try access {
            try read { db in
                try Row.fetchAll(
                    db,
                    sql: """
                        SELECT m.number, e.at, e.kind, e.body, d.state, d.attempts, d.rejections, d.next_attempt_at
                        FROM \(ReadingSource.messages(db)) m LEFT JOIN events e ON e.seq = m.seq
                        LEFT JOIN deliveries d ON d.number = m.number AND d.channel = ?1
                        WHERE m.number > (SELECT min(number) FROM deliveries WHERE channel = ?1) AND coalesce(d.state, 'queued') = 'queued'
                        ORDER BY m.number
                        """, arguments: [channel]
                ).map(OutboxEntry.init)
            }
        }
    }

    /// Writes what became of entries, all or nothing.
    public func apply(_ changes: [OutboxChange], channel: String) throws(JournalError) {
        guard !changes.isEmpty else { return }
        try access {
            try write { db in
                for change in changes {
                    try db.cachedStatement(
                        sql: """
                            INSERT OR REPLACE INTO deliveries(number, channel, state, attempts, rejections, next_attempt_at, remote_id, why)
                            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                            """
                    ).execute(arguments: [
                        change.id, channel, change.state.rawValue, change.attempts, change.rejections,
                        change.nextAttemptAt.milliseconds, change.remoteId, change.why
                    ])
                }
            }
        }
    }

    private static func knows(_ channel: String, _ db: Database) throws -> Bool {
        try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM deliveries WHERE channel = ?)", arguments: [channel]) ?? false
    }
}

extension OutboxEntry {
    /// If a message cannot be read, one that says so takes its place: it holds up none of the others.
    fileprivate init(_ row: Row) throws {
        let number: Int64 = try row.read("number"), next = try? row.time("next_attempt_at")
        func count(_ column: String) -> Int { min(max(0, Int64.fromDatabaseValue(row[column]).map(Int.init) ?? 0), 1_000_000) }
        guard let at = try? row.time("at"), let queued = try? MessageQueued(row), queued.number == Int(number) else {
            let words = "Message \(number) cannot be read. See: carillon journal verify"
            self.init(
                id: number, createdAt: next ?? Timestamp(milliseconds: 0), message: .worded(.critical, MessageText(html: words, plain: words)),
                attempts: count("attempts"), rejections: count("rejections"), nextAttemptAt: next)
            return
        }
        self.init(
            id: number, createdAt: at, message: queued.message, attempts: count("attempts"), rejections: count("rejections"), nextAttemptAt: next)
    }
}
