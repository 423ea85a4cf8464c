// The journal on SQLite: WAL, synchronous FULL, one connection a process, immediate transactions. The
// newest book is kept in memory and read again only if another process has written since.
public import Events
import Foundation
import GRDB
public import Kernel
public import Ports
import Signing

/// Thread-safe: GRDB serialises all access to the connection, and the cache is touched only inside it.
public final class SQLiteJournal: Journal, @unchecked Sendable {
    let queue: DatabaseQueue
    let log = LogLength()
    public let path: String
    /// Write transactions committed by this process.
    public private(set) var commits = 0
    let anchor: JournalAnchor
    var cached: BookState?
    var found: [Doubt] = []
    var told: Set<Doubt> = []

    /// A factor: another process that opens the journal may have to fold a long chain anew, so it gets more time than a write.
    private static let openings = 4.0

    /// Opens or creates `path`, migrates it, verifies the chain since the last checkpoint, and holds the stored book against
    /// its hash: what contradicts the chain is a doubt.
    /// - Parameter mayWrite: false opens an existing journal for reading only.
    /// - Parameter patience: seconds that a write waits for another writer before it is `locked`.
    /// - Parameter progress: called with (read, all) now and then while the account is made anew from a long chain.
    public init(path: String, mayWrite: Bool = true, patience: Double = 5, progress: (Int, Int) -> Void = { _, _ in }) throws(JournalError) {
        self.path = path
        anchor = JournalAnchor(of: path)
        // Two processes that begin a journal at the same moment would each make its tables, and each be refused the change to WAL.
        let alone = mayWrite ? try FolderLock(of: path, patience: patience * Self.openings) : nil
        defer { alone?.release() }
        do {
            if mayWrite { JournalFile.keepPrivate(path) }
            queue = try Connection.open(path, mayWrite: mayWrite, patience: patience, log: log)
            let migrator = Migrations.migrator()
            if try Self.read(queue, migrator.hasBeenSuperseded) {
                throw JournalError.newer("\(path) was written by a newer Carillon; install that version or use another --home")
            }
            if mayWrite { try migrator.migrate(queue) }
            let witness = anchor.read()
            try Self.read(queue) { try self.examine($0, witness, progress) }
        } catch {
            throw JournalError(error, path: path)
        }
    }

    public func book() throws(JournalError) -> Book {
        try access { try self.queue.unsafeRead(self.remembered)?.book ?? self.read { try self.current($0).book } }
    }

    /// The hash of the newest link, in hexadecimal; 64 zeros for an empty journal.
    public func head() throws(JournalError) -> String {
        try access { try self.read { Chain.hex(try Chain.head($0).hash) } }
    }

    public func mark() throws(JournalError) -> String? {
        try access { try self.read { ChainMark(try Chain.head($0))?.description } }
    }

    @discardableResult
    public func commit(at time: Timestamp, blobs: [Blob], _ decide: (Book) -> [JournalEvent]) throws(JournalError) -> Book {
        try access {
            var result = Book()
            var wrote = false, endsAnHour = false
            try self.shortenLog()
            try self.queue.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) {
                    let before = try self.current(db)
                    let events = decide(before.book)
                    guard !events.isEmpty else {
                        result = before.book
                        return .rollback
                    }
                    for blob in blobs { try Self.keep(blob, at: time, db) }
                    self.cached = nil
                    let after = try self.append(events, at: time, to: before, db)
                    try StoredBook.write(after, db)
                    endsAnHour = events.contains(where: \.endsAnHour)
                    if endsAnHour || !found.isEmpty { try Chain.checkpoint(sequence: after.sequence, hash: after.hash, db) }
                    result = after.book
                    self.cached = after
                    wrote = true
                    return .commit
                }
                if wrote { self.commits += 1 }
                if wrote, endsAnHour { try? self.dropAnchor(db) }
            }
            return result
        }
    }

    public func entries(about key: String) throws(JournalError) -> [JournalEntry] {
        // The second term is what lets SQLite use the index, which leaves empty keys out.
        try access { try self.read { try Self.entries($0, "key = ? AND key != ''", [key]) } }
    }

    /// Entries that satisfy an SQL condition, oldest first.
    static func entries(_ db: Database, _ condition: String, _ arguments: StatementArguments) throws -> [JournalEntry] {
        try Row.fetchAll(db, sql: "SELECT seq, at, kind, body FROM events WHERE \(condition) ORDER BY seq", arguments: arguments).map { row in
            JournalEntry(
                sequence: try row.read("seq"), at: try row.time("at"),
                event: try EventCoding.decode(kind: try row.read("kind"), body: try row.read("body")))
        }
    }

    public func blob(_ hash: String) throws(JournalError) -> [UInt8]? {
        try access {
            try self.read { try Data.fetchOne($0, sql: "SELECT bytes FROM blobs WHERE hash = ?", arguments: [hash]).map { [UInt8]($0) } }
        }
    }

    public func note(_ topic: String, _ key: String, _ json: String) throws(JournalError) {
        try access {
            try self.write { try $0.execute(sql: "INSERT INTO notes(topic, key, body) VALUES (?, ?, ?)", arguments: [topic, key, json]) }
        }
    }

    /// The newest note of that topic and key, as it was written; nil without one.
    public func newestNote(_ topic: String, _ key: String) throws(JournalError) -> String? {
        try access {
            try self.read {
                try String.fetchOne($0, sql: "SELECT body FROM notes WHERE topic = ? AND key = ? ORDER BY id DESC LIMIT 1", arguments: [topic, key])
            }
        }
    }

    /// Runs `work`, turning whatever it throws into a JournalError. The cache needs no care: it is believed only
    /// if it is of the chain's head.
    func access<T>(_ work: () throws -> T) throws(JournalError) -> T {
        do { return try work() } catch {
            throw JournalError(error, path: path)
        }
    }

    private func append(_ events: [JournalEvent], at time: Timestamp, to before: BookState, _ db: Database) throws -> BookState {
        var (sequence, hash, book) = before
        let insert = try db.cachedStatement(sql: "INSERT INTO events(seq, at, kind, key, body, hash) VALUES (?, ?, ?, ?, ?, ?)")
        for event in events {
            let encoded = try EventCoding.encode(event)
            sequence += 1
            hash = Chain.link(previous: hash, sequence: sequence, at: time, encoded)
            try insert.execute(arguments: [sequence, time.milliseconds, encoded.kind, encoded.key, encoded.body, hash])
            try ReadingRow(event, sequence, at: time)?.insert(db)
            do { try book.apply(event, at: time) } catch { throw JournalError.contradiction(error) }
        }
        return (sequence, hash, book)
    }

    private static func keep(_ blob: Blob, at time: Timestamp, _ db: Database) throws {
        // Content that is kept again counts as new: what a recent entry names must outlive the pruning.
        try db.cachedStatement(
            sql: """
                INSERT INTO blobs(hash, bytes, kept_since) VALUES (?, ?, ?)
                ON CONFLICT(hash) DO UPDATE SET kept_since = max(kept_since, excluded.kept_since)
                """
        )
        .execute(arguments: [blob.hash, Data(blob.bytes), time.milliseconds])
    }
}

extension JournalEvent {
    /// The chain is checkpointed with the hour, so that a start verifies at most the minutes since.
    var endsAnHour: Bool {
        if case .cycleClosed = self { true } else { false }
    }
}
