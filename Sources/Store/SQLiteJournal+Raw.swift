// Entries as they stand in the chain, for `explain --json`: nothing re-encoded, nothing left out.
import GRDB
public import Kernel
public import Ports

public struct RawEntry: Sendable {
    public let sequence: Int64
    public let at: Timestamp
    public let kind: String
    /// Of the kind's shape.
    public let version: Int
    /// Canonical JSON, as hashed.
    public let body: String
}

extension SQLiteJournal {
    /// All entries of any of these keys, in the order of the chain.
    public func rawEntries(about keys: [String]) throws(JournalError) -> [RawEntry] {
        try access {
            try self.read { db in
                let marks = keys.map { _ in "?" }.joined(separator: ",")
                return try Row.fetchAll(
                    db, sql: "SELECT seq, at, kind, body FROM events WHERE key != '' AND key IN (\(marks)) ORDER BY seq",
                    arguments: StatementArguments(keys)
                )
                .map { row in
                    let named = try VersionedKind(name: try row.read("kind"))
                    return RawEntry(
                        sequence: try row.read("seq"), at: try row.time("at"), kind: named.kind.rawValue, version: named.version,
                        body: try row.read("body"))
                }
            }
        }
    }

    /// The moment of the newest entry; nil for an empty journal.
    public func newestEntry() throws(JournalError) -> Timestamp? {
        try access {
            try self.read { db in
                // A journal that was killed before its tables were made has no entry.
                guard try Chain.exists(db) else { return nil }
                return try Int64.fetchOne(db, sql: "SELECT at FROM events ORDER BY seq DESC LIMIT 1").map { Timestamp(milliseconds: $0) }
            }
        }
    }
}
