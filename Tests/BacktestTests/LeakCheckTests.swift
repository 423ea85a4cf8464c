// The two suspicions: a strategy that peeks is caught, one that does not is not accused.
import Market
import Strategies
import Testing

@testable import Backtest

@Suite("Leak check")
struct LeakCheckTests {
    private let history = Markets.history(Markets.wild(20_000, seed: 2))

    @Test("a signal that looks one candle ahead is caught")
    func peeking() {
        let check = LeakCheck(warmUp: 10) { history, _ in
            (10..<history.count).filter { $0 + 1 < history.count && history.close[$0 + 1] > history.close[$0] }.map { $0 * 2 }
        }
        let findings = check.run(over: [history])
        #expect(findings.cuts > 0)
        #expect(findings.lookAhead > 0)
    }

    @Test("a signal that remembers the first candle is caught")
    func remembering() {
        let check = LeakCheck(warmUp: 10) { history, _ in (10..<history.count).filter { history.close[$0] > history.close[0] }.map { $0 * 2 } }
        #expect(check.run(over: [history]).unsettled > 0)
        #expect(check.run(over: [history]).lookAhead == 0)
    }

    @Test(
        "a strategy of this language does not look ahead, and windows forget where they began",
        arguments: ["close > sma(20)", "crosses_above(close, close[3]) and cci(10) > 0"])
    func honest(_ text: String) throws {
        let condition = try ExpressionChecker(timeframe: .m1, parameters: [:]).condition(text)
        let findings = LeakCheck(try Strategy(name: "honest", timeframe: .m1, entry: condition).bound()).run(over: [history])
        #expect(findings.cuts > 2)
        #expect(findings.lookAhead == 0)
        #expect(findings.compared > 0)
        #expect(findings.unsettled == 0)
    }

    @Test("no more rows are looked at than a fifth of the run's")
    func bounded() {
        nonisolated(unsafe) var looked = 0
        let check = LeakCheck(warmUp: 300) { history, _ in
            looked += history.count
            return []
        }
        _ = check.run(over: [history])
        #expect(looked > 0)
        #expect(looked <= history.count / 5)
    }
}
