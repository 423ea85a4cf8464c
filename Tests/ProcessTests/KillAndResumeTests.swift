// The real program, killed at every boundary of its journal and started again: it ends with the same
// journal, to the last byte, as if nothing had happened (faults 1 to 8).
import Kernel
import StrictJSON
import TestSupport
import Testing

/// Seven hours hold two hours with entries, both kinds of partial exit and closed trades.
private let hours = 7

@Suite("Killed and started again", .drilled)
struct KillAndResumeTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    /// What the uninterrupted run came to, run once for all tests.
    private static let whole = Task { () async throws -> DemoFacts in
        let bench = try Bench()
        return try await bench.demo(bench.home(), hours: hours)
    }

    /// Kills at one boundary, shows the journal as it was left, starts again and compares the end.
    private func check(_ commit: Int, _ moment: String, _ left: (Chain) throws -> Void = { _ in }) async throws -> Chain {
        let home = bench.home("\(commit)-\(moment)")
        let killed = try await bench.kill(home, hours: hours, commit: commit, moment)
        #expect(killed.way == .signal(9), "commit \(commit) \(moment)")
        try left(try Chain(bench.journal(home)))
        let facts = try await bench.demo(home, hours: hours), whole = try await Self.whole.value
        #expect(facts.hash == whole.hash && facts.isSound, "commit \(commit) \(moment): \(facts)")
        let chain = try Chain(bench.journal(home))
        #expect(Set(chain.of("orderSubmitted").map(\.body)).count == chain.count("orderSubmitted"), "no order is announced twice")
        return chain
    }

    @Test("a kill before the cycle's row leaves no cycle; the hour is run by the next start")
    func F001_killedBeforeTheCycleIsCommitted() async throws {
        _ = try await check(2, "before") { left in
            #expect(left.kinds == ["journalOpened", "accountOpened", "cashMoved", "tradingDayStarted"])
        }
    }

    @Test("a kill after the data were fetched leaves a snapshot and no opinion; nothing was sent")
    func F002_killedAfterTheSnapshot() async throws {
        _ = try await check(2, "after") { left in
            #expect(left.kinds.suffix(2) == ["cycleOpened", "snapshotTaken"] && left.count("opinionsGiven") == 0 && left.count("orderSubmitted") == 0)
        }
    }

    @Test("a decision and its orders are one commit: a kill leaves both or neither")
    func F004_killedBetweenDecisionAndIntent() async throws {
        _ = try await check(3, "before") { left in #expect(left.count("decided") == 0 && left.count("orderSubmitted") == 0) }
        var announced: [String] = []
        let chain = try await check(3, "after") { left in
            #expect(left.count("decided") == 1 && left.count("orderSubmitted") == 3)
            announced = left.of("orderSubmitted").map(\.body)
        }
        #expect(chain.of("orderSubmitted").prefix(3).map(\.body) == announced, "the same client ids")
    }

    @Test("a kill after the intent leaves orders of unknown fate; each is answered once, under its own id")
    func F005_killedAfterTheIntent() async throws {
        let chain = try await check(3, "after") { left in
            #expect(left.kinds.last == "orderSubmitted" && left.count("orderChanged") == 0)
        }
        let changed = chain.of("orderChanged").map(\.key)
        #expect(Set(changed).count == changed.count, "one fill for each id: \(changed)")
    }

    @Test("a kill while orders are out: those that were answered stay answered, the others are asked for")
    func F006_killedBeforeTheReply() async throws {
        _ = try await check(5, "before") { left in
            #expect(left.count("orderSubmitted") == 3 && left.count("orderChanged") == 1 && left.count("positionOpened") == 1)
        }
    }

    @Test("a kill after the reply and before its commit loses no fill and doubles none")
    func F007_killedBeforeTheResultIsCommitted() async throws {
        let chain = try await check(4, "before") { left in #expect(left.count("orderSubmitted") == 3 && left.count("orderChanged") == 0) }
        #expect(chain.count("positionOpened") == chain.of("orderSubmitted").count { $0.body.contains(#""side":"buy""#) })
    }

    @Test("a fill and the stop that protects it are one commit: no kill leaves a position without it")
    func F008_killedAfterTheFill() async throws {
        _ = try await check(4, "after") { left in
            #expect(left.kinds.suffix(3) == ["orderChanged", "positionOpened", "messageQueued"])
            #expect(left.of("positionOpened").allSatisfy { $0.body.contains("stop") })
        }
    }

    /// Nobody is at work at three o'clock, which is caught up seven minutes late, nor at five, which is found too late.
    private static let absences = ["CARILLON_ABSENCES": "2026-01-05T02:30:00Z/2026-01-05T04:07:00Z,2026-01-05T04:40:00Z/2026-01-05T05:25:00Z"]

    @Test("killed before and after every commit of seven hours, one of them late and one caught up, it always ends with the same journal")
    func everyBoundary() async throws {
        let home = bench.home("every"), whole = try await bench.demo(home, hours: hours, Self.absences), chain = try Chain(bench.journal(home))
        #expect(chain.count("cycleMissed") == 2 && chain.of("cycleOpened").count { $0.body.contains(#""isCatchUp":true"#) } == 1)
        // The opening entry is written before the kill counts.
        let boundaries = (1..<whole.commits).flatMap { commit in ["before", "after"].map { (commit, $0) } }
        #expect(boundaries.count >= 60 && whole.imbalance == "0" && whole.entries >= 4, "\(whole)")
        await withTaskGroup(of: Void.self) { group in
            for (commit, moment) in boundaries {
                group.addTask {
                    do {
                        let home = bench.home("every-\(commit)-\(moment)")
                        let killed = try await bench.kill(home, hours: hours, commit: commit, moment, Self.absences)
                        #expect(killed.way == .signal(9), "commit \(commit) \(moment): \(killed)")
                        let facts = try await bench.demo(home, hours: hours, Self.absences)
                        #expect(facts.hash == whole.hash && facts.imbalance == "0", "commit \(commit) \(moment): \(facts)")
                        Files.remove(home)
                    } catch { Issue.record(error, "commit \(commit) \(moment)") }
                }
            }
        }
    }

    @Test("killed at random moments, again and again, it ends with the same journal", arguments: [1, 2, 3] as [UInt64])
    func randomKills(seed: UInt64) async throws {
        var dice = SplitMix64(seed: seed)
        let home = bench.home("random")
        var kills = 0
        for round in 1...12 {
            let delay = dice.below(60 * round)
            let ended = try await bench.runAndKill(DemoFacts.arguments(home, hours: hours, seed: 7), after: delay)
            if ended.way == .exit(0) { break }
            #expect(ended.way == .signal(9), "\(ended)")
            kills += 1
        }
        let facts = try await bench.demo(home, hours: hours), whole = try await Self.whole.value
        #expect(facts.hash == whole.hash && facts.isSound && kills > 0, "\(kills) kills: \(facts)")
    }
}

extension Bench {
    /// Runs the program and kills it after `milliseconds`, if it still lives then.
    func runAndKill(_ arguments: [String], after milliseconds: Int) async throws -> Ended {
        try await Gate.processes.through {
            let child = try self.start(arguments)
            if !child.ends(within: milliseconds) { child.signal(9) }
            return child.wait(seconds: Self.limit)
        }
    }

    /// Runs the program and kills it as soon as `moment` holds, looked at without a pause.
    func runAndKill(_ arguments: [String], _ number: Int32 = 9, when moment: @escaping @Sendable () -> Bool) async throws -> Ended {
        try await Gate.processes.through {
            let child = try self.start(arguments)
            while !moment(), !child.ends(within: 0) {}
            child.signal(number)
            return child.wait(seconds: Self.limit)
        }
    }
}
