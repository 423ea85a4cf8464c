// A strategy that waits for a panel, on answers written out by hand and on made-up ones: what they confirm, what is
// counted, and that none of them is known before it was given.
import Analysis
import Kernel
import Market
import Strategies
import Testing

@testable import Backtest

@Suite("Recorded panel")
struct PanelTests {
    private static let hour: Int64 = 3_600_000
    private let flat = Row(10_000, 10_000, 10_000, 10_000)

    /// The close of an hourly candle.
    private func close(_ row: Int) -> Timestamp { Timestamp(milliseconds: Markets.start + Int64(row + 1) * Self.hour) }

    private func answer(_ row: Int, _ agreed: Bool = true, _ conviction: Ratio = "0.7", of base: String = "AAA", after delay: TimeSpan = .seconds(0))
        -> RecordedAnswer
    {
        RecordedAnswer(symbol: Markets.instrument(base).symbol, hour: close(row), agreed: agreed, conviction: conviction, delay: delay)
    }

    private func panel(_ answers: [RecordedAnswer]) -> RecordedPanel { RecordedPanel(answers, minimum: "0.7", source: "answers.csv") }

    /// Signals in row 2 of 6.
    private func run(_ answers: [RecordedAnswer]?) throws -> BacktestResult {
        var rows = [Row](repeating: flat, count: 6)
        rows[2].volume = 1
        return Backtest(try Strategy.told().bound(), over: [Markets.history(rows, timeframe: .h1)], panel: answers.map(panel)).run()
    }

    /// An answer of chance about two candles of three.
    private func chance(_ rows: Int, of base: String, seed: UInt64) -> [RecordedAnswer] {
        var chance = SplitMix64(seed: seed)
        return (0..<rows).filter { _ in chance.below(3) > 0 }.map {
            answer($0, chance.below(2) == 0, Ratio(FixedDecimal(raw: Int128(chance.below(11)) * 100_000_000_000)), of: base)
        }
    }

    @Test(
        "an answer at the signal's close that agrees with enough conviction buys, no other",
        arguments: [
            (2, true, "0.7", "AAA", 1, 0, 0), (2, true, "1", "AAA", 1, 0, 0), (2, true, "0.699999999999", "AAA", 0, 1, 0),
            (2, false, "1", "AAA", 0, 1, 0),
            (1, true, "1", "AAA", 0, 0, 1), (3, true, "1", "AAA", 0, 0, 1), (2, true, "1", "BBB", 0, 0, 1)
        ] as [(Int, Bool, Ratio, String, Int, Int, Int)])
    func confirms(_ row: Int, _ agrees: Bool, _ conviction: Ratio, _ base: String, _ agreed: Int, _ refused: Int, _ unanswered: Int) throws {
        let result = try run([answer(row, agrees, conviction, of: base)]), tally = try #require(result.panel)
        #expect(result.trades.count == agreed && result.signals == 1)
        #expect([tally.agreed, tally.refused, tally.unanswered] == [agreed, refused, unanswered])
    }

    @Test("without answers the rules alone trade, and nothing is counted")
    func alone() throws {
        let result = try run(nil)
        #expect(result.trades.count == 1 && result.panel == nil)
        #expect(try run([]).trades.isEmpty && run([]).panel?.unanswered == 1)
    }

    @Test("an answer that came too late counts as none", arguments: [(0, 1, 0), (600_000, 1, 0), (600_001, 0, 1), (-1, 0, 1)] as [(Int64, Int, Int)])
    func late(_ delay: Int64, _ trades: Int, _ late: Int) throws {
        let result = try run([answer(2, after: TimeSpan(milliseconds: delay))])
        #expect(result.trades.count == trades && result.panel?.late == late && result.panel?.unanswered == late)
        #expect(result.panel?.delay == TimeSpan(milliseconds: late == 0 ? delay : 0))
    }

    @Test("what the panel did not confirm is traded as if the rules had not said it", arguments: 1...12 as ClosedRange<UInt64>)
    func filtered(_ seed: UInt64) throws {
        let strategy = Strategy.told(exits: true) {
            $0.fills.entry = seed % 2 == 0 ? .close : .nextOpen
            $0.fills.accounting = seed % 3 == 0 ? .plain : .exact
        }
        let bases = ["AAA", "BBB"], answers = bases.enumerated().flatMap { chance(800, of: $1, seed: seed * 10 + UInt64($0)) }
        var told: [CandleHistory] = [], silenced: [CandleHistory] = [], signals = 0
        for (index, base) in bases.enumerated() {
            var rows = Markets.wild(800, seed: seed + UInt64(index))
            told.append(Markets.history(rows, Markets.instrument(base), timeframe: .h1))
            for row in rows.indices where rows[row].volume == 1 {
                signals += 1
                let said = answers.first { $0.symbol.base.code == base && $0.hour == close(row) }
                if !(said.map { $0.agreed && $0.conviction >= "0.7" } ?? false) { rows[row].volume = 0 }
            }
            silenced.append(Markets.history(rows, Markets.instrument(base), timeframe: .h1))
        }
        let result = Backtest(try strategy.bound(), over: told, panel: panel(answers)).run(),
            expected = Backtest(try strategy.bound(), over: silenced).run()
        #expect(result.trades == expected.trades && result.marks == expected.marks && !result.trades.isEmpty)
        #expect(result.signals == signals && result.panel?.agreed == expected.signals && result.panel?.signals == signals)
        #expect(result.panel?.answeredCandles == answers.count)
    }

    @Test("answers count where a candle of the run closes, a gap has none")
    func coverage() throws {
        let history = Markets.history([Row](repeating: flat, count: 10), timeframe: .h1, skipping: [4, 5])
        let answers = [-1, 0, 3, 4, 5, 6, 9, 10].map { answer($0) }
        let tally = try #require(Backtest(try Strategy.told().bound(), over: [history], panel: panel(answers)).run().panel)
        #expect(tally.answeredCandles == 4 && tally.candles == 8 && tally.first == close(0) && tally.last == close(9))
    }

    @Test("an answer that a later hour brings is seen by the check")
    func peeking() throws {
        let history = Markets.history(Markets.wild(20_000, seed: 3), timeframe: .h1), answers = panel(chance(20_000, of: "AAA", seed: 4))
        let symbol = history.instrument.symbol
        func rows(_ later: Int64) -> @Sendable (CandleHistory, RecordedPanel?) -> [Int] {
            { history, panel in
                (10..<history.count).filter {
                    panel?.answer(about: symbol, at: Timestamp(milliseconds: history.openTime[$0] + (1 + later) * Self.hour))?.agreed ?? false
                }.map { $0 * 2 }
            }
        }
        let peeking = LeakCheck(warmUp: 10, panel: answers, signals: rows(1)).run(over: [history])
        #expect(peeking.cuts > 2 && peeking.lookAhead > 0)
        let honest = LeakCheck(warmUp: 10, panel: answers, signals: rows(0)).run(over: [history])
        #expect(honest.lookAhead == 0 && honest.unsettled == 0 && honest.compared > 0)
    }

    @Test("a signal that remembers the first answer is caught, one that this language writes is not")
    func remembering() throws {
        let history = Markets.history(Markets.wild(20_000, seed: 5), timeframe: .h1), answers = panel(chance(20_000, of: "AAA", seed: 6))
        let check = LeakCheck(warmUp: 10, panel: answers) { history, panel in
            panel?.answers(during: history).first?.agreed == true ? (10..<history.count).map { $0 * 2 } : []
        }
        #expect(check.run(over: [history]).unsettled > 0)
        let condition = try ExpressionChecker(timeframe: .h1, parameters: [:]).condition("close > sma(20)")
        let findings = LeakCheck(try Strategy(name: "honest", timeframe: .h1, entry: condition, aiConviction: "0.7").bound(), panel: answers).run(
            over: [history])
        #expect(findings.cuts > 2 && findings.lookAhead == 0 && findings.unsettled == 0)
    }
}
