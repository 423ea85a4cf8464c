// Tables that are readings of the chain: kept in step in the transaction of each event, and remade
// from nothing by `journal rebuild`.
import Events
import Foundation
import GRDB
import Kernel
import Market
public import Ports
import Trading

/// One row of a reading, as an event gives it.
struct ReadingRow {
    static let tables = ["trades", "messages"]
    let table: String
    /// The first one is the key.
    let columns: [(name: String, value: any DatabaseValueConvertible)]

    /// nil for an event that no reading holds.
    init?(_ event: JournalEvent, _ sequence: Int64, at time: Timestamp) {
        switch event {
        case .tradeClosed(let trade):
            table = "trades"
            columns = [
                ("trade", trade.trade.text), ("symbol", trade.symbol.description), ("opened_at", trade.openedAt.milliseconds),
                ("closed_at", trade.closedAt.milliseconds), ("pnl", trade.pnl.description), ("seq", sequence)
            ]
        case .messageQueued(let message):
            table = "messages"
            columns = [
                ("number", message.number), ("at", time.milliseconds), ("kind", message.kind.rawValue), ("seq", sequence)
            ]
        default: return nil
        }
    }

    private var names: String { columns.map(\.name).joined(separator: ", ") }

    func insert(_ db: Database) throws {
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        try db.cachedStatement(sql: "INSERT INTO \(table)(\(names)) VALUES (\(marks))").execute(arguments: StatementArguments(columns.map(\.value)))
    }

    /// Whether the table holds exactly this row, with the same types.
    func isStored(_ db: Database) throws -> Bool {
        let found = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT \(names) FROM \(table) WHERE \(columns[0].name) = ?"), arguments: [columns[0].value])
        return found.map { Array($0.databaseValues) } == columns.map(\.value.databaseValue)
    }
}

extension SQLiteJournal {
    /// Remakes every reading from the chain, after verifying all of it, and takes its head for the true one, whatever stood
    /// beside it. Deliveries and notes stay.
    /// Returns the number of events read. `progress` is called with (read, all) now and then.
    public func rebuild(progress: (Int, Int) -> Void = { _, _ in }) throws(JournalError) -> Int {
        try access {
            var count = 0
            try queue.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) {
                    try Chain.verify(db, after: 0, hash: Chain.genesis)
                    try SchemaCheck.restore(db)
                    try db.execute(sql: "DELETE FROM book; DELETE FROM trades; DELETE FROM messages; DELETE FROM checkpoint;")
                    let all = try Int.fetchOne(db, sql: "SELECT count(*) FROM events") ?? 0
                    let state = try Fold.all(db) { sequence, event, _, time in
                        try ReadingRow(event, sequence, at: time)?.insert(db)
                        count += 1
                        if count % 1_000 == 0 { progress(count, all) }
                    }
                    guard state.sequence > 0 else { return .commit }
                    try StoredBook.write(state, db)
                    try Chain.checkpoint(sequence: state.sequence, hash: state.hash, db)
                    anchor.write(state.sequence, hash: Chain.hex(state.hash))
                    return .commit
                }
            }
            return count
        }
    }
}
