// Kills while the database is made, while its log is written back, and the polite end of `run`
// (faults 10 to 12).
import GRDB
import Glibc
import StrictJSON
import TestSupport
import Testing

@Suite("Starting and stopping")
struct StartAndStopTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    private func verified(_ home: String) async throws {
        let ended = try await bench.run("journal", "verify", home: home)
        #expect(ended.way == .exit(0), "\(ended)")
    }

    @Test("killed while the database is made, it starts the next time as if it were the first")
    func F010_killedWhileTheDatabaseIsMade() async throws {
        let first = try await bench.demo(bench.home("first"), hours: 1)
        var kills = 0
        for round in 0..<12 {
            let home = bench.home("fresh-\(round)"), journal = bench.journal(home)
            // At the first sight of the file, and then a little later each time.
            let child = try await Gate.processes.through {
                let child = try bench.start(DemoFacts.arguments(home, hours: 1, seed: 7))
                while !Files.exists(journal), !child.ends(within: 0) {}
                _ = round > 3 && child.ends(within: (round - 3) * 2)
                child.signal(SIGKILL)
                return child.wait(seconds: Bench.limit)
            }
            // On a busy machine the demo may end before the one who kills it is awake.
            #expect(child.way == .signal(SIGKILL) || child.way == .exit(0), "\(child)")
            kills += child.way == .signal(SIGKILL) ? 1 : 0
            let facts = try await bench.demo(home, hours: 1)
            #expect(facts.hash == first.hash && facts.isSound, "round \(round): \(facts)")
            Files.remove(home)
        }
        #expect(kills > 0)
    }

    @Test("killed while the log is written back into the database, nothing is lost", .drilled)
    func F011_killedDuringACheckpoint() async throws {
        let whole = try await bench.demo(bench.home("whole"), hours: 3)
        var hits = 0
        // Six kills, and more where none of them fell into the moment: how often one does is the machine's business.
        for round in 0..<40 where round < 6 || hits == 0 {
            let home = bench.home("checkpoint-\(round)"), journal = bench.journal(home)
            // Killed without a checkpoint: everything is in the log alone.
            let killed = try await bench.kill(home, hours: 3, commit: whole.commits - 1, "after")
            #expect(killed.way == .signal(SIGKILL) && (Files.size(journal + "-wal") ?? 0) > 100_000, "\(killed)")
            let before = Files.size(journal)
            let ended = try await bench.runAndKill(DemoFacts.arguments(home, hours: 3, seed: 7)) { Files.size(journal) != before }
            if ended.way == .signal(SIGKILL), Files.exists(journal + "-wal") { hits += 1 }
            let facts = try await bench.demo(home, hours: 3)
            #expect(facts.hash == whole.hash && facts.isSound, "round \(round): \(facts)")
            try await verified(home)
            Files.remove(home)
        }
        #expect(hits > 0, "at least one kill fell between the first page written back and the end")
    }

    @Test("SIGTERM ends run with 0 after the step under way, and the journal is whole", arguments: [SIGTERM, SIGINT])
    func F012_terminated(signal: Int32) async throws {
        let home = bench.home("run-\(signal)")
        let ended = try await Gate.processes.through {
            let child = try bench.start(["run", "--home", home])
            // The monitor's first step is done; the cycle may still be under way.
            while !Files.exists(home + "/monitor.heartbeat"), !child.ends(within: 5) {}
            child.signal(signal)
            return child.wait(seconds: Bench.limit)
        }
        #expect(ended.way == .exit(0), "\(ended)")
        try await verified(home)
        let again = try await bench.run("cycle", "--json", home: home)
        #expect(again.way == .exit(0), "\(again)")
        let hours = try Chain(bench.journal(home)).of("cycleClosed").map(\.key)
        #expect(!hours.isEmpty && Set(hours).count == hours.count, "each hour was run once: \(hours)")
    }

    @Test("where one half of run cannot go on, run ends: nothing is bought that nobody looks after")
    func halfOfRunEnds() async throws {
        let home = bench.home(), settings = bench.write("quick.yaml", "cycle: {monitorInterval: 1 s}\n")
        let ended = try await Gate.processes.through {
            let child = try bench.start(["run", "--home", home, "--config", settings])
            // Both have done their first round: the cycle's file is made after it.
            while !Files.exists(home + "/monitor.heartbeat") || !Files.exists(home + "/reserve"), !child.ends(within: 5) {}
            // One of them may just be writing.
            var patient = Configuration()
            patient.busyMode = .timeout(Double(Bench.limit))
            try DatabaseQueue(path: bench.journal(home), configuration: patient).write {
                try $0.execute(sql: "INSERT INTO events SELECT max(seq) + 1, max(at), 'cycleMissed', '', '{}', zeroblob(32) FROM events")
            }
            return child.wait(seconds: Bench.limit)
        }
        #expect(ended.way == .exit(65), "\(ended)")
        #expect(ended.error.contains("is missing or was changed: restore the newest backup, or begin anew in another --home; nothing was written"))
    }
}
