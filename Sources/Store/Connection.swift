// One connection to the journal's file, as every process opens it. SQLite before 3.51.3 can lose committed pages if
// one connection commits while another copies the write-ahead log into the file, so none does that by itself: see
// `SQLiteJournal.checkpoint`. The log outlives its last user, so that a process that may only read finds it.
import GRDB
import GRDBSQLite

/// Pages in the write-ahead log after the last commit of one connection; touched only while that connection is held.
final class LogLength: @unchecked Sendable {
    var pages = 0
}

enum Connection {
    /// - Parameter patience: seconds that a write waits for another writer.
    static func configuration(mayWrite: Bool, patience: Double, log: LogLength) -> GRDB.Configuration {
        var configuration = GRDB.Configuration()
        configuration.busyMode = .timeout(patience)
        configuration.readonly = !mayWrite
        configuration.acceptsDoubleQuotedStringLiterals = false
        configuration.prepareDatabase { db in
            try keepLog(db)
            // A mapped file would show another process's half-written page, and a lost disk would be a crash.
            try db.execute(sql: "PRAGMA wal_autocheckpoint = 0; PRAGMA mmap_size = 0;")
            if mayWrite { try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = \(longestLog)") }
            watch(db, log)
        }
        return configuration
    }

    /// A copy of a journal that lies where nothing can be written is read as it is.
    static func open(_ path: String, mayWrite: Bool, patience: Double, log: LogLength) throws -> DatabaseQueue {
        let configuration = configuration(mayWrite: mayWrite, patience: patience, log: log)
        do { return try DatabaseQueue(path: path, configuration: configuration) } catch let error as DatabaseError
            where error.resultCode == .SQLITE_CANTOPEN
        {
            guard !mayWrite, JournalFile.isStill(path) else { throw error }
            return try DatabaseQueue(path: JournalFile.unchanging(path), configuration: configuration)
        }
    }

    /// Bytes to which the log's file is cut when it is begun anew.
    private static let longestLog = 8 << 20

    /// The last process to close copies the log, as nobody else is there, and leaves an empty one behind instead of none.
    private static func keepLog(_ db: Database) throws {
        var on: CInt = 1
        let code = sqlite3_file_control(db.sqliteConnection, "main", SQLITE_FCNTL_PERSIST_WAL, &on)
        guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code), message: "the log cannot be kept") }
    }

    private static func watch(_ db: Database, _ log: LogLength) {
        // `log` lives as long as the connection: the closure that prepares it holds it.
        sqlite3_wal_hook(
            db.sqliteConnection,
            { context, _, _, pages in
                if let context { Unmanaged<LogLength>.fromOpaque(context).takeUnretainedValue().pages = Int(pages) }
                return SQLITE_OK
            }, Unmanaged.passUnretained(log).toOpaque())
    }
}
