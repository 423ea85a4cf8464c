// What a person or a script gets wrong: one row an input, with the exit code and the exact first line that
// says what, where and what to do. Nothing is made or changed by any of them.
import Glibc
import Kernel
import StrictJSON
import TestSupport
import Testing

@Suite("Bad input")
struct BadInputTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    struct Row: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let code: Int32
        let line: String
        var testDescription: String { arguments.joined(separator: " ") }
        init(_ arguments: String, _ code: Int32, _ line: String) {
            self.arguments = arguments.split(separator: " ").map(String.init)
            self.code = code
            self.line = line
        }
    }

    @Test(
        "without a journal: a wrong command line is told, and no home is made",
        arguments: [
            Row("frobnicate", 64, "Error: Unexpected argument 'frobnicate'"),
            Row("demo --hours 0", 64, "Error: --hours is 1 to 87600"),
            Row("demo --hours many", 64, "Error: The value 'many' is invalid for '--hours <hours>'"),
            Row("demo --hours 2 --seed -1", 64, "Error: Missing value for '--seed <seed>'"),
            Row("demo --candles x --seed 3", 64, "Error: --seed is for the synthetic market, --candles brings its own prices"),
            Row("demo --candles x", 64, "Error: --candles needs --start, e.g. --start 2022-11-04T00:00:00Z"),
            Row("demo --start yesterday", 64, "Error: --start 'yesterday' is not a time; write e.g. 2022-11-04T00:00:00Z"),
            Row("demo --candles nothing --start 2022-11-04T00:00:00Z", 65, "carillon: candle files: nothing: no such file or folder (exit 65)"),
            Row("breaker reset streak", 64, "Error: Missing expected argument '--reason <reason>'"),
            Row("breaker reset nothing --reason x", 64, "Error: The value 'nothing' is invalid for '<name>'"),
            Row("account deposit much", 64, "carillon: 'much' is not an amount; write e.g. 250.50 (exit 64)"),
            Row("account deposit 0", 64, "carillon: '0' is not an amount; write e.g. 250.50 (exit 64)"),
            Row("account withdraw 1,5", 64, "carillon: '1,5' is not an amount; write e.g. 250.50 (exit 64)"),
            Row("close", 64, "Error: name one pair (carillon close LINK/USDT) or say --all"),
            Row("close BTC/USDT --all", 64, "Error: name one pair (carillon close LINK/USDT) or say --all"),
            Row("report year", 64, "Error: The value 'year' is invalid for '<period>'"),
            Row("status", 69, "carillon: no journal in HOME yet; carillon cycle --home HOME starts one, or name another --home (exit 69)"),
            Row("report day", 69, "carillon: no journal in HOME yet; carillon cycle --home HOME starts one, or name another --home (exit 69)"),
            Row("explain T0001", 69, "carillon: no journal in HOME yet; carillon cycle --home HOME starts one, or name another --home (exit 69)"),
            Row("journal verify", 69, "carillon: no journal in HOME yet; carillon cycle --home HOME starts one, or name another --home (exit 69)"),
            Row("journal replay", 69, "carillon: no journal in HOME yet; carillon cycle --home HOME starts one, or name another --home (exit 69)"),
            Row("journal rebuild", 69, "carillon: no journal in HOME yet; carillon cycle --home HOME starts one, or name another --home (exit 69)"),
            Row("resume", 69, "carillon: no journal in HOME yet; carillon cycle --home HOME starts one, or name another --home (exit 69)"),
            Row("account deposit 5", 69, "carillon: no journal in HOME yet; carillon cycle --home HOME starts one, or name another --home (exit 69)")
        ])
    func withoutJournal(row: Row) async throws {
        let home = bench.home()
        let takesHome = row.arguments[0] != "frobnicate"
        let ended = try await bench.run(row.arguments + (takesHome ? ["--home", home] : []))
        #expect(ended.way == .exit(row.code) && ended.out.isEmpty, "\(ended)")
        #expect(ended.firstError.hasPrefix(row.line.replacing("HOME", with: home)), "\(ended.error)")
        #expect(!Files.exists(home))
    }

    @Test("a command line that lost its words is no success", arguments: ["", "journal", "order", "prompts", "candles", "telegram"])
    func lostWords(group: String) async throws {
        let ended = try await bench.run(group.isEmpty ? [] : [group])
        #expect(ended.way == .exit(64) && ended.out.isEmpty && ended.error.contains("SUBCOMMANDS:"), "\(ended)")
        #expect(ended.error.hasSuffix("carillon: name one of the commands above (exit 64)\n"))
    }

    @Test(
        "with a journal: what it does not hold is told, and it is not changed",
        arguments: [
            Row(
                "explain NOPE", 65,
                "carillon: the journal has no 'NOPE'; write e.g. T0003 or C2026010514; see: carillon trades --home HOME (exit 65)"),
            Row(
                "explain T9999", 65,
                "carillon: the journal has no 'T9999'; write e.g. T0003 or C2026010514; see: carillon trades --home HOME (exit 65)"),
            Row("account withdraw 5000", 65, "carillon: only FREE USDT is free; nothing was withdrawn (exit 65)"),
            Row("close XXX/USDT", 64, "carillon: XXX/USDT is not open; open: OPEN (exit 64)"),
            Row(
                "demo --hours 1 --seed 8", 78,
                "carillon: this home holds the journal of another world: paper, synthetic:7 from 2026-01-05T00:00:00Z, not paper, "
                    + "synthetic:8 from 2026-01-05T00:00:00Z; use another --home; nothing was written (exit 78)"),
            Row(
                "demo --hours 1 --start 2026-01-06T00:00:00Z", 78,
                "carillon: this home holds the journal of another world: paper, synthetic:7 from 2026-01-05T00:00:00Z, "
                    + "not paper, synthetic:7 from 2026-01-06T00:00:00Z; use another --home; nothing was written (exit 78)")
        ])
    func withJournal(row: Row) async throws {
        let home = bench.home()
        _ = try await bench.demo(home, hours: 1)
        let status = try JSONValue(parsing: try await bench.run("status", "--json", home: home).out)
        let open = try status["positions"].array.map { try $0["symbol"].string }.joined(separator: ", ")
        let free = try status["cash"].decimal.description
        let before = try Chain(bench.journal(home)).links.count
        let ended = try await bench.run(row.arguments + ["--home", home])
        #expect(ended.way == .exit(row.code) && ended.out.isEmpty, "\(ended)")
        #expect(ended.firstError == row.line.replacing("HOME", with: home).replacing("OPEN", with: open).replacing("FREE", with: free))
        #expect(try Chain(bench.journal(home)).links.count == before)
    }

    @Test("a demo that names no home keeps its hours apart from real ones, and says where they are")
    func demoWithoutHome() async throws {
        let state = ["XDG_STATE_HOME": bench.home("state"), "HOME": bench.folder]
        let demo = try await bench.run(["demo", "--hours", "1", "--seed", "7"], state)
        let place = bench.home("state") + "/carillon/demo/synthetic-7-2026-01-05T00"
        #expect(
            demo.way == .exit(0) && demo.out.contains("\(Program.path) explain T000") && demo.out.contains(" --home \(place)   why a trade happened"),
            "\(demo)")
        #expect(try await bench.run(["demo", "--hours", "1", "--seed", "8"], state).way == .exit(0))
        #expect(try await bench.run(["demo", "--hours", "1", "--seed", "7", "--crash"], state).way == .exit(0))
        #expect(Files.exists(place + "/journal.sqlite") && !Files.exists(bench.home("state") + "/carillon/journal.sqlite"))
        #expect(try await bench.run(["cycle"], state).way == .exit(0))
    }

    @Test("a demo of the future in a home stops the commands of real time", arguments: ["cycle", "monitor", "run"])
    func entriesInTheFuture(command: String) async throws {
        let home = bench.home()
        let demo = try await bench.run(["demo", "--hours", "1", "--seed", "7", "--start", "2199-01-01T00:00:00Z", "--json", "--home", home])
        #expect(demo.way == .exit(0), "\(demo)")
        let ended = try await bench.run(command, home: home)
        #expect(ended.way == .exit(78) && ended.out.isEmpty)
        #expect(
            ended.firstError.hasPrefix(
                "carillon: this home holds the journal of another world: paper, synthetic:7 from 2199-01-01T00:00:00Z, "
                    + "with entries up to 2199-01-01T00:00:00Z, not paper, synthetic:7 at "), "\(ended.error)")
    }

    @Test(
        "broken settings are named with line and column, and nothing is made",
        arguments: [
            ("cycle:\n  intervall: 60 min\n", "2:3: unknown key 'intervall'. Did you mean 'interval'?"),
            ("cycle:\n  candles: many\n", "2:12: cycle.candles is 'many', expected a whole number such as 3"),
            ("risk: [1\n", "2:1: "), ("feeds:\n  seed: 1\n  seed: 2\n", "2:3: key 'seed' stands here and again below; keep one")
        ])
    func settings(text: String, words: String) async throws {
        let home = bench.home(), file = bench.write("settings.yaml", text)
        for command in ["cycle", "monitor", "run", "status", "demo"] {
            let ended = try await bench.run([command, "--home", home, "--config", file])
            #expect(ended.way == .exit(78) && ended.out.isEmpty, "\(command): \(ended)")
            #expect(ended.firstError.hasPrefix("\(file):\(words)") && ended.error.hasSuffix("nothing was changed (exit 78)\n"), "\(ended.error)")
            #expect(!Files.exists(home), "\(command) made a home")
        }
    }

    @Test("a damaged candle file is named with its line, and nothing is bought on it; without a sound one there is no demo")
    func damagedCandles() async throws {
        func rows(_ close: String) -> [UInt8] {
            Array(
                (["open_time_ms,open,high,low,close,volume"]
                    + (0..<30).map { "\(1_767_571_200_000 + $0 * 3_600_000),100,101,99,\($0 == 20 ? close : "100"),5000000" }).joined(separator: "\n")
                    .utf8)
        }
        let candles = bench.home("candles"), home = bench.home()
        try #require(Glibc.mkdir(candles, 0o700) == 0)
        Files.write(rows("x1"), to: candles + "/BTCUSDT-1h.csv")
        let alone = try await bench.run(["demo", "--candles", candles, "--start", "2026-01-06T00:00:00Z", "--hours", "2", "--home", home])
        #expect(
            alone.way == .exit(65) && alone.out.isEmpty && !Files.exists(home)
                && alone.firstError
                    == "carillon: no candles of USDT pairs in \(candles) can be used; BTCUSDT-1h.csv:22: close is not an exact number (exit 65)",
            "\(alone)")
        Files.write(rows("100"), to: candles + "/ETHUSDT-1h.csv")
        let ended = try await bench.run(["demo", "--candles", candles, "--start", "2026-01-06T00:00:00Z", "--hours", "2", "--json", "--home", home])
        #expect(ended.everything.contains("BTCUSDT-1h.csv:22: "), "\(ended)")
        #expect(try Chain(bench.journal(home)).count("orderSubmitted") == 0)
    }

    @Test(
        "a demo of hours that no candle file reaches is refused with the span they have", arguments: ["2019-11-04T00:00:00Z", "2026-01-06T06:00:00Z"])
    func candlesOfOtherTimes(start: String) async throws {
        var rows = ["open_time_ms,open,high,low,close,volume"]
        for hour in 0..<30 { rows.append("\(1_767_571_200_000 + hour * 3_600_000),100,101,99,100,5000000") }
        let candles = bench.home("candles"), home = bench.home()
        try #require(Glibc.mkdir(candles, 0o700) == 0)
        Files.write(Array((rows.joined(separator: "\n") + "\n").utf8), to: candles + "/BTCUSDT-1h.csv")
        let ended = try await bench.run(["demo", "--candles", candles, "--start", start, "--hours", "2", "--home", home])
        #expect(ended.way == .exit(64) && ended.out.isEmpty && ended.firstError.contains("no candles from \(start) to "), "\(ended)")
        #expect(
            ended.firstError.contains("reach from 2026-01-05T01:00:00Z to 2026-01-06T06:00:00Z; name a --start in that span") && !Files.exists(home),
            "\(ended)")
        // Without a trade there is an hour to be explained.
        let reached = try await bench.run(["demo", "--candles", candles, "--start", "2026-01-06T03:00:00Z", "--hours", "2", "--home", home])
        #expect(reached.way == .exit(0) && reached.out.contains("explain C2026010604 --home \(home)   why nothing was bought"), "\(reached)")
        #expect(try await bench.run("explain", "C2026010604", home: home).way == .exit(0))
    }

    @Test(
        "--json is one strict JSON object",
        arguments: [
            "status", "report", "report day", "report week", "report month", "doctor", "breaker list", "journal verify", "journal replay",
            "journal rebuild",
            "explain T0001",
            "explain C2026010500", "account deposit 5", "account withdraw 5", "halt", "resume", "close --all", "breaker reset streak --reason x",
            "monitor", "cycle"
        ])
    func json(command: String) async throws {
        let home = bench.home()
        let demo = try await bench.run(DemoFacts.arguments(home, hours: 1, seed: 7))
        guard case .object = try JSONValue(parsing: demo.out) else { throw Child.NotStarted(reason: "the demo said \(demo)") }
        let ended = try await bench.run(command.split(separator: " ").map(String.init) + ["--json", "--home", home])
        #expect(ended.way == .exit(0), "\(ended)")
        guard case .object = try JSONValue(parsing: ended.out) else {
            Issue.record("no object: \(ended.out)")
            return
        }
    }
}
