// Two at a time: copies of the same command, a monitor beside a cycle, and a stranger who holds the
// database (faults 57, 64, 68).
import Glibc
import GRDB
import StrictJSON
import Testing

@Suite("Two at a time")
struct LockTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    /// Holds `HOME/name.lock` until it is let go.
    private func hold(_ name: String, _ home: String) throws -> Int32 {
        mkdir(home, 0o700)
        let file = open("\(home)/\(name).lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        try #require(file >= 0 && flock(file, LOCK_EX | LOCK_NB) == 0)
        return file
    }

    @Test("a second copy ends with 75; a monitor and a cycle do not keep each other waiting",
          arguments: [(lock: "cycle", refused: ["cycle", "run", "demo"], free: "monitor"), (lock: "monitor", refused: ["monitor", "run", "demo"], free: "cycle")])
    func F064_secondCopy(row: (lock: String, refused: [String], free: String)) async throws {
        let home = bench.home()
        let lock = try hold(row.lock, home)
        for command in row.refused {
            let ended = try await bench.run(command, home: home)
            #expect(ended.way == .exit(75))
            #expect(ended.firstError == "carillon: another carillon \(row.lock) is running on \(home) (exit 75)")
            #expect(!Files.exists(bench.journal(home)), "a refused copy makes nothing")
        }
        let beside = try await bench.run(row.free, home: home)
        #expect(beside.way == .exit(0), "\(beside)")
        close(lock)
        let after = try await bench.run(row.lock, home: home)
        #expect(after.way == .exit(0), "\(after)")
    }

    @Test("a cycle and a monitor that begin the same journal at the same moment both succeed")
    func beginTogether() async throws {
        for round in 1...8 {
            let home = bench.home("together-\(round)")
            mkdir(home, 0o700)
            let ended = try await Gate.processes.through {
                let children = try ["cycle", "monitor"].map { try bench.start([$0, "--home", home]) }
                return children.map { $0.wait(seconds: Bench.limit) }
            }
            #expect(ended.allSatisfy { $0.way == .exit(0) }, "\(ended)")
        }
    }

    @Test("an hour is run once: the second cycle says so and changes nothing")
    func F057_theSameHourAgain() async throws {
        let home = bench.home()
        let first = try await bench.run("cycle", "--json", home: home)
        #expect(first.way == .exit(0) && first.out.contains(#""outcome":"done""#), "\(first)")
        let hour = try JSONValue(parsing: first.out)["cycle"].string
        let before = try Chain(bench.journal(home)).links.count
        let second = try await bench.run("cycle", "--json", home: home)
        #expect(second.way == .exit(0))
        let json = try JSONValue(parsing: second.out)
        if try json["cycle"].string == hour {
            #expect(try json["outcome"].string == "alreadyDone")
            #expect(try Chain(bench.journal(home)).links.count == before)
        }
        let words = try await bench.run("cycle", home: home)
        if words.out.contains(hour) { #expect(words.out.contains("cycle \(hour) is already done; the next one is due at the full hour")) }
    }

    @Test("a database held by someone else for longer than five seconds ends the command with 75; nothing is lost")
    func F068_databaseHeld() async throws {
        let home = bench.home()
        #expect(try await bench.run("monitor", home: home).way == .exit(0))
        let before = try Chain(bench.journal(home)).links.count
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let stranger = try DatabaseQueue(path: bench.journal(home), configuration: configuration)
        try await stranger.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        async let cycle = bench.run("cycle", home: home)
        async let deposit = bench.run("account", "deposit", "10", home: home)
        for ended in try await [cycle, deposit] {
            #expect(ended.way == .exit(75))
            #expect(ended.firstError == "carillon: the journal is in use by another program for more than 5 s; nothing was written, try again (exit 75)")
        }
        try await stranger.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        #expect(try Chain(bench.journal(home)).links.count == before)
        let after = try await bench.run("cycle", home: home)
        #expect(after.way == .exit(0), "\(after)")
    }
}
