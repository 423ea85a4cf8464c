// Looking after the file: is it whole, how big is it, and what may be let go.
import Domain
import Foundation
import Glibc
import GRDB
import Ports

extension SQLiteJournal {
    /// Bytes on disk, the write-ahead log included; nil where the file cannot be seen.
    public func fileSize() -> Int64? {
        func size(_ path: String) -> Int64? {
            var status = stat()
            return stat(path, &status) == 0 ? Int64(status.st_size) : nil
        }
        return size(path).map { $0 + (size(path + "-wal") ?? 0) + (size(path + "-shm") ?? 0) }
    }

    /// Forgets content kept before a moment; its hashes stay in the chain for ever. Returns how many were removed.
    public func pruneBlobs(before time: Timestamp) throws(JournalError) -> Int {
        try access {
            try write { db in
                // What models were asked and answered is kept for ever: no one can get it again.
                try db.execute(sql: """
                    DELETE FROM blobs WHERE kept_since < ?
                    AND hash NOT IN (SELECT json_extract(body, '$.promptBlob') FROM events WHERE kind = 'callReserved')
                    AND hash NOT IN (SELECT json_extract(body, '$.answerBlob') FROM events
                                     WHERE kind = 'callSettled' AND json_extract(body, '$.answerBlob') IS NOT NULL)
                    """, arguments: [time.milliseconds])
                return db.changesCount
            }
        }
    }

    /// Verifies every link from the first, and that the book and the checkpoint belong to them, so that a cut tail is seen.
    /// - Parameter progress: called now and then with how many of how many links were read.
    /// - Returns: how many links there are.
    /// - Throws: `damaged` with the first bad link.
    public func verifyChain(progress: (_ read: Int, _ all: Int) -> Void = { _, _ in }) throws(JournalError) -> Int {
        try access {
            try queue.read { db in
                let all = try Int.fetchOne(db, sql: "SELECT count(*) FROM events") ?? 0
                let count = try Chain.verify(db, after: 0, hash: Chain.genesis) { progress($0, all) }
                for table in ["checkpoint", "book"] {
                    guard let row = try Row.fetchOne(db, sql: "SELECT seq, hash FROM \(table) WHERE id = 1") else { continue }
                    let sequence: Int64 = row["seq"], hash: Data = row["hash"]
                    guard try Data.fetchOne(db, sql: "SELECT hash FROM events WHERE seq = ?", arguments: [sequence]) == hash else {
                        throw JournalError.damaged("the \(table) belongs to entry \(sequence), which the journal lost or changed", sequence: sequence)
                    }
                }
                return count
            }
        }
    }
}
