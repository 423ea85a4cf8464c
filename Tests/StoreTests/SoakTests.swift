// Several processes commit at once while the log is copied again and again. The processes are this test's own binary,
// started with `SoakWriter` alone. CARILLON_SOAK says how many commits, for a longer run (`make soak`).
import Events
import Foundation
import GRDB
import Kernel
import Ports
import TestSupport
import Testing

@testable import Store

private let variables = ProcessInfo.processInfo.environment

@Suite("Commits of several processes")
struct SoakTests {
    private static let writers = 3

    @Test(
        "while one process copies the log all the time and three commit, no commit is lost, and file and chain are whole",
        .enabled(if: variables["CARILLON_SOAK_JOURNAL"] == nil))
    func soak() throws {
        let each = (variables["CARILLON_SOAK"].flatMap { Int($0) } ?? 900) / Self.writers
        let folder = try TemporaryFolder(), path = folder.file("journal.sqlite")
        let journal = try SQLiteJournal(path: path, patience: 120)
        let processes = try (0..<Self.writers).map { try start(path, commits: each, output: folder.file("writer-\($0)")) }
        var copies = 0
        while !processes.allSatisfy({ $0.ends(within: 0) }) {
            try journal.checkpoint()
            copies += 1
            sched_yield()
        }
        for process in processes {
            let ended = process.wait(seconds: 60)
            #expect(ended.way == .exit(0), "\(ended)")
        }
        #expect(copies > 10)
        #expect(try journal.verify().entries == each * Self.writers)
        #expect(try journal.book().main.cash == FixedDecimal(each * Self.writers))
        #expect(try journal.queue.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") } == ["ok"])
        print("\(each * Self.writers) commits by \(Self.writers) processes, \(copies) checkpoints, SQLite \(SQLiteJournal.sqliteVersion)")
    }

    private func start(_ path: String, commits: Int, output: String) throws -> Child {
        try Child(
            [URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path, "--testing-library", "swift-testing", "--filter", "SoakWriter"],
            environment: variables.merging(["CARILLON_SOAK_JOURNAL": path, "CARILLON_SOAK": "\(commits)"]) { $1 }, folder: "/", output: output)
    }
}

@Suite("One of them")
struct SoakWriter {
    @Test("commits one after another, each a deposit of 1", .enabled(if: variables["CARILLON_SOAK_JOURNAL"] != nil))
    func write() throws {
        let path = try #require(variables["CARILLON_SOAK_JOURNAL"]), commits = try #require(variables["CARILLON_SOAK"].flatMap { Int($0) })
        let journal = try SQLiteJournal(path: path, patience: 120)
        for number in 0..<commits {
            try journal.commit(at: Timestamp(milliseconds: Int64(number))) { _ in [.cashMoved(CashMoved(amount: Money("1", .usdt), reason: "soak"))] }
        }
    }
}
