// Strategies as files: the shipped ones, and what is said of a wrong one, with line and column.
import Foundation
import Kernel
import Settings
import Strategies
import Testing
import Trading

@testable import SettingsFiles

@Suite("Strategy files")
struct StrategyTests {
    private static let names = ["bench-w1", "bench-w2", "bench-w4", "bench-w7", "hourly-panel", "mean-reversion", "scalping", "trend-following"]
    private static let good = """
        name: mine
        timeframe: 1h
        parameters:
          fast: {default: 9, min: 5, max: 14, step: 3}
          loss: 2 %
        entry: ema(fast) > ema(50, 4h)

        """

    private func problems(_ text: String) -> [String] {
        switch StrategyReader.read(Array(text.utf8), file: "mine.yaml") {
        case .success: []
        case .failure(let error): error.problems.map(\.description)
        }
    }

    @Test("the compiled-in texts are the files")
    func embedded() throws {
        #expect(EmbeddedStrategies.all.map(\.file) == Self.names.map { "\($0).yaml" })
        for (file, text) in EmbeddedStrategies.all {
            #expect(try String(contentsOfFile: "\(repository)/config/strategies/\(file)", encoding: .utf8) == text, "\(file)")
        }
    }

    @Test("unequal can be written; where a value begins, it is a tag still")
    func unequal() {
        #expect(problems("name: mine\ntimeframe: 1h\nentry: close != open and (high != low)\n") == [])
        for text in ["version: != 3\n", "version: !=3\n", "symbols: [!= a]\n"] {
            #expect(!problems("name: mine\ntimeframe: 1h\nentry: close > 1\n" + text).isEmpty)
        }
    }

    @Test("every shipped strategy can be run from any folder", arguments: names)
    func shipped(_ name: String) throws {
        let loaded = try StrategyLibrary(folder: "/nowhere").load(name).get()
        #expect(loaded.strategy.name == name)
        #expect(!loaded.isFile)
        _ = try loaded.strategy.bound()
    }

    @Test("a file of the configured folder wins over the compiled-in one; a broken one is an error")
    func wins() throws {
        let scratch = try Scratch(), library = StrategyLibrary(folder: scratch.path)
        _ = try scratch.write("bench-w1.yaml", "name: bench-w1\nversion: 7\ntimeframe: 1m\nentry: close > open\n")
        let loaded = try library.load("bench-w1").get()
        #expect(loaded.strategy.version == 7)
        #expect(loaded.isFile)
        _ = try scratch.write("bench-w1.yaml", "name: bench-w1\nentry: close > open\n")
        #expect(throws: ConfigurationError.self) { try library.load("bench-w1").get() }
        _ = try scratch.write("mine.yaml", "name: other\ntimeframe: 1m\nentry: close > open\n")
        #expect(throws: ConfigurationError.self) { try library.load("mine").get() }
        #expect(try library.load("\(scratch.path)/mine.yaml").get().strategy.name == "other")
        #expect(throws: ConfigurationError.self) { try library.load("bench-w9").get() }
    }

    @Test("what is not said has the value the bot trades by")
    func defaults() throws {
        let strategy = try StrategyReader.read(Array(Self.good.utf8), file: "mine.yaml").get()
        #expect(
            strategy.parameters == [
                StrategyParameter(name: "fast", usual: "9", choices: ["5", "8", "11", "14"]), StrategyParameter(name: "loss", usual: "0.02")
            ])
        #expect(strategy.bracket == .standard)
        #expect(strategy.fills == FillRule())
        #expect(strategy.symbols.isEmpty)
        #expect(FillSettings().fee == "0.001")
    }

    @Test("parameters can be used in bracket, sizing and costs")
    func shares() throws {
        let text =
            Self.good + "bracket: {stop: loss, rungs: [{gain: 4 %, share: 100 %}], trailing: off}\nsizing: {equity: loss}\nfills: {fee: loss}\n"
        let terms = try StrategyReader.read(Array(text.utf8), file: "mine.yaml").get().bound(["loss": "0.05"]).terms
        #expect(terms.bracket.stopDistance == "0.05")
        #expect(terms.equityShare == "0.05")
        #expect(terms.costs.fee == "0.05")
        #expect(terms.bracket.trailingOffset == nil)
    }

    @Test("everything that is wrong is told at once, in both expressions and elsewhere")
    func allAtOnce() {
        let found = problems(
            "name: mine\ntimeframe: 1h\nentry: rsj(14) < 30 && close > opne AND ema(9) = 3\nexit: sma() > 1 || crossover(close, open)\nbracket: "
                + "{stop: much}\n"
        )
        #expect(
            found.map { $0.replacingOccurrences(of: "mine.yaml:", with: "") } == [
                "3:8: entry: no function 'rsj'. Did you mean 'rsi'?", "3:21: entry: '&&' means nothing here; write 'and'",
                "3:32: entry: no name 'opne'. Did you mean 'open'?", "3:37: entry: 'AND' is written in small letters here: and",
                "3:48: entry: '=' means nothing here; to compare, write '=='", "4:7: exit: 'sma' takes 1 numbers, found 0; an example is sma(20)",
                "4:17: exit: '||' means nothing here; write 'or'", "4:20: exit: no function 'crossover'. Did you mean 'crosses_above'?",
                "5:17: bracket.stop is 'much', expected a share such as 3 % or 0.03, or a parameter's name"
            ], "\(found)")
    }

    @Test(
        "a word of another program's strategies is answered with ours",
        arguments: [
            ("buy: rsi(14) < 30", "unknown key 'buy'. Here it is entry: a condition"),
            ("sell: close < open", "unknown key 'sell'. Here it is exit: a condition"),
            ("stoploss: 3 %", "Here it is bracket: {stop: 3 %}"), ("stop_loss: 3 %", "Here it is bracket: {stop: 3 %}"),
            ("takeProfit: 3 %", "Here it is bracket: {rungs:"),
            ("pairs: [BTC/USDT]", "Here it is symbols: [BTC/USDT]"), ("max_open_trades: 3", "Here it is sizing: {positions: 3}"),
            ("exit: ema(9) crosses below ema(21)", "exit: found 'crosses' between two values; write crosses_above(ema(9), ema(21))"),
            ("exit: foo(9) > 1", "no function 'foo'")
        ])
    func otherWords(_ line: String, _ expected: String) {
        let found = problems(Self.good + line + "\n")
        #expect(found.count == 1 && found[0].contains(expected), "\(found)")
    }

    @Test("a new strategy is right as it stands, and the reference knows every word there is")
    func beginnings() throws {
        let text = try #require(StrategyTemplate.text(named: "my-idea"))
        #expect(try StrategyReader.read(Array(text.utf8), file: "my-idea.yaml").get().name == "my-idea")
        for name in ["", "My", "a b", "../x", String(repeating: "a", count: 61)] { #expect(StrategyTemplate.text(named: name) == nil) }
        let reference = StrategyReference.text
        for word in ExpressionChecker.reserved + StrategyReader.keys { #expect(reference.contains(word), "\(word)") }
    }

    @Test(
        "is refused with line and column",
        arguments: [
            ("entry: close > open\n", "mine.yaml:1:1: name is missing"), ("name: mine\ntimeframe: 1h\n", "mine.yaml:1:1: entry is missing"),
            ("name: mine\ntimeframe: 2h\nentry: close > open\n", "mine.yaml:2:12: timeframe is '2h', expected one of 1m"),
            ("name: mine\ntimeframe: 1h\nentry: close > opne\n", "mine.yaml:3:16: entry: no name 'opne'. Did you mean 'open'?"),
            ("name: mine\ntimeframe: 1h\nentry: \"close > opne\"\n", "mine.yaml:3:17: entry: no name 'opne'"),
            (
                "name: mine\ntimeframe: 1h\nentry: >\n  close > open\n  and rsi(14) < 70\n  and rsj(9) > 3\n",
                "mine.yaml:6:7: entry: no function 'rsj'. Did you mean 'rsi'?"
            ),
            ("name: mine\ntimeframe: 1h\nentry: |\n  close > open\n    and\n", "mine.yaml:5:8: entry: found the end"),
            ("name: mine\ntimeframe: 1h\nentry: close >\n  open and\n  close\n", "mine.yaml:5:3: entry: a number stands where a condition belongs"),
            ("name: mine\ntimeframe: 1h\nentyr: close > open\nentry: close > open\n", "mine.yaml:3:1: unknown key 'entyr'. Did you mean 'entry'?"),
            (good + "direction: short\n", "mine.yaml:7:12: direction is 'short', expected long; short is refused"),
            (good + "exit: rsi(14)\n", "mine.yaml:7:7: exit: a number stands"),
            (good + "symbols: [BTC/USDT, BTC]\n", "mine.yaml:7:21: symbols.1 is 'BTC', expected a pair"),
            (good + "symbols: []\n", "mine.yaml:7:10: no symbol is listed"),
            (good + "bracket: {stop: 3}\n", "the bracket needs a stop"),
            (good + "bracket: {stop: los}\n", "mine.yaml:7:17: bracket.stop is 'los', expected a share"),
            (good + "bracket: {rungs: [{gain: 3 %, share: 50 %}]}\n", "whose shares sum to exactly 100 %"),
            (good + "bracket: {rungs: [{gain: 3 %}]}\n", "mine.yaml:7:19: bracket.rungs.0 has no share"),
            (good + "sizing: {positions: 0}\n", "mine.yaml:7:21: sizing.positions is '0', expected a whole number from 1"),
            (good + "fills: {entry: open}\n", "mine.yaml:7:16: fills.entry is 'open', expected one of close, next-open"),
            (good + "aiConfirmation: {minimumConviction: 2}\n", "expected a conviction from 0 to 1"),
            (good + "aiConfirmation: {}\n", "mine.yaml:7:17: aiConfirmation has no minimumConviction"),
            (
                good.replacingOccurrences(of: "timeframe: 1h", with: "timeframe: 30m") + "aiConfirmation: {minimumConviction: 0.7}\n",
                "mine.yaml:7:17: aiConfirmation: the panel is asked once an hour, and 30m candles close more often"
            ),
            (good.replacingOccurrences(of: "fast: {", with: "rsi: {"), "mine.yaml:4:3: 'rsi' already means something"),
            (good.replacingOccurrences(of: ", step: 3", with: ""), "mine.yaml:4:3: parameters.fast needs min, max and step, or a list"),
            (good.replacingOccurrences(of: "step: 3", with: "step: 0"), "step is above 0"),
            (
                good.replacingOccurrences(of: "max: 14, step: 3", with: "max: 100000000000000000000, step: 0.000000000001"),
                "there are at most 10000 values"
            ),
            ("name: Mine\ntimeframe: 1h\nentry: close > open\n", "expected a name of small letters")
        ])
    func refused(_ text: String, _ expected: String) {
        let found = problems(text)
        #expect(found.contains { $0.contains(expected) }, "\(found)")
    }
}
