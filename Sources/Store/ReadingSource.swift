// Where trades and messages are read from: the readings of this version, or, in a file of an earlier version that may only be
// read, the chain itself.
import GRDB

enum ReadingSource {
    /// A table of `number`, `at`, `kind` and `seq`, as SQL.
    static func messages(_ db: Database) throws -> String {
        try isCurrent(db, "messages")
            ? "messages"
            : "(SELECT json_extract(body, '$.number') AS number, at, json_extract(body, '$.kind') AS kind, seq FROM events "
                + "WHERE kind = 'messageQueued')"
    }

    /// A table of `trade`, `closed_at` and `seq`, as SQL.
    static func trades(_ db: Database) throws -> String {
        try isCurrent(db, "trades")
            ? "trades"
            : "(SELECT key AS trade, json_extract(body, '$.closedAt') AS closed_at, seq FROM events WHERE kind = 'tradeClosed')"
    }

    /// Whether a reading points to the entries it is made of.
    static func isCurrent(_ db: Database, _ table: String) throws -> Bool { try db.columns(in: table).contains { $0.name == "seq" } }
}
