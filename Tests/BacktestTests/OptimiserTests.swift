// An optimiser's trials are backtests: what it shares must not be seen.
import Kernel
import Market
import Statistics
import Strategies
import Testing

@testable import Backtest

@Suite("Optimiser")
struct OptimiserTests {
    private func strategy(_ accounting: FillRule.Accounting, on timeframe: Timeframe = .m1, at moment: FillRule.Moment = .nextOpen) throws -> Strategy
    {
        let parameters = [
            StrategyParameter(name: "fast", usual: "4", choices: ["3", "4", "6"]), StrategyParameter(name: "slow", usual: "9", choices: ["9", "14"]),
            StrategyParameter(name: "stop", usual: "0.02", choices: ["0.01", "0.03"]),
            StrategyParameter(name: "out", usual: "60", choices: ["55", "70"])
        ]
        let checker = ExpressionChecker(
            timeframe: timeframe, parameters: Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0.usual.double) }))
        var strategy = Strategy(
            name: "tried", timeframe: timeframe, parameters: parameters,
            entry: try checker.condition("crosses_above(ema(fast), sma(slow)) and volume < 9"),
            exit: try checker.condition("rsi(5) > out"))
        strategy.bracket.stop = .parameter("stop")
        strategy.fillPlainly()
        strategy.fills.accounting = accounting
        strategy.fills.entry = moment
        return strategy
    }

    @Test(
        "each trial is the backtest of its values", arguments: FillRule.Accounting.allCases,
        [(1, FillRule.Moment.nextOpen), (1, .close), (3, .nextOpen)])
    func trials(_ accounting: FillRule.Accounting, _ run: (markets: Int, moment: FillRule.Moment)) async throws {
        let markets = run.markets, strategy = try strategy(accounting, at: run.moment), space = ParameterSpace(strategy)
        let histories = (0..<markets).map {
            Markets.history(
                Markets.wild(1_500, seed: 20 + UInt64($0)), Markets.instrument("M\($0)"), skipping: Set(stride(from: 7, to: 1_500, by: 13)))
        }
        let grid = space.grid()
        #expect(grid.count == 24)
        let all = (0..<6).flatMap { _ in grid }
        for cores in [1, 3] {
            let trials = await Optimiser(strategy, space, fixed: [:], over: histories).run(all, cores: cores)
            #expect(trials.map(\.combination) == all)
            for trial in trials.prefix(24) {
                let alone = Backtest(try strategy.bound(space.values(trial.combination)), over: histories).run()
                #expect(trial.finalEquity == alone.finalEquity)
                #expect(trial.trades == alone.tradeCount)
                #expect(trial.trades > 10)
            }
        }
    }

    @Test("a trial's Sharpe ratio is that of the backtest's days, to the last bit", arguments: FillRule.Accounting.allCases, FillRule.Moment.allCases)
    func sharpe(_ accounting: FillRule.Accounting, _ moment: FillRule.Moment) async throws {
        let strategy = try strategy(accounting, on: .h1, at: moment), space = ParameterSpace(strategy)
        for markets in [1, 3] {
            let histories = (0..<markets).map {
                Markets.history(
                    Markets.wild(1_500, seed: 40 + UInt64($0)), Markets.instrument("M\($0)"), timeframe: .h1,
                    skipping: Set([700 + $0, 701] + (200..<300)))
            }
            for trial in await Optimiser(strategy, space, fixed: [:], over: histories).run(space.grid(), cores: 2) {
                let bound = try strategy.bound(space.values(trial.combination)), result = Backtest(bound, over: histories).run()
                let moments = SampleMoments(result.returns(capital: bound.terms.capital).returns)
                #expect(trial.outcome == TrialOutcome(result, capital: bound.terms.capital))
                #expect(trial.outcome.sharpe?.sharpe == SharpeRatio.perPeriod(moments).double && trial.outcome.sharpe != nil)
                #expect(trial.outcome.days == 63 && moments.count == 63 && result.marks.count < 63)
            }
        }
    }

    @Test("little memory changes nothing")
    func bounded() async throws {
        let strategy = try strategy(.plain), space = ParameterSpace(strategy), histories = [Markets.history(Markets.wild(1_500, seed: 3))]
        let all = await Optimiser(strategy, space, fixed: [:], over: histories).run(space.grid(), cores: 2)
        for memory in [1, 100_000, 200_000] {
            #expect(await Optimiser(strategy, space, fixed: [:], over: histories, memory: memory).run(space.grid(), cores: 2) == all)
        }
        #expect(
            TrialPlan(strategy, space, [:], space.grid()[...], masks: 1).taken < TrialPlan(strategy, space, [:], space.grid()[...], masks: 6).taken)
    }

    @Test("trials on record are not run again, and the table is the same", arguments: [0, 1, 7, 23, 24])
    func resumed(_ count: Int) async throws {
        let strategy = try strategy(.plain), space = ParameterSpace(strategy), histories = [Markets.history(Markets.wild(1_500, seed: 8))]
        let first = FakeCount(), optimiser = Optimiser(strategy, space, fixed: [:], over: histories)
        let whole = await optimiser.run(space.grid(), cores: 1, counting: first)
        #expect(first.finished.count == 24)
        let second = FakeCount(Dictionary(uniqueKeysWithValues: first.finished.sorted { $0.key < $1.key }.prefix(count).map { ($0.key, $0.value) }))
        #expect(await optimiser.run(space.grid(), cores: 1, counting: second) == whole)
        #expect(second.finished.count == 24 - count && second.resumedCount == count)
        #expect(second.finished.allSatisfy { first.finished[$0.key] == $0.value })
    }

    @Test("a record that this program does not find again is not believed")
    func otherRecord() async throws {
        let strategy = try strategy(.plain), space = ParameterSpace(strategy), histories = [Markets.history(Markets.wild(1_500, seed: 8))]
        let first = FakeCount(), optimiser = Optimiser(strategy, space, fixed: [:], over: histories)
        let whole = await optimiser.run(space.grid(), cores: 1, counting: first)
        let wrong = first.finished.mapValues { TrialOutcome(finalEquity: $0.finalEquity, trades: $0.trades + 1, days: $0.days, sharpe: $0.sharpe) }
        let second = FakeCount(wrong)
        #expect(await optimiser.run(space.grid(), cores: 1, counting: second) == whole)
        #expect(second.finished == first.finished && second.resumedCount == 0)
    }

    @Test("combinations that make no strategy are left out, and values given are not varied")
    func leftOut() async throws {
        let checker = ExpressionChecker(timeframe: .m1, parameters: ["fast": 5, "slow": 9])
        let strategy = Strategy(
            name: "tried", timeframe: .m1,
            parameters: [
                StrategyParameter(name: "fast", usual: "5", choices: ["5", "9", "12"]),
                StrategyParameter(name: "slow", usual: "9", choices: ["9", "12"])
            ], entry: try checker.condition("macd(fast, slow, 3) > 0"))
        let space = ParameterSpace(strategy)
        let histories = [Markets.history(Markets.wild(200, seed: 1))]
        let trials = await Optimiser(strategy, space, fixed: [:], over: histories).run(space.grid(), cores: 1)
        #expect(trials.map(\.combination) == [[0, 0], [0, 1], [1, 1]])
        #expect(ParameterSpace(strategy, fixed: ["fast"]).grid() == [[0], [1]])
    }

    @Test("combinations by chance are different ones, and the same for the same seed")
    func random() throws {
        let space = ParameterSpace(try strategy(.plain))
        let some = space.random(10, seed: 5)
        #expect(some == space.random(10, seed: 5))
        #expect(some != space.random(10, seed: 6))
        #expect(Set(some).count == 10)
        #expect(space.random(100, seed: 5) == space.grid())
    }
}
