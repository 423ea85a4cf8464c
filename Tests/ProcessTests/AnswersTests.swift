// `carillon backtest --answers` as a process: on a journal that the demo wrote, on a table, and on what is neither.
import Analysis
import Glibc
import Kernel
import Market
import Store
import StrictJSON
import TestSupport
import Testing

@Suite("Recorded answers")
struct AnswersTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    /// Buys at every close, where the panel agrees.
    private static let always = "name: always\ntimeframe: 1h\nentry: close > 0\naiConfirmation: {minimumConviction: 0.5}\n"

    /// Hours from 2026-01-01 on, over the days of every demo here.
    private static let hours: String = (0..<240).reduce(into: "ts,open,high,low,close,volume\n") { text, hour in
        text += "\(1_767_225_600_000 + hour * 3_600_000),1000.5,1001.5,999.5,1000.5,2.5\n"
    }

    @Test("the demo's journal is read back: as many signals are answered and agreed as it has verdicts")
    func journal() async throws {
        let home = bench.home(), strategy = bench.write("always.yaml", Self.always)
        _ = try await bench.demo(home, hours: 6)
        let before = Files.bytes(bench.journal(home)), record = try SQLiteJournal(path: bench.journal(home), mayWrite: false).panelRecord()
        let base = try #require(record.answers.first { $0.agreed && $0.conviction >= "0.5" }?.symbol.base),
            answers = record.answers.filter { $0.symbol.base == base }
        let agreed = answers.count { $0.agreed && $0.conviction >= "0.5" }
        let file = bench.write("\(base)USDT-1h.csv", Self.hours)
        let ended = try await bench.run(["backtest", strategy, "--candles", file, "--answers", bench.journal(home), "--json"])
        try #require(ended.way == .exit(0) && ended.error.isEmpty, "\(ended)")
        let json = try JSONValue(parsing: ended.out), panel = json["panel"], found = panel["answers"]
        #expect(
            try json["signals"].int == 240 && found["agreed"].int == agreed && found["refused"].int == answers.count - agreed
                && found["unanswered"].int == 240 - answers.count)
        #expect(
            try panel["minimum_conviction"].decimal == "0.5" && found["answered_candles"].int == answers.count
                && json["checks"]["look_ahead"].int == 0)
        #expect(try found["first"].string == answers.map(\.hour).min()?.iso8601 && found["last"].string == answers.map(\.hour).max()?.iso8601)
        #expect(try found["source"].string.hasSuffix("journal.sqlite (synthetic:7; no model was asked, indicators alone)"))
        #expect(Files.same(bench.journal(home), before))
    }

    @Test("a table of answers decides what is bought, and every output says what is unproven")
    func table() async throws {
        let strategy = bench.write("always.yaml", Self.always), file = bench.write("AAAUSDT-1h.csv", Self.hours), page = bench.folder + "/run.html"
        let answers = bench.write(
            "answers.csv", "time,symbol,agreed,conviction\n2026-01-02T03:00:00Z,AAA/USDT,true,0.5\n2026-01-02T04:00:00Z,AAA/USDT,true,0.4\n")
        let ended = try await bench.run([
            "backtest", strategy, "--candles", file, "--answers", answers, "--html", page, "--trades", bench.folder + "/trades.csv"
        ])
        try #require(ended.way == .exit(0) && ended.error.isEmpty, "\(ended)")
        for part in [
            "panel      2 of 240 signals answered: 1 agreed with conviction 0.5 or more, 1 refused; 238 unanswered, not bought\n",
            "           Answers exist for 2 of 240 candles, 2026-01-02T03:00:00Z to 2026-01-02T04:00:00Z. "
                + "The model’s part is unproven for the others",
            "answers.csv. They were not asked for again"
        ] {
            #expect(ended.out.contains(part), "\(ended.out)")
        }
        #expect(Files.text(page).contains("2 of 240 signals answered"))
        #expect(Files.text(bench.folder + "/trades.csv").contains("\nAAA/USDT,2026-01-02T03:00:00Z,"))
    }

    @Test("without answers every output says that the rules alone are not the strategy")
    func alone() async throws {
        let file = bench.write("AAAUSDT-1h.csv", Self.hours), page = bench.folder + "/run.html"
        let words = try await bench.run(["backtest", "hourly-panel", "--candles", file, "--html", page])
        #expect(words.out.contains("panel      not asked: the rules alone traded, and that is not the strategy\n"), "\(words)")
        #expect(
            words.out.contains("The model’s part is unproven: nobody was asked")
                && Files.text(page).contains("The model’s part is unproven: nobody was asked"))
        let json = try JSONValue(parsing: try await bench.run(["backtest", "hourly-panel", "--candles", file, "--json"]).out)
        #expect(try json["panel"]["answers"].optional == nil && json["panel"]["unproven"].array.count == 1)
    }

    @Test(
        "what is wrong is told with its place and its exit code",
        arguments: [
            (["hourly-panel", "--answers", "BAD"], 65, "bad.csv:3:22: no pair such as BTC/USDT (exit 65)"),
            (["hourly-panel", "--answers", "DATABASE"], 65, "notes.sqlite is damaged"),
            (["hourly-panel", "--answers", "nowhere"], 66, "cannot read nowhere: No such file or directory (exit 66)"),
            (["hourly-panel", "--answers", "/"], 66, "cannot read /: Is a directory (exit 66)"),
            (["trend-following", "--answers", "BAD"], 64, "'trend-following' has no aiConfirmation; leave out --answers (exit 64)"),
            (["QUICK"], 78, "quick.yaml:4:17: aiConfirmation: the panel is asked once an hour, and 15m candles close more often")
        ] as [([String], Int32, String)])
    func refused(_ arguments: [String], _ code: Int32, _ part: String) async throws {
        let places = [
            "BAD": bench.write(
                "bad.csv", "time,symbol,agreed,conviction\n2026-01-02T03:00:00Z,AAA/USDT,true,0.5\n2026-01-02T04:00:00Z,AAA,true,0.4\n"),
            "DATABASE": bench.write("notes.sqlite", "SQLite format 3\0" + String(repeating: "x", count: 4_000)),
            "QUICK": bench.write("quick.yaml", "name: quick\ntimeframe: 15m\nentry: close > open\naiConfirmation: {minimumConviction: 0.5}\n")
        ]
        let ended = try await bench.run(["backtest"] + arguments.map { places[$0] ?? $0 } + ["--candles", bench.write("AAAUSDT-1h.csv", Self.hours)])
        #expect(ended.way == .exit(code) && ended.out.isEmpty, "\(ended)")
        #expect(ended.firstError.contains(part), "\(ended.error)")
    }
}
