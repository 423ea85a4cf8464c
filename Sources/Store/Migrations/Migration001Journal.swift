// The append-only chain, the content beside it, and the readings of it. Triggers refuse to change or
// remove a link, whoever asks.
import GRDB

enum Migration001Journal {
    static func run(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE events(
                    seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
                    body TEXT NOT NULL, hash BLOB NOT NULL);
                CREATE INDEX events_by_key ON events(key, seq) WHERE key != '';
                CREATE INDEX events_by_kind ON events(kind, at);
                CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
                    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
                CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events
                    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

                CREATE TABLE blobs(hash TEXT PRIMARY KEY, bytes BLOB NOT NULL, kept_since INTEGER NOT NULL) WITHOUT ROWID;

                -- Outside the chain: how far it was verified, wall-clock facts, and what became of messages.
                CREATE TABLE checkpoint(id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, hash BLOB NOT NULL);
                CREATE TABLE notes(id INTEGER PRIMARY KEY, topic TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL);
                CREATE INDEX notes_by_key ON notes(topic, key);
                CREATE TABLE deliveries(
                    number INTEGER NOT NULL, channel TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,
                    rejections INTEGER NOT NULL, next_attempt_at INTEGER NOT NULL, remote_id TEXT, why TEXT, \
                PRIMARY KEY(number, channel)) WITHOUT ROWID;

                -- Readings of the chain: remade by `journal rebuild`.
                CREATE TABLE book(id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, hash BLOB NOT NULL, body TEXT NOT NULL);
                CREATE TABLE trades(
                    trade TEXT PRIMARY KEY, symbol TEXT NOT NULL, opened_at INTEGER NOT NULL, closed_at INTEGER NOT NULL,
                    pnl TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
                CREATE INDEX trades_by_time ON trades(closed_at);
                CREATE TABLE messages(
                    number INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, html TEXT NOT NULL, plain TEXT NOT NULL);
                """)
    }
}
