// A backtest's figures: its days as returns, its trades as outcomes, and the yardstick beside it.
import Kernel
import Market
import Statistics
import Strategies
import Testing

@testable import Backtest

@Suite("Figures of a backtest")
struct FigureTests {
    @Test("the returns of the days compound to the final equity, a return a day", arguments: 1...6 as ClosedRange<UInt64>)
    func returns(_ seed: UInt64) throws {
        let histories = [
            Markets.history(Markets.wild(400, seed: seed), timeframe: .h1),
            Markets.history(Markets.wild(400, seed: seed + 50), Markets.instrument("BBB"), timeframe: .h1)
        ]
        let strategy = try Strategy.told(exits: true) { $0.timeframe = .h1 }.bound()
        let result = Backtest(strategy, over: histories).run(), series = result.returns(capital: strategy.terms.capital)
        #expect(result.tradeCount > 10 && series.count == 17 && series.first == Timestamp(milliseconds: Markets.start))
        #expect(abs(EquityCurve(series.returns).final * strategy.terms.capital.double - result.finalEquity.double) < 1e-6)
        let statistics = result.statistics(of: strategy.terms, over: histories)
        #expect(
            statistics[trade: .net] == .exact(result.finalEquity - strategy.terms.capital)
                && statistics[trade: .count]?.double == Double(result.tradeCount))
    }

    @Test("a trade that its stop ended lost one R, costs included", arguments: [true, false])
    func oneR(_ plain: Bool) throws {
        let history = Markets.history([Row(10_000, 10_000, 10_000, 10_000, 1), Row(10_000, 10_010, 9_000, 9_500), Row(9_500, 9_500, 9_500, 9_500)])
        let strategy = try Strategy.told { if plain { $0.fillPlainly(slippage: "0.002"); $0.fills.fee = .exact("0.001") } }.bound()
        let result = Backtest(strategy, over: [history]).run(), trade = try #require(result.trades.first)
        let outcome = try #require(trade.outcome(strategy.terms)), multiple = try #require(outcome.rMultiple)
        #expect(result.tradeCount == 1 && trade.ending == .stop && outcome.duration == .minutes(1))
        #expect(abs(multiple + 1) < (plain ? 1e-9 : 0.01), "\(multiple)")
    }

    private func marks(_ days: [Int], _ equity: (Int) -> Double) -> [EquityMark] {
        days.enumerated().map { EquityMark(time: Timestamp(milliseconds: Markets.start + Int64($1) * 86_400_000 + 82_800_000), equity: equity($0)) }
    }

    @Test("a day without a candle is a day without a return: growth and Sharpe's year go by the calendar")
    func calendar() throws {
        // Ten days, ten that are missing, ten more; 1 % a day where there are candles.
        let growing = marks(Array(0..<10) + Array(20..<30)) { Mathematics.pow(1.01, Double($0 + 1)) * 1_000 }, series = growing.returns(from: 1_000)
        #expect(
            series.count == 30 && series.returns[10..<20].allSatisfy { $0 == 0 }
                && zip(series.times, series.times.dropFirst()).allSatisfy { $1 - $0 == .days(1) })
        #expect(Annualisation.days(series.times) == 365)
        let statistics = RunStatistics(series, periodsPerYear: Annualisation.days(series.times))
        let growth = Mathematics.pow(1.01, 20 * 365.0 / 30) - 1
        #expect(abs(try #require(statistics[.cagr]?.double) / growth - 1) < 1e-9)
        let whole = marks(Array(0..<20)) { Mathematics.pow(1.01, Double($0 + 1)) * 1_000 }.returns(from: 1_000)
        #expect(Annualisation.days(whole.times) == 365 && whole.count == 20)
    }

    @Test("weekends of a market that closes are no days of its returns, and its growth goes by the calendar all the same")
    func weekdays() throws {
        // Markets.start is a Monday. Four weeks of weekdays, one Wednesday missing.
        let days = (0..<28).filter { $0 % 7 < 5 && $0 != 9 }, series = marks(days) { 1_000 + Double($0) }.returns(from: 1_000)
        #expect(series.count == 20 && series.returns.count { $0 == 0 } == 2)
        let year = try #require(Annualisation.days(series.times))
        #expect(abs(year - 365 * 20.0 / 26) < 1e-9)
        let cagr = try #require(RunStatistics(series, periodsPerYear: year)[.cagr]?.double)
        #expect(abs(cagr - (Mathematics.pow(1.018, 365.0 / 26) - 1)) < 1e-9)
    }

    @Test("exposure is what was paid for positions, for as long as they were open, over the capital and all the time")
    func exposure() throws {
        let history = Markets.history([Row(10_000, 10_000, 10_000, 10_000, 1)] + (0..<9).map { _ in Row(10_000, 10_000, 10_000, 10_000) })
        let
            strategy = try Strategy.told {
                $0.fillPlainly(); $0.fills.fee = .exact("0.001")
            }.bound(), result = Backtest(strategy, over: [history]).run()
        let span = Markets.start...(Markets.start + 600_000)
        // A tenth of the money for nine of ten minutes.
        #expect(abs(result.exposure(capital: strategy.terms.capital, over: span) - 0.09) < 1e-9)
        let hold = BuyAndHold([history], strategy.terms, at: [Timestamp(milliseconds: Markets.start)])
        #expect(abs(hold.marks(with: 0.5, of: strategy.terms.capital)[0].equity - (strategy.terms.capital.double + hold.marks[0].equity) / 2) < 1e-9)
    }

    @Test("an account with nothing left has no returns after that")
    func nothingLeft() {
        let marks = [110.0, 0, 0, 50].enumerated().map {
            EquityMark(time: Timestamp(milliseconds: Markets.start + Int64($0) * 86_400_000), equity: $1)
        }
        let series = marks.returns(from: 100)
        #expect(series.count == 2 && abs(series.returns[0] - 0.1) < 1e-12 && series.returns[1] == -1)
    }

    @Test("a fall below the capital on the first day is a drawdown")
    func firstDay() throws {
        let marks = [90.0, 95].enumerated().map { EquityMark(time: Timestamp(milliseconds: Markets.start + Int64($0) * 86_400_000), equity: $1) }
        let drawdown = RunStatistics(marks.returns(from: 100), periodsPerYear: 365)[.maximumDrawdown]?.double
        #expect(abs(try #require(drawdown) + 0.1) < 1e-12)
    }

    @Test("buying and holding spends a part for each market, at its first close, with costs; what begins later waits")
    func hold() throws {
        let early = Markets.history((0..<4).map { Row(100, 100, 100, 100 + 100 * $0) }, timeframe: .d1)
        let late = Markets.history((0..<4).map { Row(100, 100, 100, 100 * $0) }, Markets.instrument("BBB"), timeframe: .d1, skipping: [0])
        let terms = try Strategy.told {
            $0.timeframe = .d1; $0.fills.fee = .exact("0.055"); $0.fills.slippage = .exact("0.05"); $0.sizing.capital = "1000"
        }.bound().terms
        let hold = BuyAndHold([early, late], terms, at: early.openTime.map(Timestamp.init(milliseconds:)))
        // Kept of each part: (1 - 0.055) / 1.05 = 0.9.
        let equity = hold.marks.map { $0.equity.rounded(.toNearestOrEven) }
        #expect(equity == [950, 1_350, 2_250, 3_150] as [Double])
        #expect(abs(try #require(hold.statistics[.totalReturn]?.double) - 2.15) < 1e-12)
    }
}
