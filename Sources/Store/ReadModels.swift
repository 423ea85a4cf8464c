// Tables that are readings of the chain: kept in step in the transaction of each event, and remade
// from nothing by `journal rebuild`.
import Domain
import Foundation
import GRDB
import Ports

enum ReadModels {
    static func apply(_ event: JournalEvent, _ encoded: EncodedEvent, at time: Timestamp, _ db: Database) throws {
        switch event {
        case .tradeClosed(let trade):
            try db.cachedStatement(sql: "INSERT INTO trades(trade, symbol, opened_at, closed_at, pnl, body) VALUES (?, ?, ?, ?, ?, ?)")
                .execute(arguments: [trade.trade.text, trade.symbol.description, trade.openedAt.milliseconds,
                                     trade.closedAt.milliseconds, trade.pnl.description, encoded.body])
        case .messageQueued(let message):
            try db.cachedStatement(sql: "INSERT INTO messages(number, at, kind, html, plain) VALUES (?, ?, ?, ?, ?)")
                .execute(arguments: [message.number, time.milliseconds, message.kind.rawValue, message.html, message.plain])
        default: break
        }
    }
}

extension SQLiteJournal {
    /// Remakes every reading from the chain, after verifying all of it. Deliveries and notes stay.
    /// Returns the number of events read. `progress` is called with (read, all) now and then.
    public func rebuild(progress: (Int, Int) -> Void = { _, _ in }) throws(JournalError) -> Int {
        try access {
            var count = 0
            try queue.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) {
                    try Chain.verify(db, after: 0, hash: Chain.genesis)
                    try db.execute(sql: "DELETE FROM book; DELETE FROM trades; DELETE FROM messages;")
                    let all = try Int.fetchOne(db, sql: "SELECT count(*) FROM events") ?? 0
                    var book = Book()
                    var last: (sequence: Int64, hash: Data) = (0, Chain.genesis)
                    let rows = try Row.fetchCursor(db, sql: "SELECT seq, at, kind, key, body, hash FROM events ORDER BY seq")
                    while let row = try rows.next() {
                        let encoded = EncodedEvent(kind: row["kind"], key: row["key"], body: row["body"])
                        let event = try EventCoding.decode(kind: encoded.kind, body: encoded.body)
                        let time = Timestamp(milliseconds: row["at"])
                        try ReadModels.apply(event, encoded, at: time, db)
                        book.apply(event, at: time)
                        last = (row["seq"], row["hash"])
                        count += 1
                        if count % 1_000 == 0 { progress(count, all) }
                    }
                    if last.sequence > 0 { try SQLiteJournal.write((last.sequence, last.hash, book), db) }
                    return .commit
                }
            }
            return count
        }
    }
}
