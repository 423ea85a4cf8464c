// The chain: each link's hash covers the one before it, so that no past event can be changed, removed
// or slipped in without every later hash being wrong.
import Foundation
import GRDB
import Kernel
import Ports
import Signing

enum Chain {
    /// False for a file only just begun, in which no table was made yet. If other tables are there, the entries are gone.
    static func exists(_ db: Database) throws -> Bool {
        if try db.tableExists("events") { return true }
        let others = try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE name <> 'grdb_migrations' AND name NOT LIKE 'sqlite_%'")
        if others.isEmpty { return false }
        throw JournalError.damaged("the table of entries is gone, and \(others.count) others are there: restore a backup", sequence: nil)
    }

    static let genesis = Data(repeating: 0, count: 32)

    static func link(previous: Data, sequence: Int64, at time: Timestamp, _ event: EncodedEvent) -> Data {
        let text = "\n\(sequence)\n\(time.milliseconds)\n\(event.kind)\n\(event.key)\n\(event.body)"
        return Data(SHA256.digest([UInt8](previous) + Array(text.utf8)))
    }

    /// Nobody can say what a changed entry was, so nothing that follows from it can be rebuilt.
    static let wayBack = ": restore the newest backup, or begin anew in another --home"

    static func head(_ db: Database) throws -> (sequence: Int64, hash: Data) {
        guard let row = try Row.fetchOne(db.cachedStatement(sql: "SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1")) else {
            return (0, genesis)
        }
        guard let sequence = Int64.fromDatabaseValue(row["seq"]), let hash = Data.fromDatabaseValue(row["hash"]) else {
            throw JournalError.damaged("the newest journal entry was changed\(wayBack)", sequence: nil)
        }
        return (sequence, hash)
    }

    static func checkpoint(sequence: Int64, hash: Data, _ db: Database) throws {
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO checkpoint(id, seq, hash) VALUES (1, ?, ?)").execute(arguments: [sequence, hash])
    }

    /// Verifies every link after the checkpoint, or all of them if the checkpoint is not what it was.
    /// - Returns: how the checkpoint contradicts a chain that is whole.
    static func verifySinceCheckpoint(_ db: Database) throws -> Doubt? {
        guard let row = try Row.fetchOne(db, sql: "SELECT seq, hash FROM checkpoint WHERE id = 1") else {
            try verify(db, after: 0, hash: genesis)
            return nil
        }
        guard let doubt = try doubt(ofCheckpoint: row, db, head: try head(db).sequence) else {
            try verify(db, after: Int64.fromDatabaseValue(row["seq"]) ?? 0, hash: Data.fromDatabaseValue(row["hash"]) ?? genesis)
            return nil
        }
        try verify(db, after: 0, hash: genesis)
        return doubt
    }

    /// How the checkpoint contradicts the links; nil if they agree.
    static func doubt(ofCheckpoint row: Row, _ db: Database, head: Int64) throws -> Doubt? {
        let sequence = Int64.fromDatabaseValue(row["seq"]) ?? -1
        let kept = try Data.fetchOne(db, sql: "SELECT hash FROM events WHERE seq = ?", arguments: [sequence])
        if let kept, kept == Data.fromDatabaseValue(row["hash"]) { return nil }
        return sequence > head ? .history("the mark of what was verified", sequence, head: head) : .checkpoint
    }

    /// Verifies all links after `sequence`, whose hash is `hash`; returns how many there were. `progress` is called with
    /// that number now and then.
    @discardableResult
    static func verify(_ db: Database, after sequence: Int64, hash: Data, progress: (Int) -> Void = { _ in }) throws -> Int {
        var previous = hash, expected = sequence, count = 0
        let rows = try Row.fetchCursor(db, sql: "SELECT seq, at, kind, key, body, hash FROM events WHERE seq > ? ORDER BY seq", arguments: [sequence])
        while let row = try rows.next() {
            expected += 1
            guard let entry = ChainRow(row), entry.sequence == expected,
                case let computed = link(previous: previous, sequence: expected, at: entry.time, entry.event), computed == entry.hash
            else {
                throw JournalError.damaged("journal entry \(expected) is missing or was changed\(wayBack)", sequence: expected)
            }
            previous = computed
            count += 1
            if count % 1_000 == 0 { progress(count) }
        }
        return count
    }

    static func hex(_ hash: Data) -> String { hash.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() }
}

/// One link as it is stored. nil if a cell is of another type than it was written as: that is damage, and no reason to trap.
struct ChainRow {
    let sequence: Int64
    let time: Timestamp
    let event: EncodedEvent
    let hash: Data

    /// - Parameter row: seq, at, kind, key, body, hash.
    init?(_ row: Row) {
        guard let sequence = Int64.fromDatabaseValue(row[0]), let at = Int64.fromDatabaseValue(row[1]), let kind = String.fromDatabaseValue(row[2]),
            let key = String.fromDatabaseValue(row[3]), let body = String.fromDatabaseValue(row[4]), let hash = Data.fromDatabaseValue(row[5])
        else { return nil }
        self.sequence = sequence
        time = Timestamp(milliseconds: at)
        event = EncodedEvent(kind: kind, key: key, body: body)
        self.hash = hash
    }
}
