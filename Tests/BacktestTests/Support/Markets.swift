// What these tests share: histories written out or made up, strategies whose signals are told by the volume.
import Kernel
import Market
import Strategies
import TestSupport

@testable import Backtest

/// A candle in cents; its volume is the test's signal.
struct Row: Equatable {
    var open, high, low, close: Int
    var volume = 0.0

    init(_ open: Int, _ high: Int, _ low: Int, _ close: Int, _ volume: Double = 0) {
        (self.open, self.high, self.low, self.close, self.volume) = (open, high, low, close, volume)
    }

    /// One candle of several that follow each other.
    init(joining parts: ArraySlice<Row>, volume: Double = 0) {
        self.init(parts.first?.open ?? 1, parts.map(\.high).max() ?? 1, parts.map(\.low).min() ?? 1, parts.last?.close ?? 1, volume)
    }
}

enum Markets {
    static let start: Int64 = 1_704_067_200_000

    static func instrument(_ base: String = "AAA", minNotional: FixedDecimal = FixedDecimal(10)) -> Instrument {
        .madeUp(base, minNotional: minNotional)
    }

    /// - Parameter skipping: rows that the history does not have.
    static func history(_ rows: [Row], _ instrument: Instrument = instrument(), timeframe: Timeframe = .m1, skipping: Set<Int> = []) -> CandleHistory
    {
        let columns = CandleHistory.Columns(capacity: rows.count)
        var count = 0
        for (index, row) in rows.enumerated() where !skipping.contains(index) {
            let bar = SeededMarket.Bar(row.open, row.high, row.low, row.close)
            columns.set(count, at: start + Int64(index) * timeframe.duration.milliseconds, bar, volume: row.volume)
            count += 1
        }
        return CandleHistory(columns, count: count, instrument: instrument, pricePlaces: 2, timeframe: timeframe)
    }

    /// - Parameter rows: nil where the history has none.
    static func history(_ rows: [Row?], _ instrument: Instrument, timeframe: Timeframe) -> CandleHistory {
        history(rows.map { $0 ?? Row(1, 1, 1, 1) }, instrument, timeframe: timeframe, skipping: Set(rows.indices.filter { rows[$0] == nil }))
    }

    /// A market with gaps between candles and candles that touch many levels at once.
    static func wild(_ count: Int, seed: UInt64) -> [Row] {
        var chance = SplitMix64(seed: seed), market = SeededMarket()
        return (0..<count).map { _ in
            let bar = market.next(&chance)
            return Row(bar.open, bar.high, bar.low, bar.close, Double(chance.below(12)))
        }
    }
}

extension Strategy {
    /// Buys where the volume is 1, and sells at once where it is 2 if `exits`.
    static func told(exits: Bool = false, positions: Int = 3, _ change: (inout Strategy) -> Void = { _ in }) -> Strategy {
        func volume(_ value: Double) -> Condition { .comparison(.equal, .field(.volume), .constant(value)) }
        var strategy = Strategy(name: "told", timeframe: .m1, entry: volume(1), exit: exits ? volume(2) : nil)
        strategy.sizing.positions = positions
        change(&strategy)
        return strategy
    }

    /// Fills as plain backtesters have them.
    mutating func fillPlainly(slippage: Ratio = .zero) {
        fills.entry = .nextOpen
        fills.order = .stopFirst
        fills.accounting = .plain
        fills.slippage = .exact(slippage)
    }
}
