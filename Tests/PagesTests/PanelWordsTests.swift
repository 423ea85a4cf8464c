// What a page says of a strategy that asks a panel: with answers and without, it never looks as if a model had been asked.
import Analysis
import Backtest
import Kernel
import Market
import Strategies
import Testing

@testable import Pages

@Suite("Panel words")
struct PanelWordsTests {
    private static func answer(_ row: Int, after delay: TimeSpan) -> RecordedAnswer {
        RecordedAnswer(
            symbol: Symbol("AAA/USDT")!, hour: Timestamp(milliseconds: Runs.start + Int64(row + 1) * 3_600_000), agreed: row % 2 == 0,
            conviction: "0.6", delay: delay)
    }

    private static func report(_ answers: [RecordedAnswer]?) throws -> BacktestPage {
        var strategy = Runs.strategy()
        strategy.aiConviction = "0.6"
        return try Runs.report(
            [Runs.history("AAA", rows: 300, seed: 6)], strategy, panel: answers.map { RecordedPanel($0, minimum: "0.6", source: "<b>.csv") })
    }

    @Test("answers are counted, dated and doubted")
    func answered() throws {
        let report = try Self.report((0..<200).map { Self.answer($0, after: .minutes($0 == 100 ? 4 : $0 == 101 ? 20 : 0)) })
        let tally = try #require(report.result.panel), words = try #require(PanelWords(report.strategy, tally))
        #expect(tally.agreed > 0 && tally.refused > 0 && tally.unanswered > 0)
        #expect(
            words.line
                == "\(tally.answered) of \(tally.signals) signals answered: \(tally.agreed) agreed with conviction 0.6 or more, "
                + "\(tally.refused) refused; \(tally.unanswered) unanswered, not bought"
        )
        #expect(
            words.unproven == [
                "Answers exist for 199 of 300 candles, 2020-01-01T01:00:00Z to 2020-01-09T08:00:00Z. The model’s part is unproven for the others: "
                    + "there nothing could be bought.",
                "Answers came up to 4 min after the close at which they count here.",
                "Recorded answers that came more than 10 min after their hour, or before it, and count as none: 1.",
                "The answers are those of <b>.csv. They were not asked for again: another model, prompt or day may answer otherwise."
            ])
        let page = try StrictReader(report.html)
        for part in [words.line, "the model’s part beyond its recorded answers; "] + words.unproven {
            #expect(page.text.contains(part.replacing("<b>", with: "&lt;b&gt;")), "\(part)")
        }
    }

    @Test(
        "without answers, and with none that fits, the model's part is unproven",
        arguments: [
            (nil, "not asked: the rules alone traded, and that is not the strategy", "nobody was asked and no recorded answers were given"),
            (
                [answer(900, after: .seconds(0))], "signals answered: 0 agreed",
                "no recorded answer is about a candle of this run, so nothing was bought"
            )
        ] as [([RecordedAnswer]?, String, String)])
    func unproven(_ answers: [RecordedAnswer]?, _ line: String, _ doubt: String) throws {
        let page = try StrictReader(Self.report(answers).html)
        for part in [line, "The model’s part is unproven: ", doubt] { #expect(page.text.contains(part), "\(part)") }
    }

    @Test("of a strategy that asks nobody nothing is said")
    func nobody() throws {
        #expect(PanelWords(Runs.strategy(), nil) == nil)
        #expect(try !Runs.usual().html.contains("<dt>Panel</dt>"))
    }
}
