// The chain: each link's hash covers the one before it, so that no past event can be changed, removed
// or slipped in without every later hash being wrong.
import Domain
import Foundation
import GRDB
import Ports
import Signing

enum Chain {
    static let genesis = Data(repeating: 0, count: 32)

    static func link(previous: Data, sequence: Int64, at time: Timestamp, _ event: EncodedEvent) -> Data {
        let text = "\n\(sequence)\n\(time.milliseconds)\n\(event.kind)\n\(event.key)\n\(event.body)"
        return Data(SHA256.digest([UInt8](previous) + Array(text.utf8)))
    }

    static func head(_ db: Database) throws -> (sequence: Int64, hash: Data) {
        guard let row = try Row.fetchOne(db.cachedStatement(sql: "SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1")) else {
            return (0, genesis)
        }
        return (row["seq"], row["hash"])
    }

    static func checkpoint(sequence: Int64, hash: Data, _ db: Database) throws {
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO checkpoint(id, seq, hash) VALUES (1, ?, ?)").execute(arguments: [sequence, hash])
    }

    /// Verifies every link after the checkpoint, and that the checkpoint itself is still what it was.
    static func verifySinceCheckpoint(_ db: Database) throws {
        guard try db.tableExists("checkpoint"),
              let row = try Row.fetchOne(db, sql: "SELECT seq, hash FROM checkpoint WHERE id = 1") else {
            if try db.tableExists("events") { try verify(db, after: 0, hash: genesis) }
            return
        }
        let sequence: Int64 = row["seq"], hash: Data = row["hash"]
        guard try Data.fetchOne(db, sql: "SELECT hash FROM events WHERE seq = ?", arguments: [sequence]) == hash else {
            throw JournalError.damaged("the journal lost or changed entry \(sequence), which was verified before", sequence: sequence)
        }
        try verify(db, after: sequence, hash: hash)
    }

    /// Verifies all links after `sequence`, whose hash is `hash`; returns how many there were. `progress` is called with
    /// that number now and then.
    @discardableResult
    static func verify(_ db: Database, after sequence: Int64, hash: Data, progress: (Int) -> Void = { _ in }) throws -> Int {
        var previous = hash, expected = sequence, count = 0
        let rows = try Row.fetchCursor(db, sql: "SELECT seq, at, kind, key, body, hash FROM events WHERE seq > ? ORDER BY seq", arguments: [sequence])
        while let row = try rows.next() {
            expected += 1
            let found: Int64 = row["seq"]
            let event = EncodedEvent(kind: row["kind"], key: row["key"], body: row["body"])
            let computed = link(previous: previous, sequence: found, at: Timestamp(milliseconds: row["at"]), event)
            guard found == expected, computed == row["hash"] else {
                throw JournalError.damaged("journal entry \(expected) is missing or was changed", sequence: expected)
            }
            previous = computed
            count += 1
            if count % 1_000 == 0 { progress(count) }
        }
        return count
    }

    static func hex(_ hash: Data) -> String { hash.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() }
}
