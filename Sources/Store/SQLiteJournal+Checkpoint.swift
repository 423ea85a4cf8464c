// The one place where the write-ahead log is copied into the file. While it happens this process holds the write
// lock by its other connection, so nobody commits and nobody begins the log anew.
import GRDB
import GRDBSQLite
public import Ports

extension SQLiteJournal {
    /// The version of the SQLite library in use, e.g. `3.40.1`.
    public static let sqliteVersion = String(cString: sqlite3_libversion())

    /// Pages (of 4 KiB) that the log may hold before a write copies them first.
    static let longLog = 1_000

    /// Copies what was committed into the file. What a reader still needs stays for the next time.
    public func checkpoint() throws(JournalError) {
        try access { try self.copyLog() }
    }

    /// Reads one state of the file, whatever others write meanwhile. GRDB's own `read` sets and resets `query_only`, and SQLite
    /// then prepares every statement anew.
    func read<T>(_ work: (Database) throws -> T) throws -> T { try Self.read(queue, work) }

    static func read<T>(_ queue: DatabaseQueue, _ work: (Database) throws -> T) throws -> T {
        try queue.unsafeRead { db in
            try db.beginTransaction(.deferred)
            defer { try? db.rollback() }
            return try work(db)
        }
    }

    /// A write transaction, after the log was copied if it has become long. The copying comes first, so that if it
    /// fails nothing was written.
    func write<T>(_ work: (Database) throws -> T) throws -> T {
        try shortenLog()
        return try queue.write(work)
    }

    func shortenLog() throws {
        guard log.pages > Self.longLog else { return }
        do { try copyLog() } catch let error as DatabaseError where [.SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_FULL].contains(error.resultCode) {
            // The copying can wait: a long log costs room and no entry.
        }
    }

    private func copyLog() throws {
        try queue.writeWithoutTransaction { db in
            try db.inTransaction(.immediate) {
                try copyLog(held: db)
                return .rollback
            }
        }
    }

    /// - Parameter held: the connection that holds the write lock.
    func copyLog(held: Database) throws {
        guard sqlite3_txn_state(held.sqliteConnection, "main") == SQLITE_TXN_WRITE else {
            throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "a checkpoint without the write lock")
        }
        let configuration = Connection.configuration(mayWrite: true, patience: 0, log: LogLength())
        let (pages, copied) = try DatabaseQueue(path: path, configuration: configuration).inDatabase { try $0.checkpoint(.passive) }
        // The next commit begins the log anew if all of it was copied and nobody reads it.
        log.pages = max(pages - copied, 0)
    }
}
