// Strategies that trade in the real program: killed and started again they end with the same journal, and each
// of their trades can be explained.
import Foundation
import Glibc
import Kernel
import StrictJSON
import TestSupport
import Testing

private let hours = 7

@Suite("Strategies that trade")
struct StrategyProcessTests {
    let bench: Bench
    let configuration: String

    init() throws {
        bench = try Bench()
        #expect(mkdir(bench.folder + "/strategies", 0o700) == 0)
        _ = bench.write(
            "strategies/mine.yaml",
            """
            name: mine
            version: 3
            symbols: universe
            timeframe: 1h
            parameters:
              fast: {default: 3, min: 2, max: 9, step: 1}
            entry: ema(fast) > ema(13)
            exit: crosses_below(ema(fast), ema(13))
            bracket: {stop: 3 %, rungs: [{gain: 2 %, share: 50 %}, {gain: 4 %, share: 50 %}], trailing: 2 %}
            sizing: {equity: 10 %, positions: 2}

            """)
        // The second one's candles close within the hour: the monitor judges them.
        _ = bench.write(
            "strategies/quick.yaml",
            """
            name: quick
            timeframe: 15m
            symbols: [BTC/USDT, ETH/USDT]
            entry: rsi(3) < 35
            exit: rsi(3) > 65
            bracket: {stop: 3 %, rungs: [{gain: 2 %, share: 100 %}], trailing: off}
            sizing: {equity: 10 %, positions: 1}

            """)
        configuration = bench.write(
            "carillon.yaml", "instances:\n  - {name: trend-1, strategy: mine, parameters: {fast: 5}}\n  - {strategy: quick}\n")
    }

    private func arguments(_ home: String) -> [String] { DemoFacts.arguments(home, hours: hours, seed: 7) + ["--config", configuration] }

    private func demo(_ home: String) async throws -> DemoFacts {
        let ended = try await bench.run(arguments(home))
        try #require(ended.way == .exit(0), "\(ended.way): \(ended.error)")
        return try DemoFacts(ended.out)
    }

    @Test("killed before and after every seventh commit, it always ends with the same journal", .drilled)
    func killed() async throws {
        let whole = try await demo(bench.home("whole"))
        let chain = try Chain(bench.journal(bench.home("whole")))
        // Both kinds of strategy bought, and one of them sold by its own condition.
        #expect(whole.isSound && whole.exits["SIGNAL"] ?? 0 > 0, "\(whole)")
        for name in ["trend-1", "quick"] {
            #expect(chain.of("orderSubmitted").contains { $0.body.contains("\"panel\":\"strategy \(name)\"") }, "\(name)")
        }
        for commit in stride(from: 1, to: whole.commits, by: 7) {
            for moment in ["before", "after"] {
                let home = bench.home("\(commit)-\(moment)")
                let killed = try await bench.run(arguments(home), ["CARILLON_KILL": "commit:\(commit):\(moment)"])
                #expect(killed.way == .signal(9), "commit \(commit) \(moment): \(killed)")
                let facts = try await demo(home)
                #expect(facts.hash == whole.hash && facts.isSound, "commit \(commit) \(moment): \(facts)")
                let again = try Chain(bench.journal(home))
                #expect(Set(again.of("orderSubmitted").map(\.body)).count == again.count("orderSubmitted"), "no order is announced twice")
                Files.remove(home)
            }
        }
    }

    @Test("explain names the strategy, its version and the numbers its condition was made of")
    func explained() async throws {
        let home = bench.home()
        _ = try await demo(home)
        let chain = try Chain(bench.journal(home))
        let ended = try await bench.run("explain", "T0002", home: home)
        #expect(
            ended.way == .exit(0) && ended.out.contains("Strategy trend-1 (mine version 3), 1h candles that closed 2026-01-05T00:00:00Z"),
            "\(ended.everything)")
        #expect(ended.out.contains("entry condition of ") && ended.out.contains(": ema_5 ") && ended.out.contains(" · ema_13 "), "\(ended.out)")
        #expect(ended.out.contains("✓ heat: "))
        let sold = try #require(chain.of("orderSubmitted").first { $0.body.contains("SIGNAL") }), number = try #require(sold.body.firstTrade)
        let exit = try await bench.run("explain", number, home: home)
        #expect(
            exit.out.contains("  exit condition of ETH/USDT holds at the close 3246.12: rsi_3 ")
                && exit.out.contains(#/ {4}sold at 3246.12, order C[0-9a-v]{5}T0001X1\n/#), "\(exit.everything)")
    }

    @Test("status lists every strategy that trades, and what it judged last")
    func status() async throws {
        let home = bench.home()
        _ = try await demo(home)
        let ended = try await bench.run("status", "--json", "--config", configuration, home: home)
        let list = try JSONValue(parsing: ended.out)["strategies"].array
        #expect(try list.map { try $0["name"].string } == ["trend-1", "quick"])
        #expect(
            try list.map { try $0["strategy"].string } == ["mine", "quick"] && list.map { try $0["version"].int } == [3, 1]
                && list.map { try $0["timeframe"].string } == ["1h", "15m"])
        #expect(try list.map { try $0["judged"].string } == ["2026-01-05T06:00:00Z", "2026-01-05T06:45:00Z"])
        let words = try await bench.run("status", "--config", configuration, home: home)
        #expect(words.out.contains("Strategy trend-1 (mine version 3) · 1h · judged 24 at "), "\(words.out)")
    }

    @Test("a strategy that cannot be used ends the start with its place, and touches no journal")
    func refused() async throws {
        let broken = bench.write("broken.yaml", "instances:\n  - {strategy: mine, parameters: {fsat: 5}}\n")
        let ended = try await bench.run(DemoFacts.arguments(bench.home(), hours: 1, seed: 7) + ["--config", broken])
        #expect(ended.way == .exit(78) && ended.error.contains("broken.yaml:2:") && ended.error.contains("instances.0.parameters.fsat"), "\(ended)")
        #expect(!Files.exists(bench.journal(bench.home())))
    }
}

extension String {
    fileprivate var firstTrade: String? {
        guard let start = range(of: "\"trade\":\"")?.upperBound else { return nil }
        return String(self[start...].prefix { $0 != "\"" })
    }
}
