// Finer candles for exits, and candles before the first one for indicators: what they change and what they do not.
import Kernel
import Market
import Strategies
import Testing

@testable import Backtest

@Suite("Finer candles")
struct DetailTests {
    private let flat = Row(10_000, 10_000, 10_000, 10_000)

    /// Bought plainly at 100.00 with the second five minutes, on the signal of the first; what the minutes behind them do.
    private func run(_ minutes: [Row], skipping: Set<Int> = [], coarse: Set<Int> = []) throws -> BacktestResult {
        let all = [Row](repeating: flat, count: 5) + minutes, count = all.count / 5
        let rows = (0..<count).map { Row(joining: all[($0 * 5)..<($0 * 5 + 5)], volume: $0 == 0 ? 1 : 0) }
        let strategy = try Strategy.told {
            $0.timeframe = .m5
            $0.fillPlainly()
            $0.fills.order = .openFirst
        }.bound()
        let history = Markets.history(rows, timeframe: .m5, skipping: coarse), fine = Markets.history(all, skipping: skipping)
        return Backtest(strategy, over: [history], detail: [fine]).run()
    }

    private var mixed: [Row] {
        [flat, Row(10_000, 10_350, 10_000, 10_300), flat, flat, Row(10_000, 10_000, 9_600, 9_800)] + [Row](repeating: flat, count: 5)
    }

    @Test("what came first within a candle is seen in finer ones")
    func first() throws {
        let result = try run(mixed)
        #expect(result.trades.map(\.rungs) == [1])
        #expect(result.trades.map(\.exit.milliseconds) == [Markets.start + 7 * 60_000])
        #expect(result.trades.map(\.ending) == [.trailing])
        #expect(result.trades.map(\.closed.milliseconds) == [Markets.start + 8 * 60_000])
        #expect(result.detail == BacktestDetail(timeframe: .m1, missing: 0))
    }

    @Test("a candle with a finer one missing is looked at whole, and counted")
    func whole() throws {
        let result = try run(mixed, skipping: [6])
        #expect(result.trades.map(\.rungs) == [0])
        #expect(result.trades.map(\.ending) == [.stop])
        #expect(result.trades.map(\.exit.milliseconds) == [Markets.start + 5 * 60_000])
        #expect(result.trades.map(\.closed.milliseconds) == [Markets.start + 10 * 60_000])
        #expect(result.detail?.missing == 1)
    }

    @Test("finer candles that reach elsewhere than the strategy's own are not believed")
    func contradicted() throws {
        let strategy = try Strategy.told { $0.timeframe = .m5 }.bound()
        let rows = Markets.wild(300, seed: 4),
            dear = rows.flatMap { row in [Row](repeating: Row(row.open * 3, row.high * 3, row.low * 3, row.close * 3), count: 5) }
        let history = Markets.history(rows, timeframe: .m5)
        let alone = Backtest(strategy, over: [history]).run(), detailed = Backtest(strategy, over: [history], detail: [Markets.history(dear)]).run()
        #expect(detailed.detail?.missing == 300)
        #expect(alone.finalEquity == detailed.finalEquity && alone.trades.count > 5)
    }

    @Test("the trailing stop rises at a finer candle's close, and acts from the next")
    func trailing() throws {
        // 104 lifts it to 101.92, which the third minute opens above and then touches.
        let minutes = [flat, Row(10_000, 10_400, 10_000, 10_400), Row(10_400, 10_450, 10_190, 10_250), flat, flat]
        let result = try run(minutes + [Row](repeating: flat, count: 5))
        #expect(result.trades.map(\.exitPrice) == [104 * 0.98])
        #expect(result.trades.map(\.exit.milliseconds) == [Markets.start + 7 * 60_000])
    }

    @Test("finer candles in a gap of the strategy's are looked at, and booked with its next candle")
    func gap() throws {
        var minutes = [Row](repeating: flat, count: 20)
        minutes[7] = Row(10_000, 10_000, 9_000, 9_500)
        let result = try run(minutes, coarse: [2])
        #expect(result.trades.map(\.ending) == [.stop])
        #expect(result.trades.map(\.exitPrice) == [97])
        #expect(result.trades.map(\.exit.milliseconds) == [Markets.start + 12 * 60_000])
    }

    @Test("a stop that finer candles reach in a gap comes before the sale that waits for its end")
    func gapBeforeSale() throws {
        var minutes = [Row](repeating: flat, count: 25)
        minutes[12] = Row(10_000, 10_000, 9_000, 9_500)
        let rows = [Row(10_000, 10_000, 10_000, 10_000, 1), Row(10_000, 10_000, 10_000, 10_000, 2), flat, flat, flat]
        let strategy = try Strategy.told(exits: true) {
            $0.timeframe = .m5
            $0.fillPlainly()
        }.bound()
        let history = Markets.history(rows, timeframe: .m5, skipping: [2])
        let trades = Backtest(strategy, over: [history], detail: [Markets.history(minutes)]).run().trades
        #expect(trades.map(\.ending) == [.stop] && trades.map(\.exit.milliseconds) == [Markets.start + 12 * 60_000])
    }

    @Test("without a price that finer candles order, they change nothing", arguments: 0..<10 as Range<UInt64>)
    func same(_ seed: UInt64) throws {
        // All that a candle does, its first part does; the others stand still.
        let rows = Markets.wild(300, seed: seed)
        let fine = rows.flatMap { row in
            [Row(row.open, row.high, row.low, row.close)] + [Row](repeating: Row(row.close, row.close, row.close, row.close), count: 4)
        }
        let strategy = try Strategy.told(exits: true) {
            $0.timeframe = .m5
            $0.bracket.trailing = nil
        }.bound()
        let history = Markets.history(rows, timeframe: .m5)
        let alone = Backtest(strategy, over: [history]).run(), detailed = Backtest(strategy, over: [history], detail: [Markets.history(fine)]).run()
        // A close on a stop or target is met once more.
        #expect(alone.trades.map(\.entry) == detailed.trades.map(\.entry) && alone.trades.map(\.exitPrice) == detailed.trades.map(\.exitPrice))
        #expect(alone.finalEquity == detailed.finalEquity && alone.trades.count > 10)
    }

    @Test("a cut of both takes nothing from before it")
    func cut() throws {
        let minutes = Markets.wild(5_000, seed: 3), fine = Markets.history(minutes), coarse = fine.resampled(to: .m5)
        let strategy = try Strategy.told(exits: true) {
            $0.timeframe = .m5
            $0.entry = .comparison(.less, .field(.close), .previous(.field(.close), 1))
        }.bound()
        let all = Backtest(strategy, over: [coarse], detail: [fine]).run().trades
        let some = Backtest(strategy, over: [coarse.prefix(500)], detail: [fine.prefix(2_500)]).run().trades.filter { $0.ending != .end }
        #expect(some == Array(all.prefix(some.count)) && some.count > 10)
    }

    @Test("indicators warm up on candles before the first one", arguments: [1, 63, 64, 200])
    func lead(_ lead: Int) throws {
        let whole = Markets.history(Markets.wild(900, seed: 6)), first = 300
        let checker = ExpressionChecker(timeframe: .m1, parameters: [:])
        let condition = try checker.condition("close > sma(20) and volume < 9").bound([:], on: .m1)
        let mask = SignalProgram([condition]).masks(over: whole.slice(first..<whole.count, lead: lead))[0],
            all = SignalProgram([condition]).masks(over: whole)[0]
        let known = max(0, condition.warmUp - lead)
        #expect((0..<(900 - first)).allSatisfy { mask[$0] == ($0 >= known && all[$0 + first]) })
        #expect(mask.next(from: 900 - first) == .max && mask.population > 50)
        let result = Backtest(
            try Strategy(name: "late", timeframe: .m1, entry: checker.condition("close > sma(20)")).bound(),
            over: [whole.slice(first..<900, lead: lead)]
        ).run()
        #expect(result.rows == 600 && result.trades.allSatisfy { $0.entry.milliseconds >= whole.openTime[first] })
    }

    @Test("of finer candles only whole ones are put together, and gaps stay gaps", arguments: 0..<6 as Range<UInt64>)
    func resampled(_ seed: UInt64) {
        var chance = SplitMix64(seed: seed)
        let first = chance.below(90)
        let minutes = Markets.wild(2_000, seed: seed).enumerated().map { $0.offset < first || chance.below(150) == 0 ? nil : $0.element }
        let fine = Markets.history(minutes, Markets.instrument(), timeframe: .m1)
        for timeframe in [Timeframe.m5, .m15, .h1] {
            let parts = Int(timeframe.duration.milliseconds / 60_000)
            let whole = (0..<(2_000 / parts)).map { minutes[($0 * parts)..<(($0 + 1) * parts)].compactMap { $0 } }.map { rows in
                rows.count == parts ? Row(joining: rows[...], volume: rows.reduce(0) { $0 + $1.volume }) : nil
            }
            let told = Markets.history(whole, Markets.instrument(), timeframe: timeframe), coarse = fine.resampled(to: timeframe)
            #expect(coarse.timeframe == timeframe && Array(coarse.openTime) == Array(told.openTime) && coarse.count > 3)
            for column in [\CandleHistory.open, \.high, \.low, \.close, \.volume] {
                #expect(Array(coarse[keyPath: column]) == Array(told[keyPath: column]))
            }
        }
    }
}
