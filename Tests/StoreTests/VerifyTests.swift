// What stands beside the chain is held against it: each thing that was changed is named, and what can be made anew is.
import Events
import Foundation
import GRDB
import Kernel
import Ports
import Testing

@testable import Store

@Suite("Verifying what stands beside the entries")
struct VerifyTests {
    private let folder: TemporaryFolder
    private let path: String
    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("journal.sqlite")
        try Story.written(to: path)
    }

    private func open(mayWrite: Bool = false) throws -> SQLiteJournal { try SQLiteJournal(path: path, mayWrite: mayWrite) }
    private func change(_ sql: String) throws { try DatabaseQueue(path: path).write { try $0.execute(sql: sql) } }

    struct Change: Sendable, CustomTestStringConvertible {
        let sql: String
        let words: String
        /// Whether `journal rebuild` makes it anew.
        var mends = true
        var testDescription: String { sql }
    }

    @Test("a verification beside a writer takes no entry that is written meanwhile for one that was cut off")
    func besideWriter() throws {
        let writer = try open(mayWrite: true), reader = try open(), time = try #require(try writer.newestEntry())
        let paid = JournalEvent.cashMoved(CashMoved(amount: Money("1", .usdt), reason: "test"))
        try writer.commit(at: time) { _ in Array(repeating: paid, count: 1_200) }
        var added = 0
        let verified = try reader.verify { _, _ in
            guard added == 0, (try? writer.commit(at: time) { _ in [paid] }) != nil, let head = try? writer.head(),
                let mark = try? writer.mark(), let sequence = Int64(mark.prefix { $0 != ":" })
            else { return }
            JournalAnchor(of: path).write(sequence, hash: head)
            added += 1
        }
        #expect(added == 1 && verified.faults.isEmpty, "\(verified)")
        #expect(try open().verify().faults.isEmpty)
    }

    private static let removable = "DROP TRIGGER events_are_never_removed; "

    @Test(
        "what was changed is named, and made anew where it can be",
        arguments: [
            Change(sql: "UPDATE book SET body = replace(body, '1000', '9000')", words: "stored account was changed"),
            Change(sql: "UPDATE book SET seq = seq - 1", words: "stored account was changed"),
            Change(sql: "UPDATE book SET shape = shape + 1", words: "stored account was changed"),
            Change(sql: "DELETE FROM book", words: "stored account is gone"),
            Change(sql: "UPDATE trades SET pnl = '99999'", words: "trades: "),
            Change(sql: "UPDATE trades SET seq = seq - 1", words: "trades: "),
            Change(sql: "DELETE FROM trades", words: "trades: "),
            Change(sql: "UPDATE messages SET seq = seq + 1 WHERE number = 1", words: "messages: 1 is missing or was changed"),
            Change(sql: "UPDATE messages SET kind = 'alarm' WHERE number = 2", words: "messages: 2 is missing or was changed"),
            Change(sql: "DELETE FROM messages WHERE number = 1", words: "messages: 1 is missing or was changed"),
            Change(
                sql: "INSERT INTO messages SELECT number + 100, at, kind, seq FROM messages WHERE number = 1",
                words: "rows where the journal has"),
            Change(sql: "UPDATE checkpoint SET hash = zeroblob(32)", words: "mark of what was verified was changed"),
            Change(sql: "DROP INDEX events_by_kind", words: "index events_by_kind is gone"),
            Change(sql: "DROP TRIGGER events_are_never_changed", words: "trigger events_are_never_changed is gone"),
            Change(
                sql: "DROP TRIGGER events_are_never_changed; CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events BEGIN SELECT 1; END",
                words: "trigger events_are_never_changed was changed"),
            Change(
                sql: removable + "DELETE FROM events WHERE seq > (SELECT max(seq) - 3 FROM events); DELETE FROM book; DELETE FROM checkpoint",
                words: "its last entries were cut off"),
            Change(sql: "UPDATE blobs SET bytes = x'00'", words: "was changed; restore a backup", mends: false),
            Change(sql: "UPDATE blobs SET kept_since = kept_since - 1", words: "bears another time", mends: false),
            Change(sql: "DELETE FROM blobs", words: "is missing; restore a backup", mends: false),
            Change(
                sql: "CREATE TRIGGER other AFTER INSERT ON events BEGIN DELETE FROM messages; END", words: "trigger other is none of this program's",
                mends: false)
        ])
    func changed(_ change: Change) throws {
        #expect(try open().verify().faults == [])
        try self.change(change.sql)
        let faults = try open().verify().faults
        #expect(faults.contains { $0.contains(change.words) }, "\(faults)")
        _ = try open(mayWrite: true).rebuild()
        let left = try open().verify().faults
        #expect(left.isEmpty == change.mends, "\(left)")
    }

    @Test("a book that bears a right hash and is not what the entries come to is named")
    func forged() throws {
        let journal = try open(mayWrite: true)
        try journal.queue.write { db in
            var state = try journal.current(db)
            try state.book.apply(.cashMoved(CashMoved(amount: Money("5", .usdt), reason: "forged")), at: .earliest)
            try StoredBook.write(state, db)
        }
        #expect(
            try open().verify().faults == ["the stored account is not what the journal's entries come to; carillon journal rebuild makes it anew"])
    }

    @Test("content that is no longer kept may be gone, what a model was asked and answered may not")
    func aged() throws {
        let journal = try open(mayWrite: true), story = Story(journal: journal), later = story.at(180) + SQLiteJournal.contentAge + .days(1)
        try journal.commit(at: later) { _ in [.killSwitchSet(KillSwitchSet(engaged: true, reason: "test"))] }
        #expect(try journal.pruneBlobs(before: later - SQLiteJournal.contentAge) == 1)
        #expect(try journal.verify().faults == [])
        try change("DELETE FROM blobs")
        #expect(try journal.verify().faults.count == 2)
    }

    @Test("of many faults the first are named and the others counted")
    func many() throws {
        let journal = try open(mayWrite: true)
        for number in 0..<20 {
            try journal.commit(at: Story(journal: journal).at(300 + number)) { book in [Story(journal: journal).message(book, .notice, "\(number)")] }
        }
        try change("UPDATE messages SET seq = 1")
        let faults = try journal.verify().faults
        #expect(faults.count == 11 && faults.last?.hasSuffix("more readings that are missing or were changed") == true, "\(faults)")
    }

    @Test("a mark that was kept is found in the journal, and missed where entries are gone or others")
    func mark() throws {
        let journal = try open(), told = try #require(try journal.mark()), mark = try #require(ChainMark(told))
        #expect(mark.sequence == Int64(try journal.verify().entries))
        #expect(try journal.verify(against: mark).faults == [])
        #expect(ChainMark(mark.description.uppercased()) == mark)
        let other = try #require(ChainMark("\(mark.sequence):0000000000000000")), later = try #require(ChainMark("\(mark.sequence + 1):\(mark.hash)"))
        #expect(try journal.verify(against: other).faults.first?.contains("another entry") == true)
        #expect(try journal.verify(against: later).faults.first?.contains("cut off") == true)
    }

    @Test(
        "text that is no mark is none",
        arguments: ["", "7", "7:", "7:12", "0:da3f331409955608", "x:da3f331409955608", "7:da3f33140995560g", "7:da3f331409955608:"])
    func noMark(_ text: String) { #expect(ChainMark(text) == nil) }
}
