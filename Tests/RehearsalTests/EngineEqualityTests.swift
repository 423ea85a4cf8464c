// The backtest and the bot's own engine trade the same strategy over the same candles: every trade must be the
// same, to the unit. The two share the core's rules for fills and brackets and nothing that decides.
import Backtest
import Kernel
import Market
import Rehearsal
import Risk
import SettingsFiles
import Strategies
import Testing

@Suite("A backtest trades as the engine does")
struct EngineEqualityTests {
    @Test("the same trades, to the unit, in made-up markets with gaps and leaps", arguments: 0..<20)
    func madeUp(batch: Int) async throws {
        var trades = 0
        for seed in batch * 10..<batch * 10 + 10 {
            let world = MadeUp(seed: UInt64(seed))
            let (comparison, refused) = try await Both.run(world.strategy, world.histories)
            #expect(comparison.differences == [], "seed \(seed)")
            #expect(refused.isEmpty, "seed \(seed): the engine's own limits refused \(refused)")
            trades += comparison.same
        }
        // A comparison of nothing proves nothing.
        #expect(trades > 30)
    }

    @Test("the same trades where prices equal averages, averages each other, and nothing moves for days", arguments: 0..<20)
    func tied(batch: Int) async throws {
        var trades = 0
        for seed in batch * 10..<batch * 10 + 10 {
            let world = MadeUp(tied: UInt64(seed))
            let (comparison, _) = try await Both.run(world.strategy, world.histories)
            #expect(comparison.differences == [], "seed \(seed)")
            trades += comparison.same
        }
        #expect(trades > 30)
    }

    @Test("the same trades where exits are looked for in finer candles", arguments: 0..<6)
    func detailed(batch: Int) async throws {
        var trades = 0
        for seed in batch * 5..<batch * 5 + 5 {
            let world = MadeUp(detailed: UInt64(seed))
            let (comparison, _) = try await Both.run(world.strategy, world.histories, detail: world.detail)
            #expect(comparison.differences == [], "seed \(seed)")
            trades += comparison.same
        }
        #expect(trades > 15)
    }

    @Test("what came before the first candle is for indicators only", arguments: 0..<4)
    func warmed(batch: Int) async throws {
        let from: Int64 = 1_704_067_200_000 + 40 * 3_600_000
        var trades = 0
        for seed in batch * 5..<batch * 5 + 5 {
            let world = MadeUp(detailed: UInt64(seed))
            let histories = world.histories.map { history in
                let first = history.openTime.firstIndex { $0 >= from } ?? history.count
                return history.slice(first..<history.count, lead: first)
            }
            let (comparison, _) = try await Both.run(world.strategy, histories, detail: world.detail)
            #expect(comparison.differences == [], "seed \(seed)")
            trades += comparison.same
        }
        #expect(trades > 5)
    }

    @Test("a difference is seen: a backtest with another fee is not the same", arguments: [3, 5, 8] as [UInt64])
    func differs(seed: UInt64) async throws {
        let world = MadeUp(seed: seed)
        var dearer = world.strategy
        dearer.fills.fee = .exact("0.002")
        let rehearsed = try await Rehearsal(world.strategy, over: world.histories).run()
        try #require(!rehearsed.trades.isEmpty)
        #expect(!Rehearsal.Comparison(rehearsed, Backtest(try dearer.bound(), over: world.histories).run(), world.histories).differences.isEmpty)
    }

    @Test(
        "the same trades on the real candles of this market", .enabled(if: Shared.folder != nil, "the real candles are not beside this repository"),
        arguments: ["trend-following", "mean-reversion"])
    func real(name: String) async throws {
        let folder = try #require(Shared.folder)
        let strategy = try StrategyLibrary(folder: "/nonexistent").load(name).get().strategy
        // Three weeks around the days of November 2022 when prices fell by a quarter in hours.
        let histories = try ["BTCUSDT", "ETHUSDT", "SOLUSDT"].map {
            try Shared.history("\(folder)/\($0)-1h.csv.gz", rows: 600, before: 1_669_000_000_000)
        }
        let (comparison, _) = try await Both.run(strategy, histories)
        #expect(comparison.differences == [])
        #expect(comparison.same > 2)
    }
}

enum Both {
    static func run(_ strategy: Strategy, _ histories: [CandleHistory], detail: [CandleHistory] = []) async throws -> (
        Rehearsal.Comparison, refused: [RiskCheckName: Int]
    ) {
        let backtest = Backtest(try strategy.bound(), over: histories, detail: detail.isEmpty ? nil : detail.map { $0 }).run()
        let rehearsal = try await Rehearsal(strategy, over: histories, detail: detail).run()
        // Too small for the venue is the backtest's own reason too.
        return (
            Rehearsal.Comparison(rehearsal, backtest, histories),
            rehearsal.refusals.filter { $0.key != .feasibility && $0.key != .balance && $0.key != .cash }
        )
    }
}
