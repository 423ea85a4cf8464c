// What a page and the terminal say of holes, of holding, and of entries that were refused.
import Kernel
import Market
import Statistics
import Strategies
import Testing

@testable import Backtest
@testable import Pages

@Suite("Words about a run")
struct WordsTests {
    private func history(leapAt leap: Int?, hole: Int = 0) throws -> CandleHistory {
        let whole = Runs.history("AAA", rows: 200, seed: 8), columns = CandleHistory.Columns(capacity: 200)
        var count = 0
        for row in 0..<200 where !(50..<50 + hole).contains(row) {
            let factor = leap.map { row >= $0 ? 10.0 : 1 } ?? 1
            columns.openTime[count] = whole.openTime[row]
            (columns.open[count], columns.high[count]) = (whole.open[row] * factor, whole.high[row] * factor)
            (columns.low[count], columns.close[count], columns.volume[count]) = (
                whole.low[row] * factor, whole.close[row] * factor, whole.volume[row]
            )
            count += 1
        }
        return CandleHistory(columns, count: count, instrument: whole.instrument, pricePlaces: 2, timeframe: .h1)
    }

    @Test("candles that follow each other are said to; a hole and a leap are named on the page, and what trades over them came to")
    func gaps() throws {
        let sound = try Runs.report([history(leapAt: nil)], Runs.strategy())
        #expect(sound.gapWords.line == "no candle is missing; no price leaps from one candle to the next" && sound.gapWords.doubt == nil)
        #expect(sound.html.contains("<dt>Gaps</dt><dd>no candle is missing;"))
        let torn = try Runs.report([history(leapAt: 80, hole: 30)], Runs.strategy()), words = torn.gapWords
        #expect(
            words.line.hasPrefix(
                "30 candles missing in 1 hole, the longest 30 of AAA/USDT from 2020-01-03T02:00:00Z; 1 leap from one candle to the next, "
                    + "the largest to "
            ))
        #expect(torn.gaps.trades > 0 && words.doubt?.contains("of \(torn.result.tradeCount) trades") == true)
        #expect(
            torn.html.contains("30 candles missing in 1 hole") && torn.html.contains("No rule saw what happened there")
                && torn.html.contains("A leap is an open more than 10 % from the close before"))
    }

    @Test(
        "what the strategy made stands beside what holding made, and beside holding with no more money at work",
        arguments: [
            (-0.0909, 0.4554, 0.0, "lost 9.09 %; holding all markets in equal parts made 45.54 %", nil),
            (
                0.02, -0.5, 0.1, "made 2.00 %; holding all markets in equal parts lost 50.00 %",
                "with 10.00 % of the money, as much as the strategy had at work on average, holding lost 5.00 %"
            ),
            (0, 0, 0.99, "made nothing; holding all markets in equal parts made nothing", nil)
        ] as [(Double, Double, Double, String, String?)])
    func holding(_ run: Double, _ hold: Double, _ exposure: Double, _ line: String, _ scaled: String?) {
        let words = HoldWords(run: run, hold: hold, exposure: exposure)
        #expect(words.line == line && words.scaled == scaled)
    }

    @Test("the page says it before its first table, draws that holding, and gives each trade's percent and every sign")
    func page() throws {
        let report = try Runs.usual(), page = report.html
        let sentence = try #require(page.firstRange(of: "<p>The strategy \(report.holdWords.line); with ")),
            table = try #require(page.firstRange(of: "<table>"))
        #expect(sentence.lowerBound < table.lowerBound && report.exposure > 0.01 && report.exposure < 0.9)
        #expect(page.contains("buy and hold with the same money at work ("))
        let trade = try #require(report.result.trades.first), share = try #require(trade.share)
        #expect(
            page.contains("<td class=\"n\">\(share > 0 ? "+" : "−")")
                && abs(share - trade.profit.double / (trade.quantity * trade.entryPrice)) < 1e-12)
        for row in report.statistics.rows
        where [ReturnStatistic.totalReturn.rawValue, ReturnStatistic.cagr.rawValue, TradeStatistic.net.rawValue].contains(row.name) {
            #expect(["+", "−"].contains(row.cell.number.prefix(1)), "\(row.name) \(row.cell.number)")
        }
    }

    @Test("refused entries are told with their reasons, and trials as they were counted")
    func counts() throws {
        let history = try history(leapAt: nil, hole: 30)
        var strategy = Runs.strategy()
        strategy.sizing.equity = .exact("0.0001")
        let bound = try strategy.bound(), result = Backtest(bound, over: [history]).run()
        #expect(result.refusals.tooSmall > 0 && result.refusals.words.contains("\(result.refusals.tooSmall) too small for the venue’s rules"))
        let report = BacktestPage(
            strategy, source: "told.yaml", values: [], terms: bound.terms, histories: [history], result: result,
            statistics: result.statistics(of: bound.terms, over: [history]), leaks: nil, trials: "7 of this strategy on record")
        #expect(report.html.contains("entries refused: ") && report.html.contains("Trials: 7 of this strategy on record."))
        #expect(BacktestResult().refusals.words.isEmpty)
    }
}
