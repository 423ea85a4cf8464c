// Looking after the file: how big it is, and what may be let go.
import Foundation
import GRDB
import Glibc
public import Kernel
public import Ports

extension SQLiteJournal {
    /// Bytes on disk, the write-ahead log included; nil if the file cannot be seen.
    public func fileSize() -> Int64? {
        func size(_ path: String) -> Int64? {
            var status = stat()
            return stat(path, &status) == 0 ? Int64(status.st_size) : nil
        }
        return size(path).map { $0 + (size(path + "-wal") ?? 0) + (size(path + "-shm") ?? 0) }
    }

    /// How long content is kept that can be got again.
    public static let contentAge = TimeSpan.days(90)

    /// Forgets content kept before a moment; its hashes stay in the chain for ever. Returns how many were removed.
    public func pruneBlobs(before time: Timestamp) throws(JournalError) -> Int {
        try access {
            try write { db in
                // What models were asked and answered is kept for ever: no one can get it again.
                try db.execute(
                    sql: """
                        DELETE FROM blobs WHERE kept_since < ?
                        AND hash NOT IN (SELECT json_extract(body, '$.promptBlob') FROM events WHERE kind = 'callReserved')
                        AND hash NOT IN (SELECT json_extract(body, '$.answerBlob') FROM events
                                         WHERE kind = 'callSettled' AND json_extract(body, '$.answerBlob') IS NOT NULL)
                        """, arguments: [time.milliseconds])
                return db.changesCount
            }
        }
    }
}
