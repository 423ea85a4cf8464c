// Trades and messages point to the entries they are read from, instead of keeping their text a second time: an entry of any
// version has one text, and words of messages are made when they are shown.
import GRDB

enum Migration004Readings {
    static func run(_ db: Database) throws {
        try db.execute(
            sql: """
                DROP TABLE IF EXISTS trades;
                CREATE TABLE trades(
                    trade TEXT PRIMARY KEY, symbol TEXT NOT NULL, opened_at INTEGER NOT NULL, closed_at INTEGER NOT NULL,
                    pnl TEXT NOT NULL, seq INTEGER NOT NULL) WITHOUT ROWID;
                CREATE INDEX trades_by_time ON trades(closed_at);
                INSERT OR IGNORE INTO trades
                    SELECT key, json_extract(body, '$.symbol'), json_extract(body, '$.openedAt'), json_extract(body, '$.closedAt'),
                           json_extract(body, '$.pnl'), seq
                    FROM events WHERE kind = 'tradeClosed' AND json_valid(body) ORDER BY seq;
                DROP TABLE IF EXISTS messages;
                CREATE TABLE messages(number INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, seq INTEGER NOT NULL);
                INSERT OR IGNORE INTO messages
                    SELECT json_extract(body, '$.number'), at, json_extract(body, '$.kind'), seq
                    FROM events
                    WHERE kind = 'messageQueued' AND json_valid(body) AND json_type(body, '$.number') = 'integer' ORDER BY seq;
                """)
    }
}
