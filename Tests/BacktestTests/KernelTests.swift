// The kernel against two slow simulators: one with the bot's own exit rules, one that knows the plain rule only.
import Domain
import Testing
@testable import Backtest

@Suite("Backtest kernel")
struct KernelTests {
    @Test("exact runs trade as the bot's own rules do, to the last unit", arguments: 0..<40 as Range<UInt64>)
    func exact(_ seed: UInt64) throws {
        let strategy = try Strategy.told(exits: seed % 2 == 0, positions: 1 + Int(seed % 3)) {
            $0.fills.entry = seed % 4 < 2 ? .close : .nextOpen
            // Small money folds ladders and refuses entries.
            $0.sizing.capital = seed % 5 == 0 ? "150" : "10000"
            $0.sizing.equity = seed % 3 == 0 ? .exact("0.6") : .exact("0.1")
        }.bound()
        let markets = (0..<3).map { Markets.wild(400, seed: seed * 3 + $0) }
        let instruments = ["AAA", "BBB", "CCC"].map { Markets.instrument($0) }
        let result = Backtest(strategy, over: zip(markets, instruments).map { Markets.history($0, $1) }).run()
        var slow = SlowExact(markets, instruments, strategy)
        slow.run()
        let trades = result.trades.map { trade in
            SlowExact.Trade(symbol: trade.instrument, entry: row(trade.entry) - (strategy.terms.moment == .close ? 1 : 0), exit: row(trade.exit),
                            price: FixedDecimal(shortest: trade.exitPrice) ?? .zero, profit: trade.profit, rungs: trade.rungs, ending: trade.ending.rawValue)
        }
        #expect(trades == slow.trades)
        #expect(result.finalEquity == slow.cash)
        #expect(result.refused == slow.refused)
        #expect(!trades.isEmpty)
    }

    @Test("plain runs trade as the plain rule does, to the last digit", arguments: 0..<40 as Range<UInt64>)
    func plain(_ seed: UInt64) throws {
        let strategy = try Strategy.told(positions: 1 + Int(seed % 3)) { $0.fillPlainly() }.bound()
        let markets = (0..<(seed % 2 == 0 ? 1 : 5)).map { Markets.wild(500, seed: seed * 7 + UInt64($0)) }
        let result = Backtest(strategy, over: markets.map { Markets.history($0) }).run()
        var slow = SlowPlain(markets, signals: markets.map { $0.map { $0.volume == 1 } }, limit: strategy.terms.positions)
        slow.run()
        let trades = result.trades.map { trade in
            SlowPlain.Trade(symbol: trade.instrument, entry: row(trade.entry), entryPrice: trade.entryPrice, exit: row(trade.exit), exitPrice: trade.exitPrice,
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
        let both = Backtest(strategy, over: [Markets.history(quiet), Markets.history(rows, Markets.instrument("BBB"), skipping: Set(0..<50).union([90, 91, 200]))]).run()
        #expect(alone.trades.map(\.exit) == both.trades.map(\.exit))
        #expect(alone.finalEquity == both.finalEquity)
        #expect(alone.trades.count > 5)
    }

    private func row(_ time: Timestamp) -> Int { Int((time.milliseconds - Markets.start) / 60_000) }
}
