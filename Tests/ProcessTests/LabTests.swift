// `carillon strategies`, `backtest` and `optimise` as processes: what they print, and what they say of a wrong
// strategy, a wrong file and a wrong command line.
import Glibc
import Testing

@Suite("Lab commands")
struct LabTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    /// Hours that rise and fall, so that averages cross.
    private static let hours: String = (0..<600).reduce(into: "ts,open,high,low,close,volume\n") { text, hour in
        let price = 1_000 + (hour / 40 % 2 == 0 ? hour % 40 : 40 - hour % 40) * 5
        text += "\(1_704_067_200_000 + hour * 3_600_000),\(price),\(price + 6),\(price - 6),\(price + 1),2.5\n"
    }

    @Test("the shipped strategies are listed anywhere")
    func list() async throws {
        let ended = try await bench.run(["strategies"])
        #expect(ended.way == .exit(0) && ended.error.isEmpty, "\(ended)")
        #expect(ended.out.split(separator: "\n").compactMap { $0.split(separator: " ").first }
            == ["bench-w1", "bench-w2", "bench-w4", "hourly-panel", "mean-reversion", "scalping", "trend-following"])
    }

    @Test("a backtest prints its figures, its trades and one line for benchmarks")
    func backtest() async throws {
        let file = bench.write("AAAUSDT-1h.csv", Self.hours), trades = bench.write("trades.csv", "")
        let plain = try await bench.run(["backtest", "trend-following", "--candles", file, "--set", "fast=9", "--set", "slow=25", "--set", "strength=5", "--trades", trades])
        #expect(plain.way == .exit(0) && plain.error.isEmpty, "\(plain)")
        for part in ["trend-following version 1", "equity     10000 -> ", "trades     ", "ticks and lots are the files' decimals", "checks     "] { #expect(plain.out.contains(part), "\(plain.out)") }
        let line = try await bench.run(["backtest", "bench-w2", "--bench", "--candles", file])
        #expect(line.out.hasPrefix("RESULT {\"load_s\":") && line.out.contains("\"bars\":600,\"trades\":"), "\(line)")
        let json = try await bench.run(["backtest", "bench-w2", "--json", "--fast", "--candles", file])
        #expect(json.out.hasPrefix("{\"strategy\":\"bench-w2\",\"version\":1,") && !json.out.contains("\"checks\""), "\(json)")
    }

    @Test("an optimiser prints the best and one line for benchmarks")
    func optimise() async throws {
        let file = bench.write("AAAUSDT-1h.csv", Self.hours)
        let best = try await bench.run(["optimise", "bench-w4", "--candles", file, "--random", "20", "--top", "3"])
        #expect(best.way == .exit(0) && best.out.hasPrefix("bench-w4: 20 combinations") && best.out.split(separator: "\n").count == 6, "\(best)")
        let line = try await bench.run(["optimise", "bench-w4", "--bench", "--candles", file])
        #expect(line.out.contains("\"combos\":1000,"), "\(line)")
    }

    @Test("what is wrong is told with its place and its exit code", arguments: [
        (["backtest", "trend-folowing", "--candles", "FILE"], 78, "Did you mean 'trend-following'?"),
        (["backtest", "MINE", "--candles", "FILE"], 78, "mine.yaml:3:16: entry: no name 'opne'. Did you mean 'open'? (exit 78)"),
        (["backtest", "trend-following", "--candles", "DAMAGED"], 65, "odd.csv:3: column 15: open is not a number such as 123.45 (exit 65)"),
        (["backtest", "trend-following", "--candles", "nowhere"], 66, "cannot read nowhere"),
        (["backtest", "bench-w1", "--candles", "FILE"], 65, "'bench-w1' trades 1m candles, these are 1h (exit 65)"),
        (["backtest", "bench-w4", "--candles", "FILE", "--set", "fsat=3"], 64, "has no parameter 'fsat'; it has fast, slow, cap"),
        (["backtest", "bench-w4", "--candles", "FILE", "--from", "soon"], 64, "--from 'soon' is no moment"),
        (["optimise", "bench-w2", "--candles", "FILE"], 64, "has no parameter with more than one value"),
        (["optimise", "bench-w4", "--candles", "FILE", "--random", "0"], 64, "--random is 1 to 1000000"),
    ] as [([String], Int32, String)])
    func refused(_ arguments: [String], _ code: Int32, _ part: String) async throws {
        let places = ["FILE": bench.write("AAAUSDT-1h.csv", Self.hours), "MINE": bench.write("mine.yaml", "name: mine\ntimeframe: 1h\nentry: close > opne\n"),
                      "DAMAGED": bench.write("odd.csv", "ts,open,high,low,close,volume\n1704067200000,1,2,1,1,1\n1704070800000,x,2,1,1,1\n")]
        let ended = try await bench.run(arguments.map { places[$0] ?? $0 })
        #expect(ended.way == .exit(code) && ended.out.isEmpty, "\(ended)")
        #expect(ended.firstError.contains(part), "\(ended.error)")
    }
}
