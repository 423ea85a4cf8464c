// Two at a time: copies of the same command, a monitor beside a cycle, and a stranger who holds the
// database (faults 57, 64, 68).
import CDispatch
import GRDB
import Glibc
import Kernel
import StrictJSON
import TestSupport
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

    /// A command beside whoever holds a lock and signed it so many seconds ago, however long the command waits for its turn.
    private func run(_ command: String, _ home: String, beside lock: Int32, age: Int) async throws -> Ended {
        try await Gate.processes.through {
            let then = time(nil) - age
            var times = [timespec(tv_sec: then, tv_nsec: 0), timespec(tv_sec: then, tv_nsec: 0)]
            #expect(futimens(lock, &times) == 0)
            return try bench.start([command, "--home", home]).wait(seconds: Bench.limit)
        }
    }

    @Test(
        "a second copy ends with 75; a monitor and a cycle do not keep each other waiting",
        arguments: [
            (lock: "cycle", refused: ["cycle", "run", "demo"], free: "monitor"), (lock: "monitor", refused: ["monitor", "run", "demo"], free: "cycle")
        ])
    func F064_secondCopy(row: (lock: String, refused: [String], free: String)) async throws {
        let home = bench.home()
        let lock = try hold(row.lock, home)
        for command in row.refused {
            let ended = try await run(command, home, beside: lock, age: 0)
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

    @Test(
        "a second copy whose first has shown no life for too long ends with 70, and names since when, who it is and what to do",
        arguments: [("monitor", 120, 75), ("monitor", 310, 70), ("cycle", 3_900, 75), ("cycle", 4_210, 70)] as [(String, Int, Int32)])
    func standsStill(_ name: String, _ age: Int, _ code: Int32) async throws {
        let home = bench.home()
        let lock = try hold(name, home)
        _ = pwrite(lock, "4711\n", 5, 0)
        let ended = try await run(name, home, beside: lock, age: age)
        #expect(ended.way == .exit(code), "\(ended)")
        if code == 70 {
            #expect(ended.firstError.contains("another carillon \(name) holds \(home) and has shown no life since 20"), "\(ended)")
            #expect(ended.firstError.contains("ps -fp 4711 shows it") && ended.firstError.contains("kill -KILL 4711 ends it"), "\(ended)")
        }
        #expect(!Files.exists(bench.journal(home)), "a refused copy makes nothing")
        close(lock)
    }

    @Test("whoever takes a lock signs it, and run signs its monitor's again after each step; a stopped run is found by what stands in the file")
    func signs() async throws {
        let home = bench.home(), settings = bench.write("quick.yaml", "cycle: {monitorInterval: 1 s}\n"), file = home + "/monitor.lock"
        mkdir(home, 0o700)
        Files.write([], to: file)
        @Sendable func age() { utimensat(AT_FDCWD, file, [timespec(tv_sec: 1_000, tv_nsec: 0), timespec(tv_sec: 1_000, tv_nsec: 0)], 0) }
        @Sendable func isFresh() -> Bool {
            var info = stat()
            return stat(file, &info) == 0 && info.st_mtim.tv_sec > 1_000
        }
        age()
        let (ended, second) = try await Gate.processes.through {
            let child = try bench.start(["run", "--home", home, "--config", settings])
            while !Files.exists(home + "/monitor.heartbeat") || !isFresh(), !child.ends(within: 5) {}
            // Taken long ago; the next step signs it.
            age()
            while !isFresh(), !child.ends(within: 5) {}
            child.signal(SIGSTOP)
            age()
            let second = try bench.start(["monitor", "--home", home, "--config", settings]).wait(seconds: Bench.limit)
            let number = Int32(Files.text(file).prefix { $0 != "\n" }) ?? 0
            #expect(number > 1 && kill(number, 0) == 0)
            child.signal(SIGCONT)
            child.signal(SIGTERM)
            return (child.wait(seconds: Bench.limit), second)
        }
        #expect(ended.way == .exit(0), "\(ended)")
        #expect(second.way == .exit(70) && second.firstError.contains("has shown no life since 1970-01-01T00:16:40Z"), "\(second)")
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

    @Test("a database held by someone else for longer than five seconds ends the command with 74, which is no success of a unit; nothing is lost")
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
            #expect(ended.way == .exit(74))
            #expect(
                ended.firstError == "carillon: the journal is in use by another program, which does not end; nothing was written, try again (exit 74)"
            )
        }
        try await stranger.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        #expect(try Chain(bench.journal(home)).links.count == before)
        let after = try await bench.run("cycle", home: home)
        #expect(after.way == .exit(0), "\(after)")
    }
}
