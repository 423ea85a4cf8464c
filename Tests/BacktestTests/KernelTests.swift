// The kernel against two slow simulators: one with the bot's own exit rules, one that knows the plain rule only.
import Kernel
import Market
import Strategies
import Testing

@testable import Backtest

@Suite("Backtest kernel")
struct KernelTests {
    private func strategy(_ seed: UInt64, _ timeframe: Timeframe) throws -> BoundStrategy {
        try Strategy.told(exits: seed % 2 == 0, positions: 1 + Int(seed % 3)) {
            $0.timeframe = timeframe
            $0.fills.entry = seed % 4 < 2 ? .close : .nextOpen
            // Small money folds ladders and refuses entries; much at once meets its end.
            $0.sizing.capital = seed % 5 == 0 ? "150" : "10000"
            $0.sizing.equity = seed % 3 == 0 ? .exact("0.6") : .exact("0.1")
            if seed % 7 == 0 { $0.bracket.trailing = nil }
        }.bound()
    }

    /// Runs both and compares them to the last unit.
    private func compare(_ markets: [SlowExact.Market], _ strategy: BoundStrategy, _ timeframe: Timeframe, finer: Timeframe = .m1) -> BacktestResult {
        let histories = markets.map { Markets.history($0.rows, $0.instrument, timeframe: timeframe) }
        let detail = markets.map { market in market.fine.map { Markets.history($0, market.instrument, timeframe: finer) } }
        let result = Backtest(strategy, over: histories, detail: detail).run()
        var slow = SlowExact(markets, strategy, timeframe, finer: finer)
        slow.run()
        let trades = result.trades.map { trade in
            SlowExact.Trade(
                symbol: trade.instrument, entry: trade.entry.milliseconds, exit: trade.exit.milliseconds,
                price: FixedDecimal(shortest: trade.exitPrice) ?? .zero, profit: trade.profit, rungs: trade.rungs, ending: trade.ending.rawValue)
        }
        #expect(trades == slow.trades)
        #expect(result.finalEquity == slow.cash)
        #expect(result.refused == slow.refused)
        #expect(!trades.isEmpty)
        return result
    }

    @Test("exact runs trade as the bot's own rules do, to the last unit", arguments: 0..<60 as Range<UInt64>)
    func exact(_ seed: UInt64) throws {
        let markets = (0..<3 as Range<UInt64>).map { index in
            var rows = Markets.wild(400, seed: seed * 3 + index).map { Optional($0) }, chance = SplitMix64(seed: seed * 5 + index)
            if seed % 2 == 1 || seed % 3 == 0 { for slot in rows.indices where chance.below(20) == 0 { rows[slot] = nil } }
            return SlowExact.Market(instrument: Markets.instrument(["AAA", "BBB", "CCC"][Int(index)]), rows: rows)
        }
        _ = compare(markets, try strategy(seed, .m1), .m1)
    }

    @Test("with finer candles exits are those the bot's own rules find in them, to the last unit", arguments: 0..<60 as Range<UInt64>)
    func detail(_ seed: UInt64) throws {
        var whole = 0
        let markets = (0..<3 as Range<UInt64>).map { index in
            let minutes = Markets.wild(1_500, seed: seed * 3 + index)
            var chance = SplitMix64(seed: seed * 5 + index), fine = minutes.map { Optional($0) }
            var rows = (0..<300).map { slot -> Row? in Row(joining: minutes[(slot * 5)..<(slot * 5 + 5)], volume: Double(chance.below(8))) }
            if seed % 3 > 0 {
                for minute in fine.indices where chance.below(60) == 0 { fine[minute] = nil }
                for slot in rows.indices where chance.below(20) == 0 { rows[slot] = nil }
            }
            // One market without any finer candles.
            if seed % 6 == 5, index == 1 { fine = [] }
            whole += rows.indices.count { slot in rows[slot] != nil && (fine.isEmpty || fine[(slot * 5)..<(slot * 5 + 5)].contains { $0 == nil }) }
            return SlowExact.Market(instrument: Markets.instrument(["AAA", "BBB", "CCC"][Int(index)]), rows: rows, fine: fine.isEmpty ? nil : fine)
        }
        let result = compare(markets, try strategy(seed, .m5), .m5)
        #expect(result.detail == BacktestDetail(timeframe: .m1, missing: whole))
    }

    @Test("plain runs trade as the plain rule does, to the last digit", arguments: 0..<40 as Range<UInt64>)
    func plain(_ seed: UInt64) throws {
        let strategy = try Strategy.told(positions: 1 + Int(seed % 3)) { $0.fillPlainly() }.bound()
        let markets = (0..<(seed % 2 == 0 ? 1 : 5)).map { Markets.wild(500, seed: seed * 7 + UInt64($0)) }
        let result = Backtest(strategy, over: markets.map { Markets.history($0) }).run()
        var slow = SlowPlain(markets, signals: markets.map { $0.map { $0.volume == 1 } }, limit: strategy.terms.positions)
        slow.run()
        let trades = result.trades.map { trade in
            SlowPlain.Trade(
                symbol: trade.instrument, entry: row(trade.entry), entryPrice: trade.entryPrice, exit: row(trade.exit), exitPrice: trade.exitPrice,
                why: [.stop, .trailing].contains(trade.ending) ? 1 : trade.ending == .target ? 2 : 0, rungs: trade.rungs)
        }
        #expect(trades == slow.trades)
        #expect(abs(result.finalEquity.double - slow.cash) < 1e-6)
        #expect(!trades.isEmpty)
    }

    @Test("a market that begins later trades on its own candles, at the moments they have")
    func shifted() throws {
        let rows = Markets.wild(300, seed: 4)
        let strategy = try Strategy.told { $0.fillPlainly() }.bound()
        let alone = Backtest(strategy, over: [Markets.history(rows, skipping: Set(0..<50).union([90, 91, 200]))]).run()
        // Another market without any signal changes nothing but the line of time.
        let quiet = rows.map { Row($0.open, $0.high, $0.low, $0.close) }
        let both = Backtest(
            strategy, over: [Markets.history(quiet), Markets.history(rows, Markets.instrument("BBB"), skipping: Set(0..<50).union([90, 91, 200]))]
        ).run()
        #expect(alone.trades.map(\.exit) == both.trades.map(\.exit))
        #expect(alone.finalEquity == both.finalEquity)
        #expect(alone.trades.count > 5)
    }

    private func row(_ time: Timestamp) -> Int { Int((time.milliseconds - Markets.start) / 60_000) }
}
