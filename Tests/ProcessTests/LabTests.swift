// `carillon strategies`, `backtest` and `optimise` as processes: what they print, and what they say of a wrong
// strategy, a wrong file and a wrong command line.
import Glibc
import Kernel
import StrictJSON
import TestSupport
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
        #expect(
            ended.out.split(separator: "\n").compactMap { $0.split(separator: " ").first }
                == ["bench-w1", "bench-w2", "bench-w4", "bench-w7", "hourly-panel", "mean-reversion", "scalping", "trend-following"])
    }

    @Test("a new strategy is written once, is right, and is never written over")
    func new() async throws {
        let settings = bench.write("mine.yaml", "strategies: my/strategies\n"), file = bench.folder + "/my/strategies/my-idea.yaml"
        let made = try await bench.run(["strategies", "new", "my-idea", "--config", settings])
        #expect(made.way == .exit(0) && made.out.hasPrefix(file + "\n"), "\(made)")
        let listed = try await bench.run(["strategies", "--config", settings])
        #expect(listed.way == .exit(0) && listed.out.contains("my-idea"), "\(listed)")
        let again = try await bench.run(["strategies", "new", "my-idea", "--config", settings])
        #expect(again.way == .exit(73) && again.firstError.hasPrefix("carillon: there is a strategy 'my-idea' already"), "\(again)")
        let wrong = try await bench.run(["strategies", "new", "../x", "--config", settings])
        #expect(wrong.way == .exit(64), "\(wrong)")
        let reference = try await bench.run(["strategies", "reference"])
        #expect(reference.way == .exit(0) && reference.out.contains("crosses_above(a, b)") && reference.out.contains("bollinger_upper(20, 2)"))
    }

    @Test("a backtest prints its figures, its trades and one line for benchmarks")
    func backtest() async throws {
        let file = bench.write("AAAUSDT-1h.csv", Self.hours), trades = bench.write("trades.csv", "")
        let plain = try await bench.run([
            "backtest", "trend-following", "--candles", file, "--set", "fast=9", "--set", "slow=25", "--set", "strength=5", "--trades", trades
        ])
        #expect(plain.way == .exit(0) && plain.error.isEmpty, "\(plain)")
        for part in [
            "trend-following version 1", "equity     10000 -> ", "trades     ", "tick, lot and smallest order, assumed: AAA/USDT 1, 0.0001 and 10\n",
            "dust       ", "checks     "
        ] { #expect(plain.out.contains(part), "\(plain.out)") }
        let rows = Files.text(trades).split(separator: "\n")
        #expect(rows.first == "symbol,entry_time,entry_price,exit_time,exit_price,quantity,profit,ending,rungs,dust_lost" && rows.count > 3)
        #expect(
            rows.dropFirst().allSatisfy {
                $0.split(separator: ",").count == 10 && Double($0.split(separator: ",")[9]).map { (0..<0.2).contains($0) } == true
            }, "\(rows)")
        let line = try await bench.run(["backtest", "bench-w2", "--bench", "--candles", file])
        #expect(line.out.hasPrefix("RESULT {\"load_s\":") && line.out.contains("\"bars\":600,\"trades\":"), "\(line)")
        let exact = try JSONValue(parsing: try await bench.run(["backtest", "trend-following", "--json", "--fast", "--candles", file]).out)
        #expect(
            exact.member("instruments")
                == .array([try JSONValue(parsing: #"{"symbol":"AAA/USDT","tick":1,"lot":0.0001,"smallest_order":10,"assumed":true}"#)])
                && exact.member("dust_lost") != nil, "\(exact)")
        let json = try await bench.run(["backtest", "bench-w2", "--json", "--fast", "--candles", file])
        #expect(json.out.hasPrefix("{\"strategy\":\"bench-w2\",\"version\":1,") && !json.out.contains("\"checks\""), "\(json)")
    }

    /// The same hours in twelve parts each, the first hour without its beginning.
    private static let parts: String = hours.split(separator: "\n").dropFirst().enumerated().reduce(into: "ts,open,high,low,close,volume\n") {
        text, item in
        let cells = item.element.split(separator: ",").map(String.init), time = Int(cells[0]) ?? 0
        for part in (item.offset == 0 ? 1 : 0)..<12 {
            let (open, close) = (part == 0 ? cells[1] : cells[4], cells[4])
            text +=
                "\(time + part * 300_000),\(open),\(part == 7 ? cells[2] : max(open, close)),\(part == 3 ? cells[3] : min(open, close)),\(close),"
                + "0.2\n"
        }
    }
    private static let choice = ["--set", "fast=9", "--set", "slow=25", "--set", "strength=5", "--json", "--fast"]

    @Test("finer candles are put together, whole ones only; exits look into them where they are asked to")
    func finer() async throws {
        let hours = bench.write("AAAUSDT-1h.csv", Self.hours), parts = bench.write("parts.csv", Self.parts)
        let late = bench.write(
            "BBBUSDT-1h.csv", Self.hours.split(separator: "\n").enumerated().filter { $0.offset != 1 }.map { $0.element + "\n" }.joined())
        func figures(_ arguments: [String]) async throws -> JSONValue {
            let ended = try await bench.run(["backtest", "trend-following"] + arguments + Self.choice)
            try #require(ended.way == .exit(0) && ended.error.isEmpty, "\(ended)")
            return try JSONValue(parsing: ended.out)
        }
        let direct = try await figures(["--candles", late]), joined = try await figures(["--candles", parts])
        #expect(try joined["candles"].int == 599 && joined["trades"].int > 3)
        #expect(joined.member("trades") == direct.member("trades") && joined.member("final_equity") == direct.member("final_equity"))
        #expect(joined.member("detail") == .null && joined.member("without_detail") == 0)
        let same = try await figures(["--candles", parts, "--detail", "5m"])
        #expect(try same["detail"].string == "5m" && same["without_detail"].int == 0 && same["candles"].int == 599)
        // Beside a file of hours; its first hour is not whole in the finer one.
        _ = bench.write("AAAUSDT-5m.csv", Self.parts)
        let beside = try await figures(["--candles", hours, "--detail", "5m"])
        #expect(try beside["candles"].int == 600 && beside["without_detail"].int == 1)
    }

    @Test("of a store only the months of the span and its warm-up are opened")
    func months() async throws {
        let hours = (0..<2_900).map { hour in "\(1_704_067_200_000 + hour * 3_600_000),100,101,99,100,1\n" }.joined()
        let file = bench.write("AAAUSDT-1h.csv", "open_time_ms,open,high,low,close,volume\n" + hours), store = bench.folder + "/candles"
        let taken = try await bench.run(["candles", "import", "--store", store, file])
        try #require(taken.way == .exit(0), "\(taken)")
        for month in ["2024-01", "2024-04"] { _ = bench.write("candles/AAA-USDT/1h/\(month).candles", "damaged") }
        let inside = try await bench.run(["backtest", "bench-w2", "--candles", store, "--from", "2024-03-10", "--to", "2024-03-20", "--json"])
        #expect(inside.way == .exit(0) && inside.out.contains("\"from\":\"2024-03-10T00:00:00Z\",\"to\":\"2024-03-19T23:00:00Z\""), "\(inside)")
        let before = try await bench.run(["backtest", "bench-w2", "--candles", store, "--from", "2024-02-02", "--to", "2024-03-10"])
        #expect(before.way == .exit(65) && before.firstError.contains("2024-01"), "\(before)")
    }

    @Test("a folder's files are read by their names, and each one that is left is named: perpetuals, daily ones, other quotes, doubts")
    func folder() async throws {
        mkdir(bench.folder + "/f", 0o700)
        for name in [
            "AAAUSDT-1h.csv", "BBBUSDC-1h.csv", "AAAUSDT_PERP-1h.csv", "ARBUSD-1h.csv", "CCCUSDT-1d.csv", "SPY-1h.csv", "AAAUSDT-1h-2024-01.csv"
        ] { _ = bench.write("f/" + name, Self.hours) }
        let ended = try await bench.run(["backtest", "bench-w2", "--json", "--fast", "--candles", bench.folder + "/f"])
        try #require(ended.way == .exit(0), "\(ended)")
        let told = try JSONValue(parsing: ended.out)
        #expect(try told["candles"].int == 600)
        #expect(
            told.member("remarks")
                == .array([
                    .string("not used, one part of a history: carillon candles import takes it: AAAUSDT-1h-2024-01.csv"),
                    .string("not used, a perpetual, not spot: AAAUSDT_PERP-1h.csv"),
                    .string(
                        "not used, its name is ARB/USD or AR/BUSD: say which in instruments.yaml beside it, or name it as in ARB-USD-1h.csv: "
                            + "ARBUSD-1h.csv"
                    ),
                    .string("not used, its name tells no pair and interval, as BTCUSDT-1h.csv does: SPY-1h.csv"),
                    .string("not used, not quoted in USDT: BBBUSDC-1h.csv"),
                    .string("not used, coarser than 1h candles: CCCUSDT-1d.csv")
                ]), "\(ended)")
    }

    @Test("a strategy's symbols choose among quotes and end a doubt; two quotes are no backtest")
    func quotes() async throws {
        mkdir(bench.folder + "/q", 0o700)
        for name in ["BBBUSDC-1h.csv", "BBBBTC-1h.csv", "ARBUSD-1h.csv"] { _ = bench.write("q/" + name, Self.hours) }
        func run(_ symbols: String) async throws -> Ended {
            let file = bench.write("pairs.yaml", "name: pairs\ntimeframe: 1h\n\(symbols)entry: crosses_above(ema(9), ema(21))\n")
            return try await bench.run(["backtest", file, "--fast", "--candles", bench.folder + "/q"])
        }
        let (all, two) = (try await run(""), try await run("symbols: [BBB/USDC, BBB/BTC]\n"))
        for ended in [all, two] {
            #expect(ended.way == .exit(65) && ended.error.contains("quoted in BTC and USDC, but one backtest has one quote currency"), "\(ended)")
        }
        let one = try await run("symbols: [BBB/USDC]\n"), doubted = try await run("symbols: [AR/BUSD]\n")
        #expect(one.way == .exit(0) && one.out.contains("1 markets, 600 candles"), "\(one)")
        #expect(doubted.way == .exit(0) && doubted.out.contains("1 markets, 600 candles"), "\(doubted)")
    }

    @Test("rules beside a file of any quote are used; without any the smallest order is small money of the quote")
    func rules() async throws {
        mkdir(bench.folder + "/r", 0o700)
        let file = bench.write("r/ETHBTC-1h.csv", Self.hours)
        let assumed = try await bench.run(["backtest", "trend-following", "--fast", "--candles", file])
        #expect(assumed.out.contains("tick, lot and smallest order, assumed: ETH/BTC 1, 0.000000001 and 0.0001\n"), "\(assumed)")
        _ = bench.write("r/instruments.yaml", "ETH/BTC: {tickSize: 0.00001, lotStep: 0.0001, minNotional: 0.0001}\n")
        let told = try await bench.run(["backtest", "trend-following", "--fast", "--candles", file])
        #expect(
            told.way == .exit(0) && !told.out.contains("assumed")
                && told.out.contains("tick, lot and smallest order, told: ETH/BTC 0.00001, 0.0001 and 0.0001\n"), "\(told)")
    }

    @Test("without --candles the store is read; without one it is said how to get candles")
    func store() async throws {
        let nothing = try await bench.run(["backtest", "bench-w2", "--fast"])
        #expect(
            nothing.way == .exit(66) && nothing.firstError.contains("say --candles FILE_OR_FOLDER, or fetch some: carillon candles backfill"),
            "\(nothing)")
        let file = bench.write("AAAUSDT-1h.csv", Self.hours.replacing("ts,", with: "open_time_ms,"))
        let taken = try await bench.run(["candles", "import", file])
        try #require(taken.way == .exit(0), "\(taken)")
        let ended = try await bench.run(["backtest", "bench-w2", "--fast"])
        #expect(ended.way == .exit(0) && ended.out.contains("1 markets, 600 candles"), "\(ended)")
    }

    @Test("an optimiser prints the best and one line for benchmarks")
    func optimise() async throws {
        let file = bench.write("AAAUSDT-1h.csv", Self.hours)
        let best = try await bench.run(["optimise", "bench-w4", "--candles", file, "--random", "20", "--top", "3"])
        #expect(best.way == .exit(0) && best.out.hasPrefix("bench-w4: 20 combinations") && best.out.split(separator: "\n").count == 6, "\(best)")
        let line = try await bench.run(["optimise", "bench-w4", "--bench", "--candles", file])
        #expect(line.out.contains("\"combos\":1000,"), "\(line)")
    }

    @Test("a file's name steers no terminal")
    func names() async throws {
        let file = bench.write("\u{1B}[31mred-1h.csv", "ts,open,high,low,close,volume\n")
        let ended = try await bench.run(["backtest", "trend-following", "--candles", file])
        #expect(ended.way == .exit(65) && ended.error.contains("[31mred-1h.csv") && !ended.error.contains("\u{1B}"), "\(ended)")
    }

    @Test("status names a position whose strategy is no longer listed")
    func orphan() async throws {
        _ = bench.write(
            "hold.yaml",
            "name: hold\ntimeframe: 1h\nentry: close > close[1]\nbracket: {stop: 5 %, rungs: [{gain: 9 %, share: 100 %}], trailing: off}\n")
        let listed = bench.write("listed.yaml", "strategies: \(bench.folder)\ninstances: [{name: one, strategy: hold}]\n")
        let gone = bench.write("gone.yaml", "strategies: \(bench.folder)\n"), home = bench.home()
        let demo = try await bench.run(["demo", "--hours", "2", "--seed", "7", "--json", "--home", home, "--config", listed])
        try #require(demo.way == .exit(0), "\(demo.error)")
        #expect(!(try await bench.run(["status", "--home", home, "--config", listed]).out.contains("no longer listed")))
        let status = try await bench.run(["status", "--home", home, "--config", gone])
        #expect(status.out.contains("its strategy one (hold version 1) is no longer listed"), "\(status)")
    }

    @Test(
        "what is wrong is told with its place and its exit code",
        arguments: [
            (["backtest", "trend-folowing", "--candles", "FILE"], 78, "Did you mean 'trend-following'?"),
            (["backtest", "MINE", "--candles", "FILE"], 78, "mine.yaml:3:16: entry: no name 'opne'. Did you mean 'open'? (exit 78)"),
            (["backtest", "trend-following", "--candles", "DAMAGED"], 65, "odd.csv:3: column 15: open is not a number such as 123.45 (exit 65)"),
            (["backtest", "trend-following", "--candles", "nowhere"], 66, "cannot read nowhere"),
            (["backtest", "bench-w1", "--candles", "FILE"], 65, "'bench-w1' trades 1m candles, these are 1h (exit 65)"),
            (["backtest", "bench-w4", "--candles", "FILE", "--set", "fsat=3"], 64, "has no parameter 'fsat'; it has fast, slow, cap"),
            (["backtest", "bench-w4", "--candles", "FILE", "--from", "soon"], 64, "--from 'soon' is not a time"),
            (["backtest", "bench-w4", "--candles", "FILE", "--detail", "1h"], 64, "--detail 1h is not finer than the 1h candles of 'bench-w4'"),
            (["backtest", "bench-w4", "--candles", "FILE", "--detail", "2m"], 64, "2m"),
            (["backtest", "bench-w4", "--candles", "FILE", "--detail", "1m"], 65, "no 1m candles, nor finer ones, for --detail (exit 65)"),
            (["backtest", "bench-w4", "--candles", "FILE", "--from", "2031-01-01"], 65, "no candles between 2031-01-01T00:00:00Z and the end"),
            (["optimise", "bench-w2", "--candles", "FILE"], 64, "has no parameter with more than one value"),
            (["optimise", "bench-w4", "--candles", "FILE", "--random", "0"], 64, "--random is 1 to 1000000")
        ] as [([String], Int32, String)])
    func refused(_ arguments: [String], _ code: Int32, _ part: String) async throws {
        let places = [
            "FILE": bench.write("AAAUSDT-1h.csv", Self.hours), "MINE": bench.write("mine.yaml", "name: mine\ntimeframe: 1h\nentry: close > opne\n"),
            "DAMAGED": bench.write("odd.csv", "ts,open,high,low,close,volume\n1704067200000,1,2,1,1,1\n1704070800000,x,2,1,1,1\n")
        ]
        let ended = try await bench.run(arguments.map { places[$0] ?? $0 })
        #expect(ended.way == .exit(code) && ended.out.isEmpty, "\(ended)")
        #expect(ended.firstError.contains(part), "\(ended.error)")
    }
}
