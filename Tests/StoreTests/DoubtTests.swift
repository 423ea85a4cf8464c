// A start believes the stored account only where it is what was written, and something outside the file knows how far
// the journal had come.
import Events
import Foundation
import GRDB
import Notices
import Ports
import Testing

@testable import Store

@Suite("A start that believes nothing unseen")
struct DoubtTests {
    private let folder: TemporaryFolder
    private let path: String
    private let truth: Book
    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("journal.sqlite")
        try Story.written(to: path)
        truth = try SQLiteJournal(path: path).book()
    }

    private var anchor: String { folder.file("journal.anchor") }
    private func change(_ sql: String) throws { try DatabaseQueue(path: path).write { try $0.execute(sql: sql) } }
    private func commit(_ journal: SQLiteJournal) throws -> Book {
        var seen = Book()
        try journal.commit(at: Story(journal: journal).at(240)) { book in
            seen = book
            return [.killSwitchSet(KillSwitchSet(engaged: true, reason: "test"))]
        }
        return seen
    }

    @Test("a whole journal raises no doubt, and its anchor names its last cycle's entry")
    func whole() throws {
        let journal = try SQLiteJournal(path: path)
        #expect(journal.doubts().isEmpty && FileManager.default.contents(atPath: anchor) != nil)
        #expect(try JournalAnchor(of: path).read() == .head(Int64(journal.verify().entries), hash: journal.head()))
    }

    @Test(
        "a stored account that was changed is never acted on: it is made anew, and the next commit writes the true one",
        arguments: [
            "UPDATE book SET body = replace(body, '1000', '9000')", "UPDATE book SET body = 'x'", "UPDATE book SET sum = zeroblob(32)",
            "UPDATE book SET hash = zeroblob(32)", "UPDATE book SET seq = 'x'", "DELETE FROM book"
        ])
    func changedBook(_ sql: String) throws {
        try change(sql)
        #expect(try SQLiteJournal(path: path, mayWrite: false).book() == truth)
        do {
            let journal = try SQLiteJournal(path: path)
            #expect(journal.doubts().map(\.kind) == [.book] && journal.doubts().allSatisfy(\.isSerious))
            #expect(try journal.book() == truth)
            #expect(try commit(journal) == truth)
        }
        let again = try SQLiteJournal(path: path)
        #expect(try again.doubts().isEmpty && again.verify().faults.isEmpty)
    }

    @Test(
        "a column of the stored account that lost its name is a doubt, and the account is made anew",
        arguments: ["seq", "hash", "body", "shape", "sum"])
    func renamedColumn(_ column: String) throws {
        try change("ALTER TABLE book RENAME COLUMN \(column) TO other")
        let journal = try SQLiteJournal(path: path, mayWrite: false)
        #expect(try journal.doubts().map(\.kind) == [.book] && journal.book() == truth)
    }

    @Test(
        "a message that lost a value is said in its place and is an error of whoever reads it; it stops no process and no other message",
        arguments: ["seq = NULL", "seq = 1", "seq = 4711"])
    func lostValue(_ change: String) throws {
        let journal = try SQLiteJournal(path: path)
        try journal.open(channel: "c")
        try journal.commit(at: Story(journal: journal).at(240)) { book in
            let number = book.nextMessage
            return (0...1).map { .messageQueued(MessageQueued(number: number + $0, .worded(.notice, MessageText(html: "x", plain: "x")))) }
        }
        let first = try #require(journal.outbox(channel: "c").first?.id)
        #expect(try journal.outbox(channel: "c").count == 2 && journal.messages(after: 0).isEmpty == false)
        // As a flipped bit leaves it, past what the schema asks.
        try DatabaseQueue(path: path).writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL', '') WHERE name = 'messages'")
            try db.execute(sql: "PRAGMA writable_schema = RESET; UPDATE messages SET \(change) WHERE number = \(first)")
        }
        let changed = try SQLiteJournal(path: path, mayWrite: false)
        let waiting = try changed.outbox(channel: "c")
        let said = "Message \(first) cannot be read. See: carillon journal verify"
        #expect(waiting.map(\.message) == [.worded(.critical, .init(html: said, plain: said)), .worded(.notice, .init(html: "x", plain: "x"))])
        #expect(throws: JournalError.self) { try changed.messages(after: 0) }
    }

    @Test("an entry that lost its words or its moment is a problem of the CSV files, and ends no process", arguments: ["body = NULL", "at = 'x'"])
    func lostEntry(_ change: String) throws {
        let journal = try SQLiteJournal(path: path)
        try DatabaseQueue(path: path).writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL', '') WHERE name = 'events'")
            try db.execute(sql: "PRAGMA writable_schema = RESET; DROP TRIGGER events_are_never_changed")
            try db.execute(sql: "UPDATE events SET \(change) WHERE kind = 'orderChanged.2'")
        }
        #expect(!CSVRecords(folder: folder.file("logs")).update(from: journal).problems.isEmpty)
    }

    @Test("an account of an earlier entry put back is seen")
    func staleBook() throws {
        try change("CREATE TABLE kept AS SELECT * FROM book")
        _ = try commit(try SQLiteJournal(path: path))
        try change("DELETE FROM book; INSERT INTO book SELECT * FROM kept; DROP TABLE kept")
        let journal = try SQLiteJournal(path: path)
        #expect(journal.doubts().map(\.kind) == [.book])
        #expect(journal.doubts().first?.description.contains("stands at entry") == true)
        #expect(try commit(journal).main.cash == truth.main.cash)
    }

    @Test("a cut tail is seen, also where all in the file that spoke of it is gone, until a rebuild goes on without it")
    func cutTail() throws {
        try change(
            "DROP TRIGGER events_are_never_removed; DELETE FROM events WHERE seq > (SELECT max(seq) - 3 FROM events); DELETE FROM book; "
                + "DELETE FROM checkpoint"
        )
        for _ in 0..<2 {
            let journal = try SQLiteJournal(path: path)
            #expect(journal.doubts().contains { $0.kind == .history && $0.description.contains("cut off") })
            _ = try commit(journal)
        }
        _ = try SQLiteJournal(path: path).rebuild()
        let journal = try SQLiteJournal(path: path)
        #expect(try journal.doubts().isEmpty && journal.verify().faults.isEmpty)
    }

    @Test("a cycle writes no anchor over one that knows more")
    func anchorStays() throws {
        let before = FileManager.default.contents(atPath: anchor)
        try change(
            "DROP TRIGGER events_are_never_removed; DELETE FROM events WHERE seq > (SELECT max(seq) - 9 FROM events); DELETE FROM book; "
                + "DELETE FROM checkpoint; DELETE FROM messages; DELETE FROM trades"
        )
        let journal = try SQLiteJournal(path: path)
        try Story(journal: journal).markHour(300)
        #expect(FileManager.default.contents(atPath: anchor) == before)
    }

    @Test("an anchor that cannot be read is said, stops nothing, and is written anew by the next cycle", arguments: ["", "7 x y\n", "fifo", "link"])
    func unreadable(_ content: String) throws {
        try FileManager.default.removeItem(atPath: anchor)
        switch content {
        case "fifo": #expect(mkfifo(anchor, 0o600) == 0)
        case "link": #expect(symlink("/dev/zero", anchor) == 0)
        default: try content.write(toFile: anchor, atomically: false, encoding: .utf8)
        }
        let journal = try SQLiteJournal(path: path)
        #expect(journal.doubts().map(\.kind) == [.anchor] && !journal.doubts().contains(where: \.isSerious))
        try Story(journal: journal).markHour(300)
        #expect(try SQLiteJournal(path: path).doubts().isEmpty)
    }

    @Test("what was told is not told again by the same process")
    func told() throws {
        try change("DELETE FROM book")
        let journal = try SQLiteJournal(path: path), doubts = journal.untoldDoubts()
        #expect(doubts.map(\.kind) == [.book])
        journal.markTold(doubts)
        #expect(journal.untoldDoubts().isEmpty && journal.doubts() == doubts)
    }

    @Test("a journal whose account bears no hash yet is read and taken over, and what it had lost is seen", arguments: [0, 1])
    func older(lost: Int) throws {
        try change(
            """
            ALTER TABLE book RENAME TO newer;
            CREATE TABLE book(id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, hash BLOB NOT NULL, body TEXT NOT NULL);
            INSERT INTO book SELECT id, seq, hash, body FROM newer; DROP TABLE newer; DROP INDEX blobs_by_age;
            DELETE FROM grdb_migrations WHERE identifier = '003-book'; DELETE FROM checkpoint;
            """)
        if lost > 0 { try change("DROP TRIGGER events_are_never_removed; DELETE FROM events WHERE seq > (SELECT max(seq) - \(lost) FROM events)") }
        try FileManager.default.removeItem(atPath: anchor)
        if lost == 0 {
            let reading = try SQLiteJournal(path: path, mayWrite: false)
            #expect(try reading.book() == truth && reading.doubts().isEmpty)
        }
        let journal = try SQLiteJournal(path: path)
        #expect(journal.doubts().map(\.kind) == (lost == 0 ? [] : [.history]))
        if lost == 0 { #expect(try journal.book() == truth && journal.verify().faults == []) }
    }

    @Test("a file that only begins to be a journal has no entry, no doubt and no account")
    func halfMade() throws {
        let other = folder.file("half.sqlite")
        try DatabaseQueue(path: other).write { try $0.execute(sql: "PRAGMA user_version = 1") }
        let journal = try SQLiteJournal(path: other, mayWrite: false)
        #expect(try journal.newestEntry() == nil && journal.doubts().isEmpty && journal.verify() == Verification(entries: 0, faults: []))
        #expect(try SQLiteJournal(path: other).book().identity == nil)
    }
}
