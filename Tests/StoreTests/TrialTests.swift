// The record of what was tried: each trial once, for ever, and never in the way of the chain.
import Events
import Foundation
import GRDB
import Kernel
import Ports
import Statistics
import Testing

@testable import Store

@Suite("Trials on record")
struct TrialTests {
    private let folder: TemporaryFolder
    private let data = TrialData(fingerprint: "f1", about: "[]")
    private let time = Timestamp(milliseconds: 1_767_621_600_000)

    init() throws { folder = try TemporaryFolder() }

    private func open() throws -> SQLiteJournal { try SQLiteJournal(path: folder.file("journal.sqlite")) }

    private func trial(_ rules: String, _ sharpe: Double? = 0.1, strategy: String = "trend") -> TrialRecord {
        TrialRecord(
            strategy: strategy, version: 1, rules: rules, parameters: "fast=9", days: 30,
            sharpe: sharpe.map { ProbabilisticSharpe(sharpe: $0, count: 30, skew: -0.5, kurtosis: 3.1) },
            finalEquity: "10001.000000000001", trades: 4)
    }

    @Test("a trial is on record once, however often it is run, and comes back as it was written")
    func once() throws {
        let journal = try open(), all = [trial("a", 1 / 3), trial("b", nil)]
        for _ in 0..<3 { try journal.count(all, on: data, by: "1", at: time) }
        #expect(try open().trials(of: "trend", on: data, by: "1") == all)
        #expect(try journal.trialSharpes(of: "trend") == [1 / 3, nil])
        #expect(try journal.trials(of: "trend", on: TrialData(fingerprint: "f2", about: ""), by: "1").isEmpty)
        #expect(try journal.trials(of: "trend", on: data, by: "2").isEmpty)
    }

    @Test("other rules, other candles and another strategy's name are other trials; another program's find is the newer one of the same")
    func distinct() throws {
        let journal = try open()
        try journal.count([trial("a"), trial("b"), trial("a", strategy: "other")], on: data, by: "1", at: time)
        try journal.count([trial("a", 0.7)], on: TrialData(fingerprint: "f2", about: "[]"), by: "1", at: time)
        #expect(try journal.trialSharpes(of: "trend").count == 3)
        #expect(try journal.trialSharpes(of: "other").count == 1)
        #expect(try journal.trialSharpes(of: "nobody").isEmpty)
        try journal.count([trial("a", 0.9)], on: data, by: "2", at: time)
        #expect(try journal.trialSharpes(of: "trend") == [0.9, 0.1, 0.7])
    }

    @Test("the order in which trials were written does not matter")
    func order() throws {
        let all = (0..<40).map { trial("r\($0)", Double($0) / 7) }, other = try SQLiteJournal(path: folder.file("other.sqlite"))
        let journal = try open()
        try journal.count(all, on: data, by: "1", at: time)
        for trial in all.reversed() { try other.count([trial], on: data, by: "1", at: time) }
        #expect(try journal.trialSharpes(of: "trend") == other.trialSharpes(of: "trend"))
        #expect(try journal.trials(of: "trend", on: data, by: "1") == other.trials(of: "trend", on: data, by: "1"))
    }

    @Test(
        "nobody changes or removes a trial",
        arguments: [
            "UPDATE trials SET sharpe = 9", "DELETE FROM trials", "UPDATE trial_data SET about = ''", "DELETE FROM trial_data"
        ])
    func appendOnly(_ sql: String) throws {
        let journal = try open()
        try journal.count([trial("a")], on: data, by: "1", at: time)
        #expect(throws: DatabaseError.self) { try journal.queue.write { try $0.execute(sql: sql) } }
        #expect(try journal.trialSharpes(of: "trend") == [0.1])
    }

    @Test("trials are no entries: the chain, the book and a rebuild know nothing of them, and no identity comes of them")
    func besideTheChain() throws {
        let journal = try open()
        try journal.count([trial("a")], on: data, by: "1", at: time)
        #expect(try journal.book().identity == nil)
        #expect(try journal.newestEntry() == nil)
        try Story(journal: journal).tell()
        let head = try journal.head(), count = try journal.verify().entries
        try journal.count([trial("b")], on: data, by: "1", at: time)
        #expect(try journal.head() == head)
        #expect(try journal.rebuild() == count)
        #expect(try journal.trialSharpes(of: "trend").count == 2)
        #expect(try open().verify().entries == count)
    }

    @Test("a journal from before there were trials is taken over with all it holds; one that is only read stays as it is")
    func olderFile() throws {
        let path = folder.file("journal.sqlite")
        try Migrations.migrator().migrate(try DatabaseQueue(path: path), upTo: "001-journal")
        let tables = { try DatabaseQueue(path: path).read { try $0.tableExists("trials") } }
        #expect(try !tables())
        // What an older program wrote: the story, in a file without the tables of trials.
        let written = try RawRows.ofStory(), old = folder.file("old.sqlite")
        let journal = try SQLiteJournal(path: old)
        try Story(journal: journal).tell()
        let head = try journal.head()
        try journal.queue.write { db in
            try db.execute(
                sql:
                    "DROP TABLE trials; DROP TABLE trial_data; DROP INDEX blobs_by_age; DELETE FROM grdb_migrations WHERE identifier != '001-journal'"
            )
        }
        let reading = try SQLiteJournal(path: old, mayWrite: false)
        #expect(try reading.head() == head)
        #expect(try reading.queue.read { try !$0.tableExists("trials") })
        let taken = try SQLiteJournal(path: old)
        #expect(try taken.head() == head)
        #expect(try taken.verify().entries == written.rows.count)
        try taken.count([trial("a")], on: data, by: "1", at: time)
        #expect(try taken.trialSharpes(of: "trend") == [0.1])
        // And the empty one.
        _ = try SQLiteJournal(path: path)
        #expect(try tables())
    }

    @Test("a bot that writes beside the lab loses nothing and waits for nobody long")
    func beside() async throws {
        let bot = try open(), lab = try open(), time = time
        try Story(journal: bot).tell()
        let before = try bot.verify().entries
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for round in 0..<20 {
                    let some = (0..<100).map {
                        TrialRecord(
                            strategy: "trend", version: 1, rules: "\(round)-\($0)", parameters: "", days: 1, sharpe: nil, finalEquity: "1", trades: 0)
                    }
                    #expect(throws: Never.self) { try lab.count(some, on: TrialData(fingerprint: "f", about: ""), by: "1", at: time) }
                }
            }
            group.addTask {
                for round in 0..<20 {
                    #expect(throws: Never.self) {
                        try bot.commit(at: time + .seconds(round + 1_000_000)) { _ in [.killSwitchSet(KillSwitchSet(engaged: true, reason: "test"))] }
                    }
                }
            }
        }
        #expect(try bot.verify().entries == before + 20)
        #expect(try lab.trialSharpes(of: "trend").count == 2_000)
    }
}
