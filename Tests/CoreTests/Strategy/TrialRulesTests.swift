// When two runs are one trial: the same rules with the same numbers, however they are written.
import Kernel
import Market
import Strategies
import Testing

@Suite("What makes a trial another one")
struct TrialRulesTests {
    private static let parameters = [
        StrategyParameter(name: "fast", usual: "9", choices: ["5", "9"]), StrategyParameter(name: "cap", usual: "70"),
        StrategyParameter(name: "stop", usual: "0.03")
    ]

    private func strategy(_ entry: String, exit: String? = nil, _ parameters: [StrategyParameter] = parameters) throws -> Strategy {
        let checker = ExpressionChecker(timeframe: .h1, parameters: Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0.usual.double) }))
        return Strategy(
            name: "tried", timeframe: .h1, parameters: parameters, entry: try checker.condition(entry),
            exit: try exit.map { try checker.condition($0) })
    }

    private static let entry = "crosses_above(ema(fast), ema(21)) and rsi(14) < cap"

    @Test(
        "the same rules written otherwise are the same trial",
        arguments: [
            "crosses_above(ema(9), ema(21)) and rsi(14) < 70", "rsi(14) < cap and crosses_above(ema(fast), ema(21))",
            "(crosses_above(ema(fast), ema(21))) and (rsi(14) < cap)",
            "crosses_above(ema(cap - 61), ema(21)) and rsi(14) < 70.0"
        ])
    func same(_ entry: String) throws {
        let rules = try strategy(Self.entry).trialRules([:])
        #expect(try strategy(entry).trialRules([:]) == rules)
        #expect(try strategy(entry).trialRules(["fast": "9", "stop": "0.05"]) == rules, "a parameter that nothing uses changes nothing")
    }

    @Test("name, version and the ranges of parameters are no part of the rules")
    func names() throws {
        var other = try strategy(
            Self.entry, [StrategyParameter(name: "fast", usual: "3", choices: ["3"]), StrategyParameter(name: "cap", usual: "70")])
        (other.name, other.version) = ("other", 7)
        #expect(try other.trialRules(["fast": "9"]) == strategy(Self.entry).trialRules([:]))
    }

    @Test(
        "other rules are another trial",
        arguments: [
            "crosses_above(ema(fast), ema(22)) and rsi(14) < cap", "crosses_below(ema(fast), ema(21)) and rsi(14) < cap",
            "crosses_above(sma(fast), ema(21)) and rsi(14) < cap",
            "crosses_above(ema(21), ema(fast)) and rsi(14) < cap", "crosses_above(ema(fast), ema(21)) or rsi(14) < cap",
            "crosses_above(ema(fast), ema(21)) and rsi(14) <= cap",
            "crosses_above(ema(fast), ema(21)) and rsi(14)[1] < cap", "crosses_above(ema(fast), ema(21, 4h)) and rsi(14) < cap",
            "crosses_above(ema(fast), ema(21))",
            "crosses_above(ema(fast), ema(21)) and not rsi(14) < cap", "crosses_above(ema(fast), ema(21)) and abs(rsi(14)) < cap",
            "crosses_above(ema(fast), ema(21)) and rsi(14) + 1 < cap", "crosses_above(ema(fast), ema(21)) and rsi(14) - 1 < cap",
            "crosses_above(ema(fast), ema(21)) and max(rsi(14), 1) < cap", "crosses_above(ema(fast), ema(21)) and min(rsi(14), 1) < cap",
            "crosses_above(ema(fast), macd(12, 26, 9)) and rsi(14) < cap", "crosses_above(ema(fast), macd_signal(12, 26, 9)) and rsi(14) < cap"
        ])
    func other(_ entry: String) throws {
        #expect(try strategy(entry).trialRules([:]) != strategy(Self.entry).trialRules([:]))
        #expect(try strategy(entry).trialRules([:]) == strategy(entry).trialRules([:]))
    }

    @Test("other values, exits, money and fills are another trial")
    func terms() throws {
        let plain = try strategy(Self.entry), rules = try plain.trialRules([:])
        var others = [try strategy(Self.entry, exit: "rsi(14) > 80")], texts: Set = [rules.text]
        func changed(_ change: (inout Strategy) -> Void) {
            var other = plain
            change(&other)
            others.append(other)
        }
        changed { $0.timeframe = .m5 }
        changed { $0.bracket.stop = .exact("0.01") }
        changed { $0.bracket.trailing = nil }
        changed { $0.bracket.trailing = .exact("0.07") }
        changed { $0.bracket.rungs = [.init(rise: .exact("0.05"), share: .exact("1"))] }
        changed { $0.sizing.equity = .exact("0.2") }
        changed { $0.sizing.positions = 2 }
        changed { $0.sizing.capital = "5000" }
        changed { $0.fills.entry = .close }
        changed { $0.fills.order = .stopFirst }
        changed { $0.fills.accounting = .plain }
        changed { $0.fills.fee = .exact("0.002") }
        changed { $0.fills.slippage = .exact("0.002") }
        for other in others { texts.insert(try other.trialRules([:]).text) }
        texts.insert(try plain.trialRules(["fast": "5"]).text)
        #expect(texts.count == others.count + 2)
    }
}
