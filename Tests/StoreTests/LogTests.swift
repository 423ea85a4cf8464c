// The write-ahead log: nobody copies it but the one function that does, and that holds the write lock meanwhile.
import Events
import Foundation
import GRDB
import Kernel
import Ports
import Testing

@testable import Store

@Suite("The write-ahead log")
struct LogTests {
    private let folder: TemporaryFolder
    private let path: String
    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("journal.sqlite")
    }

    private func size(_ path: String) -> Int { (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? -1 }
    private var log: Int { size(path + "-wal") }
    private var file: Data? { FileManager.default.contents(atPath: path) }

    /// One commit with so many bytes of content.
    private func commit(_ journal: SQLiteJournal, _ number: Int, bytes: Int) throws {
        try journal.commit(at: Timestamp(milliseconds: Int64(number)), blobs: [Blob(hash: "\(number)", bytes: [UInt8](repeating: 7, count: bytes))]) {
            _ in
            [.cashMoved(CashMoved(amount: Money("1", .usdt), reason: "test"))]
        }
    }

    @Test("a commit never copies the log, however long it is; the next one does, before it writes")
    func noCopyingAfterACommit() throws {
        let journal = try SQLiteJournal(path: path)
        try journal.checkpoint()
        let before = file
        try commit(journal, 1, bytes: 8 << 20)
        #expect(log > 8 << 20)
        #expect(file == before)
        try commit(journal, 2, bytes: 10)
        #expect(size(path) > 8 << 20)
    }

    @Test("the log stays bounded over many commits")
    func bounded() throws {
        let journal = try SQLiteJournal(path: path)
        for number in 1...60 { try commit(journal, number, bytes: 400_000) }
        #expect(size(path) > 16 << 20)
        #expect(log < 9 << 20)
    }

    @Test("a note, an outbox and a forgetting shorten a long log too")
    func everyWrite() throws {
        let journal = try SQLiteJournal(path: path)
        let writes: [() throws -> Void] = [
            { try journal.note("test", "key", "{}") }, { try journal.open(channel: "telegram") },
            { _ = try journal.pruneBlobs(before: Timestamp(milliseconds: 0)) }
        ]
        for (number, write) in writes.enumerated() {
            try commit(journal, number, bytes: 5 << 20)
            let before = size(path)
            try write()
            #expect(size(path) > before, "write \(number)")
        }
    }

    @Test("closing copies nothing while another has the journal open; the last to close leaves one file and an empty log")
    func closing() throws {
        var first: SQLiteJournal? = try SQLiteJournal(path: path)
        try first?.checkpoint()
        let before = file
        var second: SQLiteJournal? = try SQLiteJournal(path: path)
        try second.map { try commit($0, 1, bytes: 100_000) }
        second = nil
        #expect(file == before)
        #expect(try first?.newestEntry() == Timestamp(milliseconds: 1))
        first = nil
        #expect(size(path) > 100_000)
        #expect(log == 0)
        #expect(FileManager.default.fileExists(atPath: path + "-shm"))
    }

    @Test("while another holds the write lock nothing is copied, and the checkpoint says that it is locked")
    func writerFirst() throws {
        let journal = try SQLiteJournal(path: path, patience: 0), other = try SQLiteJournal(path: path)
        try journal.checkpoint()
        try commit(journal, 1, bytes: 100_000)
        let before = file
        try other.queue.writeWithoutTransaction { db in
            try db.inTransaction(.immediate) {
                #expect(throws: JournalError.locked) { try journal.checkpoint() }
                return .rollback
            }
        }
        #expect(file == before)
        try journal.checkpoint()
        #expect(file != before)
    }

    @Test("copying without the write lock is refused")
    func asserted() throws {
        let journal = try SQLiteJournal(path: path)
        #expect(throws: DatabaseError.self) { try journal.queue.inDatabase { try journal.copyLog(held: $0) } }
        #expect(throws: DatabaseError.self) { try journal.queue.read { try journal.copyLog(held: $0) } }
    }

    @Test("every connection leaves the log alone and maps no memory", arguments: [true, false])
    func settings(mayWrite: Bool) throws {
        let first = try SQLiteJournal(path: path)
        let journal = try SQLiteJournal(path: path, mayWrite: mayWrite)
        try journal.queue.read { db in
            let automatic = try Int.fetchOne(db, sql: "PRAGMA wal_autocheckpoint"), mapped = try Int.fetchOne(db, sql: "PRAGMA mmap_size")
            #expect(automatic == 0)
            #expect(mapped ?? 0 == 0)
            #expect(try String.fetchOne(db, sql: "PRAGMA journal_mode") == "wal")
        }
        #expect(try first.newestEntry() == nil)
    }

    @Test("the version of SQLite is three numbers")
    func version() { #expect(SQLiteJournal.sqliteVersion.split(separator: ".").compactMap { Int($0) }.count == 3) }
}
