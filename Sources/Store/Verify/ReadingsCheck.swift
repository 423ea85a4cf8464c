// Trades and messages held against the events they are read from: each row exactly the same, and no row more.
import Events
import GRDB
import Kernel

struct ReadingsCheck {
    private var wrong: [String] = []
    private var expected: [String: Int] = [:]

    mutating func look(_ event: JournalEvent, _ sequence: Int64, at time: Timestamp, _ db: Database) throws {
        // A reading of an earlier version is made anew as soon as the file may be written.
        guard let row = ReadingRow(event, sequence, at: time), try ReadingSource.isCurrent(db, row.table) else { return }
        expected[row.table, default: 0] += 1
        if try !row.isStored(db) {
            wrong.append("\(row.table): \(row.columns[0].value) is missing or was changed; carillon journal rebuild makes it anew")
        }
    }

    func faults(_ db: Database) throws -> [String] {
        var faults = wrong.limited("readings that are missing or were changed")
        for table in ReadingRow.tables where try ReadingSource.isCurrent(db, table) {
            let there = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0, due = expected[table] ?? 0
            if there != due { faults.append("\(table): \(there) rows where the journal has \(due); carillon journal rebuild makes them anew") }
        }
        return faults
    }
}
