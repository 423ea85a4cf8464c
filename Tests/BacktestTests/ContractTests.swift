// One test a line of `Sources/Backtest/CONTRACT.md`, on candles written out by hand.
import Kernel
import Market
import Strategies
import TestSupport
import Testing
import Trading

@testable import Backtest

@Suite("Backtest contract")
struct ContractTests {
    /// Bought at 100.00 in row 1 (plain) on the signal of row 0.
    private func plain(_ rows: [Row], order: FillRule.Order = .stopFirst, exits: Bool = false, _ change: (inout Strategy) -> Void = { _ in }) throws
        -> BacktestResult
    {
        let strategy = Strategy.told(exits: exits) {
            $0.fillPlainly()
            $0.fills.order = order
            change(&$0)
        }
        return Backtest(try strategy.bound(), over: [Markets.history([Row(10_000, 10_000, 10_000, 10_000, 1)] + rows)]).run()
    }

    private let flat = Row(10_000, 10_000, 10_000, 10_000)

    @Test("a cut takes nothing from before it", arguments: [500, 1_111, 2_500])
    func cut(_ rows: Int) throws {
        let whole = Markets.history(Markets.wild(3_000, seed: 12))
        let strategy = try Strategy.told(exits: true).bound()
        let all = Backtest(strategy, over: [whole]).run().trades, some = Backtest(strategy, over: [whole.prefix(rows)]).run().trades
        let ended = some.filter { $0.ending != .end }
        #expect(ended == Array(all.prefix(ended.count)))
        #expect(ended.count > 10)
    }

    @Test("a signal in the last candle buys nothing", arguments: FillRule.Moment.allCases)
    func last(_ moment: FillRule.Moment) throws {
        var rows = [flat, flat]
        rows[1].volume = 1
        let result = Backtest(try Strategy.told { $0.fills.entry = moment }.bound(), over: [Markets.history(rows)]).run()
        #expect(result.trades.isEmpty)
        #expect(result.signals == 1)
    }

    @Test("bought at the close, watched from the next candle")
    func atClose() throws {
        let rows = [Row(9_000, 12_000, 9_000, 10_000, 1), flat, Row(10_000, 10_000, 9_000, 9_500)]
        let trades = Backtest(
            try Strategy.told {
                $0.fills.slippage = .exact("0"); $0.fills.entry = .close
            }.bound(), over: [Markets.history(rows)]
        ).run().trades
        #expect(trades.map(\.entryPrice) == [100])
        #expect(trades.map(\.entry.milliseconds) == [Markets.start + 60_000])
        #expect(trades.map(\.exit.milliseconds) == [Markets.start + 120_000])
        #expect(trades.map(\.exitPrice) == [97])
    }

    @Test("bought at the next open, watched from that candle")
    func atOpen() throws {
        let trades = try plain([Row(10_000, 10_100, 9_000, 9_500), flat]).trades
        #expect(trades.map(\.entryPrice) == [100])
        #expect(trades.map(\.exit.milliseconds) == [Markets.start + 60_000])
        #expect(trades.map(\.ending) == [.stop])
    }

    @Test("what less than a lot cost is told, and is the loss that a coarser lot makes")
    func dust() throws {
        var rows = [Row](repeating: flat, count: 5)
        rows[0].volume = 1
        func run(lot: FixedDecimal, plainly: Bool = false) throws -> BacktestResult {
            let instrument = try #require(Instrument(symbol: Symbol("AAA/USDT")!, tickSize: "0.01", lotStep: lot, minNotional: "10"))
            let strategy = Strategy.told { if plainly { $0.fillPlainly() } else { $0.fills.slippage = .exact("0") } }
            return Backtest(try strategy.bound(), over: [Markets.history(rows, instrument)]).run()
        }
        let fine = try #require(try run(lot: "0.000000001").trades.first), coarse = try run(lot: "1"), trade = try #require(coarse.trades.first)
        // A thousandth of the coins is the fee, and of the last coin the rest is left.
        let left = FixedDecimal.one - (FixedDecimal(shortest: trade.quantity) ?? .zero).times("0.001", rounding: .up)
        #expect(fine.dust.isZero && trade.dust == left.times("100", rounding: .nearest) && trade.dust > "50" && coarse.dust == trade.dust)
        // What is left is paid for, and its sale would have cost a fee.
        #expect(fine.quantity == trade.quantity && fine.profit - trade.profit == trade.dust - trade.dust.times("0.001", rounding: .up))
        #expect(try run(lot: "1", plainly: true).dust.isZero)
    }

    @Test("a gap below the stop sells at the open")
    func gap() throws {
        let trades = try plain([flat, Row(9_000, 9_100, 8_900, 9_000), flat]).trades
        #expect(trades.map(\.exitPrice) == [90])
    }

    @Test("what the open reached comes before the stop")
    func openFirst() throws {
        let trades = try plain([flat, Row(10_400, 10_450, 9_000, 9_100), flat], order: .openFirst).trades
        #expect(trades.map(\.rungs) == [1])
        #expect(trades.map(\.ending) == [.stop])
    }

    @Test("a touched stop comes before everything")
    func stopFirst() throws {
        let trades = try plain([flat, Row(10_400, 10_450, 9_000, 9_100), flat]).trades
        #expect(trades.map(\.rungs) == [0])
        #expect(trades.map(\.exitPrice) == [97])
    }

    @Test("stop and target in one candle is a stop", arguments: FillRule.Order.allCases)
    func both(_ order: FillRule.Order) throws {
        let trades = try plain([flat, Row(10_000, 10_900, 9_600, 10_000), flat], order: order).trades
        #expect(trades.map(\.rungs) == [0])
        #expect(trades.map(\.ending) == [.stop])
    }

    @Test("one candle may take all rungs, a gap at the open's price", arguments: FillRule.Order.allCases)
    func rungs(_ order: FillRule.Order) throws {
        let trades = try plain([flat, Row(10_400, 11_000, 10_300, 10_900), flat], order: order).trades
        #expect(trades.map(\.rungs) == [3])
        #expect(trades.map(\.ending) == [.target])
        #expect(trades.map(\.exitPrice) == [100 * 1.08])
        // 10 coins less a fee: 3.3 at 104, 3.3 at 105, 3.4 at 108; the fee of the purchase is 1.
        let proceeds = (3.3 * 104 + 3.3 * 105 + 3.4 * 108) * 0.999
        #expect(abs((trades.first?.profit.double ?? 0) - (proceeds - 1_001)) < 1e-9)
    }

    @Test("the trailing stop acts from the next candle")
    func trailing() throws {
        // The first rung at 103 and a high of 104: the level is 101.92, but this candle's low of 99 is before it.
        let trades = try plain([flat, Row(10_000, 10_400, 9_900, 10_350), Row(10_350, 10_360, 10_100, 10_200), flat]).trades
        #expect(trades.map(\.rungs) == [1])
        #expect(trades.map(\.ending) == [.trailing])
        #expect(trades.map(\.exitPrice) == [104 * 0.98])
        let staying = try plain([flat, Row(10_000, 10_400, 9_900, 10_350), Row(10_350, 10_360, 10_100, 10_200), flat]) { $0.bracket.trailing = nil }
            .trades
        #expect(staying.map(\.ending) == [.end])
    }

    @Test("an exit condition sells what is left", arguments: [(FillRule.Moment.nextOpen, 101.0), (.close, 102.0)])
    func exit(_ moment: FillRule.Moment, _ price: Double) throws {
        let rows = [flat, Row(10_000, 10_250, 9_900, 10_200, 2), Row(10_100, 10_200, 10_000, 10_150), flat]
        let trades = try plain(rows, exits: true) { $0.fills.entry = moment }.trades
        #expect(trades.map(\.exitPrice) == [price])
        #expect(trades.map(\.ending) == [.signal])
    }

    @Test("what is open at the end is sold at the last close")
    func end() throws {
        let result = try plain([flat, Row(10_000, 10_100, 9_900, 10_050)])
        #expect(result.trades.map(\.exitPrice) == [100.5])
        #expect(result.trades.map(\.ending) == [.end])
        let expected = 10_000.0 - 1_001 + 10 * 100.5 * 0.999
        #expect(abs(result.finalEquity.double - expected) < 1e-9)
    }

    @Test("an entry costs its share of equity")
    func share() throws {
        // The second entry sees the first position at its close of 102: equity 10000 - 1001 + 1020.
        let first = [Row(10_000, 10_000, 10_000, 10_000, 1), flat, Row(10_000, 10_200, 10_000, 10_200), Row(10_200, 10_200, 10_200, 10_200)]
        let second = [flat, flat, Row(10_000, 10_000, 10_000, 10_000, 1), flat]
        let result = Backtest(try Strategy.told { $0.fillPlainly() }.bound(), over: [first, second].map { Markets.history($0) }).run()
        let equity = 10_000.0 - 1_001 + 1_020
        #expect(result.trades.map(\.quantity) == [10, 0.1 * equity / 100])
    }

    @Test("slippage makes a purchase dearer and a sale cheaper", arguments: FillRule.Accounting.allCases)
    func slippage(_ accounting: FillRule.Accounting) throws {
        let trades = try plain([flat, flat]) {
            $0.fills.slippage = .exact("0.001")
            $0.fills.accounting = accounting
        }.trades
        #expect(trades.map(\.entryPrice) == [accounting == .plain ? 100 * 1.001 : 100.1])
        #expect(trades.map(\.exitPrice) == [accounting == .plain ? 100 * 0.999 : 99.9])
    }

    @Test("more than the free money is refused", arguments: FillRule.Accounting.allCases)
    func cash(_ accounting: FillRule.Accounting) throws {
        let market = [Row(10_000, 10_000, 10_000, 10_000, 1), flat, flat]
        let strategy = Strategy.told {
            $0.fillPlainly()
            $0.fills.accounting = accounting
            $0.sizing.equity = .exact("0.6")
        }
        let result = Backtest(try strategy.bound(), over: [market, market].map { Markets.history($0) }).run()
        #expect(result.trades.map(\.instrument) == [0])
        #expect(result.refused == 1 && result.refusals.noMoney == 1)
    }

    @Test("room is given in the order of markets")
    func order() throws {
        let market = [Row(10_000, 10_000, 10_000, 10_000, 1), flat, flat]
        let strategy = Strategy.told(positions: 2) { $0.fillPlainly() }
        let result = Backtest(try strategy.bound(), over: (0..<4).map { _ in Markets.history(market) }).run()
        #expect(result.trades.map(\.instrument) == [0, 1])
        #expect(result.signals == 4)
    }

    @Test("sold and bought again in one candle")
    func again() throws {
        let rows = [flat, Row(10_000, 10_000, 9_600, 9_900, 1), flat, flat]
        let trades = try plain(rows).trades
        #expect(trades.map(\.exit.milliseconds) == [Markets.start + 120_000, Markets.start + 240_000])
        #expect(trades.map(\.entry.milliseconds) == [Markets.start + 60_000, Markets.start + 180_000])
        // While it is held, a signal buys nothing.
        #expect(try plain([flat, Row(10_000, 10_000, 10_000, 10_000, 1), flat, flat]).trades.count == 1)
    }

    @Test("a signal buys only where the next candle follows, and is refused else", arguments: FillRule.Accounting.allCases, FillRule.Moment.allCases)
    func followed(_ accounting: FillRule.Accounting, _ moment: FillRule.Moment) throws {
        let strategy = try Strategy.told {
            $0.fills.accounting = accounting
            $0.fills.entry = moment
        }.bound()
        let rows = [Row(10_000, 10_000, 10_000, 10_000, 1), flat, flat, flat]
        let result = Backtest(strategy, over: [Markets.history(rows, skipping: [1])]).run()
        #expect(result.trades.count == (moment == .close ? 1 : 0))
        #expect(result.refused == (moment == .close ? 0 : 1) && result.refusals.noPrice == result.refused)
    }

    @Test("an exit condition sells at the next candle's open, whenever that comes")
    func lateExit() throws {
        let rows = [
            Row(10_000, 10_000, 10_000, 10_000, 1), Row(10_000, 10_000, 10_000, 10_000, 2), flat, flat, Row(10_100, 10_200, 10_000, 10_150), flat
        ]
        let strategy = try Strategy.told(exits: true) { $0.fillPlainly() }.bound()
        let trades = Backtest(strategy, over: [Markets.history(rows, skipping: [2, 3])]).run().trades
        #expect(trades.map(\.exitPrice) == [101])
        #expect(trades.map(\.exit.milliseconds) == [Markets.start + 4 * 60_000])
    }

    /// Buys where the volume is 1 or 3, and sells where it is 2 or 3.
    private func both(_ moment: FillRule.Moment, positions: Int = 3, equity: Ratio = "0.1") throws -> BoundStrategy {
        func volume(_ value: Double) -> Condition { .comparison(.equal, .field(.volume), .constant(value)) }
        var strategy = Strategy.told(positions: positions)
        strategy.entry = .either(volume(1), volume(3))
        strategy.exit = .either(volume(2), volume(3))
        strategy.fills.entry = moment
        strategy.sizing.equity = .exact(equity)
        return try strategy.bound()
    }

    @Test("what an exit condition sells is not bought at the same close", arguments: FillRule.Moment.allCases)
    func notAgain(_ moment: FillRule.Moment) throws {
        let rows = [Row(10_000, 10_000, 10_000, 10_000, 1), flat, Row(10_000, 10_000, 10_000, 10_000, 3), flat, flat]
        let result = Backtest(try both(moment), over: [Markets.history(rows)]).run()
        #expect(result.trades.count == 1)
        #expect(result.refused == 0)
    }

    @Test("room and money of what a close sells are there from the next candle on", arguments: FillRule.Moment.allCases)
    func roomLater(_ moment: FillRule.Moment) throws {
        let one = Row(10_000, 10_000, 10_000, 10_000, 1), sale = Row(10_000, 10_000, 10_000, 10_000, 2)
        let histories = [[one, flat, sale, flat, flat, flat], [flat, flat, one, flat, flat, flat]].map { Markets.history($0) }
        #expect(Backtest(try both(moment, positions: 1), over: histories).run().trades.map(\.instrument) == [0])
        let short = Backtest(try both(moment, equity: "0.6"), over: histories).run()
        #expect(short.trades.map(\.instrument) == [0])
        #expect(short.refused == 1)
        let later = [[one, flat, sale, flat, flat, flat], [flat, flat, flat, one, flat, flat]].map { Markets.history($0) }
        #expect(Backtest(try both(moment, positions: 1, equity: "0.6"), over: later).run().trades.map(\.instrument) == [0, 1])
    }

    @Test("a sale within a candle does not pay for an entry at its open", arguments: FillRule.Accounting.allCases)
    func payment(_ accounting: FillRule.Accounting) throws {
        // The first market is stopped in the very candle in which the second would be bought.
        let first = [Row(10_000, 10_000, 10_000, 10_000, 1), flat, Row(10_000, 10_000, 9_000, 9_500), flat, flat]
        let second = [flat, Row(10_000, 10_000, 10_000, 10_000, 1), flat, flat, flat]
        let strategy = try Strategy.told {
            $0.fillPlainly()
            $0.fills.accounting = accounting
            $0.sizing.equity = .exact("0.6")
        }.bound()
        let result = Backtest(strategy, over: [first, second].map { Markets.history($0) }).run()
        #expect(result.trades.map(\.instrument) == [0])
        #expect(result.refused == 1)
    }

    @Test("a refused entry takes no room", arguments: FillRule.Moment.allCases)
    func turn(_ moment: FillRule.Moment) throws {
        let market = [Row(10_000, 10_000, 10_000, 10_000, 1), flat, flat]
        let strategy = try Strategy.told(positions: 1) { $0.fills.entry = moment }.bound()
        let dear = Instrument(symbol: Markets.instrument().symbol, tickSize: "0.01", lotStep: "1000", minNotional: "10")
        let histories = [Markets.history(market, try #require(dear)), Markets.history(market, Markets.instrument("BBB"))]
        let result = Backtest(strategy, over: histories).run()
        #expect(result.trades.map(\.instrument) == [1])
        #expect(result.refused == 1 && result.refusals.tooSmall == 1)
    }

    @Test("entries of one close cost a share of one equity", arguments: FillRule.Moment.allCases)
    func oneEquity(_ moment: FillRule.Moment) throws {
        let market = [Row(10_000, 10_000, 10_000, 10_000, 1), flat, flat]
        let strategy = try Strategy.told { $0.fills.entry = moment }.bound()
        let result = Backtest(strategy, over: ["AAA", "BBB"].map { Markets.history(market, Markets.instrument($0)) }).run()
        #expect(result.trades.count == 2 && Set(result.trades.map(\.quantity)).count == 1)
    }

    @Test("another number in the strategy is another result", arguments: 0..<8)
    func numbers(_ change: Int) throws {
        let history = Markets.history(Markets.wild(2_000, seed: 5))
        let usual = Backtest(try Strategy.told(exits: true).bound(), over: [history]).run()
        let changed = Strategy.told(exits: true) { strategy in
            switch change {
            case 0: strategy.bracket.stop = .exact("0.02")
            case 1: strategy.bracket.trailing = .exact("0.01")
            case 2: strategy.bracket.rungs[2].rise = .exact("0.07")
            case 3: strategy.sizing.equity = .exact("0.2")
            case 4: strategy.sizing.capital = "5000"
            case 5: strategy.fills.fee = .exact("0.002")
            case 6: strategy.fills.slippage = .exact("0")
            default: strategy.fills.entry = .close
            }
        }
        #expect(Backtest(try changed.bound(), over: [history]).run().finalEquity != usual.finalEquity)
    }

    @Test("every assumption of the contract names a test that exists")
    func named() throws {
        let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let contract = Files.text("/\(folder)/Sources/Backtest/CONTRACT.md")
        let files =
            ["ContractTests", "DetailTests", "FigureTests", "GapTests", "KernelTests", "SignalTests", "OptimiserTests", "PanelTests"].map {
                "BacktestTests/\($0)"
            }
            + [
                "CoreTests/Indicators/ExactWindowTests", "CoreTests/Strategy/ToleranceTests", "CandleFilesTests/HistoryTests",
                "CandleStoreTests/LayerTests"
            ]
        let tests = files.map { Files.text("/\(folder)/Tests/\($0).swift") }.joined().replacing(/@Test\(\s+/, with: "@Test(")
        let names = contract.split(separator: "\n").filter { $0.hasPrefix("- ") }
            .flatMap { line in line.split(separator: "\"").enumerated().filter { $0.offset % 2 == 1 }.map(\.element) }
        #expect(names.count > 15)
        for name in names { #expect(tests.contains("@Test(\"\(name)\""), "no test \(name)") }
    }
}
