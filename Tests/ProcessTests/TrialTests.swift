// Trials as the lab's commands count them: each once, in the home's journal, killed or not, beside a bot or alone.
import GRDB
import Glibc
import Kernel
import StrictJSON
import TestSupport
import Testing

@Suite("Counted trials")
struct TrialTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    /// More combinations than are run before the first rows are written.
    #if DEBUG
        private static let many = 6_000
    #else
        private static let many = 60_000
    #endif

    /// Hours with a fall in every other wave, so that days have gains and losses.
    private static func hours(_ count: Int) -> String {
        (0..<count).reduce(into: "ts,open,high,low,close,volume\n") { text, hour in
            let price = 1_000 + (hour / 40 % 2 == 0 ? hour % 40 : 40 - hour % 40) * 5 + hour * 7 % 31
            text += "\(1_704_067_200_000 + hour * 3_600_000),\(price),\(price + 6),\(price - 6),\(price + 1),2.5\n"
        }
    }

    private var candles: String { bench.write("AAAUSDT-1h.csv", Self.hours(1_200)) }

    private func rows(_ home: String) throws -> [Row] {
        guard Files.exists(bench.journal(home)) else { return [] }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        return try DatabaseQueue(path: bench.journal(home), configuration: configuration).read { db in
            try db.tableExists("trials") ? Row.fetchAll(db, sql: "SELECT * FROM trials ORDER BY rules") : []
        }
    }

    private func json(_ ended: Ended) throws -> JSONNode {
        try #require(ended.way == .exit(0), "\(ended)")
        return try JSONValue(parsing: ended.out).node
    }

    @Test("a backtest counts once however often it runs; a second trial makes a deflated Sharpe ratio")
    func counted() async throws {
        let home = bench.home(), file = candles
        let arguments = ["backtest", "bench-w4", "--candles", file, "--home", home, "--json"]
        for _ in 0..<2 {
            let first = try await json(bench.run(arguments))
            #expect(try first["trials"]["on_record"].int == 1)
            #expect(
                try first["statistics"]["dsr"].optional == nil
                    && first["statistics"]["reasons"]["dsr"].string == "fewer than 2 trials have a Sharpe ratio")
        }
        let second = try await json(bench.run(arguments + ["--set", "fast=5"]))
        #expect(try second["trials"]["on_record"].int == 2)
        let dsr = try second["statistics"]["dsr"].double, psr = try second["statistics"]["psr_vs_0"].double
        #expect(dsr > 0 && dsr < psr)
        let rows = try rows(home)
        #expect(Set(rows.map { $0["parameters"] as String }) == ["fast=9 slow=20 cap=70", "fast=5 slow=20 cap=70"])
        #expect(rows.allSatisfy { $0["strategy"] == "bench-w4" && $0["version"] == 1 && $0["days"] == 50 && $0["program"] == "0.1.0" })
        let text = try await bench.run(["backtest", "bench-w4", "--candles", file, "--home", home, "--fast"])
        #expect(text.out.contains("\ntrials     2 of this strategy on record\n"), "\(text)")
        // Other candles are another trial.
        let later = try await json(bench.run(arguments + ["--from", "2024-01-03"]))
        #expect(try later["trials"]["on_record"].int == 3)
    }

    @Test("a backtest of values that an optimiser tried is the same trial, and has its row's figures")
    func sameTrial() async throws {
        let home = bench.home(), file = candles
        let tried = try await json(bench.run(["optimise", "bench-w4", "--candles", file, "--home", home, "--json", "--top", "1"]))
        #expect(try tried["trials"]["on_record"].int == 1_000 && tried["tried"].int == 1_000)
        let best = try tried["best"].array[0]
        let set = try ["fast", "slow", "cap"].flatMap { ["--set", "\($0)=\(try best["parameters"][$0].decimal)"] }
        let alone = try await json(bench.run(["backtest", "bench-w4", "--candles", file, "--home", home, "--json"] + set))
        #expect(try alone["trials"]["on_record"].int == 1_000 && alone["final_equity"].decimal == best["final_equity"].decimal)
        #expect(
            try alone["statistics"]["sr_per_period"].double == best["sr_per_period"].double && alone["statistics"]["dsr"].double == best["dsr"].double
        )
        #expect(try rows(home).count == 1_000)
    }

    @Test("killed, an optimiser goes on where it was, and its table is that of one that was not")
    func killed() async throws {
        let home = bench.home(), whole = bench.home("whole"), file = candles
        let strategy = bench.write(
            "many.yaml",
            """
            name: many
            timeframe: 1h
            parameters:
              fast: {default: 9, min: 5, max: 104, step: 1}
              slow: {default: 20, min: 110, max: 209, step: 1}
              cap: {default: 70, min: 50, max: 79, step: 1}
            entry: crosses_above(ema(fast), ema(slow)) and rsi(14) < cap

            """)
        let arguments = ["optimise", strategy, "--candles", file, "--random", "\(Self.many)", "--json"]
        let ended = try await Gate.processes.through {
            let child = try bench.start(arguments + ["--home", home])
            // While the file is being made it cannot always be read.
            while (try? rows(home).isEmpty) ?? true, !child.ends(within: 5) {}
            child.signal(SIGKILL)
            return child.wait(seconds: 10)
        }
        #expect(ended.way == .signal(SIGKILL))
        let kept = try rows(home).count
        #expect(kept > 0 && kept < Self.many)
        let again = try await bench.run(arguments + ["--home", home]), straight = try await bench.run(arguments + ["--home", whole])
        #expect(again.out == straight.out && again.way == .exit(0), "\(again) \(straight)")
        let resumed = try #require(Int(again.error.split(separator: " ").first ?? ""))
        #expect(resumed >= kept && again.error == "\(resumed) trials were on record, \(Self.many - resumed) were run\n")
        #expect(straight.error.isEmpty)
        let columns = ["strategy", "rules", "data", "parameters", "equity"]
        let (one, other) = (try rows(home), try rows(whole))
        #expect(
            one.count == Self.many && one.map { row in columns.map { row[$0] as String } } == other.map { row in columns.map { row[$0] as String } })
        let third = try await bench.run(arguments + ["--home", home])
        #expect(third.out == straight.out && third.error == "\(Self.many) trials were on record, 0 were run\n")
    }

    @Test(
        "a home that cannot be written stops nothing: the trial is not counted, and the report says why",
        arguments: [["backtest", "bench-w4"], ["optimise", "bench-w4", "--random", "5"]])
    func noHome(_ command: [String]) async throws {
        let file = candles, home = file + "/home"
        let text = try await bench.run(command + ["--candles", file, "--home", home])
        #expect(text.way == .exit(0) && text.out.contains("not counted, so nothing can be deflated: cannot make or write \(home)"), "\(text)")
        let facts = try await json(bench.run(command + ["--candles", file, "--home", home, "--json"]))
        #expect(try facts["trials"]["on_record"].optional == nil && facts["trials"]["not_counted"].string.hasPrefix("cannot make or write"))
    }

    @Test("a database that somebody holds stops nothing either")
    func held() async throws {
        let home = bench.home(), file = candles
        _ = try await bench.run(["backtest", "bench-w4", "--candles", file, "--home", home])
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let stranger = try DatabaseQueue(path: bench.journal(home), configuration: configuration)
        try await stranger.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        let ended = try await bench.run(["backtest", "bench-w4", "--candles", file, "--home", home, "--set", "fast=5"])
        #expect(
            ended.way == .exit(0) && ended.out.contains("not counted, so nothing can be deflated: the journal is in use by another program"),
            "\(ended)")
        try await stranger.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        #expect(try rows(home).count == 1)
    }

    @Test("a home where only the lab was has no account: commands say there is no journal yet, and a cycle begins one")
    func labAlone() async throws {
        let home = bench.home(), file = candles
        _ = try await bench.run(["backtest", "bench-w4", "--candles", file, "--home", home])
        for command in [["status"], ["report"], ["journal", "verify"], ["journal", "rebuild"], ["account", "deposit", "10"]] {
            let ended = try await bench.run(command + ["--home", home])
            #expect(ended.way == .exit(69) && ended.firstError.contains("no journal in \(home) yet"), "\(command) \(ended)")
        }
        #expect(try await bench.run("monitor", home: home).way == .exit(0))
        #expect(try await bench.run("journal", "verify", home: home).way == .exit(0))
        #expect(try rows(home).count == 1 && Chain(bench.journal(home)).count("journalOpened") == 1)
    }

    @Test("in a bot's home the chain stays what it was, and its commands go on")
    func botsHome() async throws {
        let home = bench.home(), file = candles
        _ = try await bench.demo(home, hours: 2)
        let before = try Chain(bench.journal(home)).links.map(\.body)
        _ = try await bench.run(["optimise", "bench-w4", "--candles", file, "--home", home, "--random", "9"])
        #expect(try rows(home).count == 9 && Chain(bench.journal(home)).links.map(\.body) == before)
        for command in [["journal", "verify"], ["journal", "rebuild"], ["status"]] {
            #expect(try await bench.run(command + ["--home", home]).way == .exit(0), "\(command)")
        }
        #expect(try rows(home).count == 9)
    }

    @Test("a benchmark writes nothing and says nothing of trials")
    func benchmark() async throws {
        let home = bench.home(), file = candles
        for command in [["backtest", "bench-w4"], ["optimise", "bench-w4"]] {
            let ended = try await bench.run(command + ["--bench", "--candles", file, "--home", home])
            #expect(ended.way == .exit(0) && !ended.out.contains("trials") && ended.error.isEmpty, "\(ended)")
        }
        #expect(!Files.exists(home))
    }
}
