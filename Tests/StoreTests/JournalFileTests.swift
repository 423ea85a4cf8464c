// The journal's file as the system sees it.
import Foundation
import GRDB
import Glibc
import Ports
import Testing

@testable import Store

@Suite("The journal's file")
struct JournalFileTests {
    private let folder: TemporaryFolder
    private let path: String
    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("journal.sqlite")
    }

    private func mode(_ path: String) throws -> Int {
        try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    @Test("a new journal is its owner's alone, whatever the folder allows")
    func new() throws {
        chmod(folder.path, 0o777)
        let journal = try SQLiteJournal(path: path)
        try Story(journal: journal).open()
        for file in [path, path + "-wal", path + "-shm"] { #expect(try mode(file) == 0o600, "\(file)") }
    }

    @Test("one that was open to everybody is closed to them, and to nobody else", arguments: [(0o644, 0o640), (0o660, 0o660), (0o600, 0o600)])
    func older(before: Int, after: Int) throws {
        try Story.written(to: path)
        chmod(path, mode_t(before))
        _ = try SQLiteJournal(path: path, mayWrite: false)
        #expect(try mode(path) == before)
        _ = try SQLiteJournal(path: path)
        #expect(try mode(path) == after)
    }

    @Test("a folder that another program keeps locked ends an opening to write, not one to look, and makes nobody wait for ever")
    func lockedFolder() throws {
        try Story.written(to: path)
        let other = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        #expect(flock(other, LOCK_EX) == 0)
        #expect(throws: JournalError.locked) { try SQLiteJournal(path: path, patience: 0) }
        #expect(try SQLiteJournal(path: path, mayWrite: false).verify().faults.isEmpty)
        close(other)
        _ = try SQLiteJournal(path: path, patience: 0)
    }

    private static let knowsAddresses =
        (try? DatabaseQueue().read { try String.fetchAll($0, sql: "PRAGMA compile_options") })?.contains("USE_URI") == true

    @Test(
        "a copy without a log is read as one that nobody changes, whatever its name",
        .enabled(if: knowsAddresses, "this SQLite takes no file: addresses"))
    func still() throws {
        let odd = folder.file("100% sure?#1.sqlite")
        try Story.written(to: path)
        try FileManager.default.copyItem(atPath: path, toPath: odd)
        #expect(JournalFile.unchanging("/a %?#b") == "file:/a %25%3f%23b?immutable=1")
        let configuration = Connection.configuration(mayWrite: false, patience: 0, log: LogLength())
        let read = try DatabaseQueue(path: JournalFile.unchanging(odd), configuration: configuration)
        #expect(try read.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM events") } == (try SQLiteJournal(path: path).verify().entries))
        #expect(!FileManager.default.fileExists(atPath: odd + "-shm"))
        // Whoever may write beside it, or finds a log there, reads it as any other.
        #expect(!JournalFile.isStill(odd) && !JournalFile.isStill(path))
    }
}
