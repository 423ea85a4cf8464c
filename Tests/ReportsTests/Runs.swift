// What these tests share: runs on made-up markets.
import Backtest
import Domain
@testable import Reports

enum Runs {
    static let start: Int64 = 1_577_836_800_000

    /// A walk of prices; its volume, 0 to 11, is what strategies here trade by.
    static func history(_ base: String, rows: Int, timeframe: Timeframe = .h1, seed: UInt64) -> CandleHistory {
        guard let currency = Currency(base), let instrument = Instrument(symbol: Symbol(currency, .usdt), tickSize: "0.01", lotStep: "0.0001", minNotional: "10", assumed: true)
        else { preconditionFailure("a test's instrument") }
        let columns = CandleHistory.Columns(capacity: rows)
        var chance = Chance(state: seed), price = 10_000
        for row in 0..<rows {
            let open = price, close = max(2_000, open + chance.below(201) - 100)
            columns.openTime[row] = start + Int64(row) * timeframe.duration.milliseconds
            columns.open[row] = Double(open) / 100
            columns.close[row] = Double(close) / 100
            columns.high[row] = Double(max(open, close) + chance.below(90)) / 100
            columns.low[row] = Double(min(open, close) - chance.below(90)) / 100
            columns.volume[row] = Double(chance.below(12))
            price = close
        }
        return CandleHistory(columns, count: rows, instrument: instrument, pricePlaces: 2, timeframe: timeframe)
    }

    static func strategy(_ timeframe: Timeframe = .h1, buysAt volume: Double = 1) -> Strategy {
        func told(_ value: Double) -> Condition { .comparison(.equal, .field(.volume), .constant(value)) }
        return Strategy(name: "told", timeframe: timeframe, entry: told(volume), exit: told(2))
    }

    static func report(_ histories: [CandleHistory], _ strategy: Strategy, source: String = "told.yaml", panel: RecordedPanel? = nil, leaks: LeakFindings? = nil) throws -> BacktestReport {
        let bound = try strategy.bound(), result = Backtest(bound, over: histories, panel: panel).run()
        return BacktestReport(strategy, source: source, values: [("fast", 9)].map { ($0.0, FixedDecimal($0.1)) }, terms: bound.terms, histories: histories, result: result,
                              statistics: result.statistics(of: bound.terms, over: histories), leaks: leaks)
    }

    static func usual() throws -> BacktestReport {
        try report([history("AAA", rows: 3_000, seed: 1), history("BBB", rows: 3_000, seed: 2)], strategy())
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014).
struct Chance {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(bound))
    }
}
