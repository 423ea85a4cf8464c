// What these tests share: runs on made-up markets.
import Backtest
import Kernel
import Market
import Strategies
import TestSupport

@testable import Pages

enum Runs {
    static let start: Int64 = 1_577_836_800_000

    /// A walk of prices; its volume, 0 to 11, is what strategies here trade by.
    static func history(_ base: String, rows: Int, timeframe: Timeframe = .h1, seed: UInt64) -> CandleHistory {
        let columns = CandleHistory.Columns(capacity: rows)
        var chance = SplitMix64(seed: seed), market = SeededMarket(step: 100, wick: 90, leap: nil, spike: nil)
        for row in 0..<rows {
            let bar = market.next(&chance)
            columns.set(row, at: start + Int64(row) * timeframe.duration.milliseconds, bar, volume: Double(chance.below(12)))
        }
        return CandleHistory(columns, count: rows, instrument: .madeUp(base, assumed: true), pricePlaces: 2, timeframe: timeframe)
    }

    static func strategy(_ timeframe: Timeframe = .h1, buysAt volume: Double = 1) -> Strategy {
        func told(_ value: Double) -> Condition { .comparison(.equal, .field(.volume), .constant(value)) }
        return Strategy(name: "told", timeframe: timeframe, entry: told(volume), exit: told(2))
    }

    static func report(
        _ histories: [CandleHistory], _ strategy: Strategy, source: String = "told.yaml", panel: RecordedPanel? = nil, leaks: LeakFindings? = nil
    ) throws -> BacktestPage {
        let bound = try strategy.bound(), result = Backtest(bound, over: histories, panel: panel).run()
        return BacktestPage(
            strategy, source: source, values: [("fast", 9)].map { ($0.0, FixedDecimal($0.1)) }, terms: bound.terms, histories: histories,
            result: result,
            statistics: result.statistics(of: bound.terms, over: histories), leaks: leaks)
    }

    static func usual() throws -> BacktestPage {
        try report([history("AAA", rows: 3_000, seed: 1), history("BBB", rows: 3_000, seed: 2)], strategy())
    }
}
