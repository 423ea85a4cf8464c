// The book carries a hash of itself, so that a start can tell a book that was written from one that was changed, and
// the version of the fold that made it. An older file's book is made anew from the chain: it has nothing to be judged by.
import Foundation
import GRDB

enum Migration003Book {
    static func run(_ db: Database) throws {
        let old = try Row.fetchOne(db, sql: "SELECT seq, hash FROM book WHERE id = 1")
        try db.execute(
            sql: """
                DROP TABLE book;
                CREATE TABLE book(
                    id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, hash BLOB NOT NULL, body TEXT NOT NULL,
                    shape INTEGER NOT NULL, sum BLOB NOT NULL);

                -- Content that may be let go is found without reading all of it.
                CREATE INDEX blobs_by_age ON blobs(kept_since);
                """)
        try Chain.verify(db, after: 0, hash: Chain.genesis)
        var state = try Fold.all(db)
        // The entry it belonged to is kept: if that is not the newest, the next start says so.
        if let old, let sequence = Int64.fromDatabaseValue(old[0]), let hash = Data.fromDatabaseValue(old[1]) {
            (state.sequence, state.hash) = (sequence, hash)
        }
        if state.sequence > 0 { try StoredBook.write(state, db) }
    }
}
