// The language of strategies: what it takes, what it means, and where exactly it says no.
import Kernel
import Market
import Strategies
import Testing

@Suite("Expressions")
struct ExpressionTests {
    private let checker = ExpressionChecker(timeframe: .h1, parameters: ["fast": 9, "slow": 21, "cap": 70, "big": 200_000])

    @Test(
        "is a condition, and waits so many candles",
        arguments: [
            ("close > open", 0), ("crosses_above(ema(9), ema(21)) and rsi(14) < 70", 21),
            ("crosses_above(ema(fast), ema(slow)) and rsi(14) < cap", 21),
            ("not close > open or high == low", 0), ("close[3] > sma(5)[2]", 6), ("macd(12, 26, 9) > macd_signal(12, 26, 9)", 33),
            ("abs(close - open) > 2 * atr(14)", 14),
            ("max(open, close, ema(5)) <= bollinger_upper(20, 2.5)", 19), ("ema(9, 4h) > ema(9, 1h)", 39), ("(close + open) / 2 >= -1.5", 0),
            ("volume != 0", 0),
            ("adx(14) > 20 and plus_di(14) > minus_di(14)", 27), ("obv() > obv()[1]", 1), ("rsi(fast + 5) < cap", 14),
            ("stochastic_k(14, 3, 3) < 20\n  and close > open", 17)
        ])
    func good(_ text: String, _ warmUp: Int) throws {
        let bound = try checker.condition(text).bound(["fast": 9, "slow": 21, "cap": 70], on: .h1)
        #expect(bound.warmUp == warmUp)
    }

    @Test("and binds stronger than or, comparison stronger than not, times stronger than plus")
    func precedence() throws {
        #expect(try checker.condition("close > 1 or close > 2 and close > 3") == checker.condition("close > 1 or (close > 2 and close > 3)"))
        #expect(try checker.condition("not close > 1 and close > 2") == checker.condition("(not (close > 1)) and close > 2"))
        #expect(try checker.condition("close + 2 * open > 1 - 2 - 3") == checker.condition("(close + (2 * open)) > ((1 - 2) - 3)"))
        #expect(try checker.condition("-close[1] < 0") == checker.condition("-(close[1]) < 0"))
        #expect(try checker.condition("close > 1 and close > 2 and close > 3").conjuncts.count == 3)
    }

    @Test(
        "is refused at its place",
        arguments: [
            ("", 0, "missing"), ("rsi(14)", 0, "number stands where a condition"), ("rsi(14) <", 9, "the end"), ("rsi(14 < 70", 11, "',' or ')'"),
            ("close > opne", 8, "Did you mean 'open'"), ("rsj(14) < 3", 0, "Did you mean 'rsi'"), ("close & open", 6, "write 'and'"),
            ("close = 1", 6, "write '=='"),
            ("1 < close < 3", 10, "one pair at a time"), ("rsi(14, 3) < 3", 0, "takes 1 numbers, found 2"), ("rsi(0) < 3", 0, "from 1 to 100000"),
            ("rsi(1.5) < 3", 0, "whole number"), ("rsi(close) < 3", 4, "not something that changes"), ("ema(big) > 1", 0, "from 1 to 100000"),
            ("macd(26, 12, 9) > 0", 0, "below the slow one"), ("ema(9, 5m) > 1", 0, "5m candles cannot be made of 1h candles"),
            ("ema(9, 3h) > 1", 7, "neither a number nor a time frame"),
            ("close[0] > 1", 6, "from 1 to 500"), ("close[x] > 1", 6, "from 1 to 500"), ("(close > 1)[1] > 1", 1, "condition stands where a number"),
            ("close > 1 and 3", 14, "number stands where a condition"), ("close + (open > 1) > 2", 9, "condition stands where a number"),
            ("crosses_above(close)", 0, "takes two numbers"), ("abs(1, 2) > 1", 0, "takes one number"), ("min(1) > 1", 0, "two or more"),
            ("ema > 1", 0, "needs brackets"),
            ("close > 1 )", 10, "found ')'"), ("close > 1.2.3", 8, "is not a number"),
            ("crosses_above(close, open) > 1", 0, "condition stands where a number"),
            ("close > 3 %", 10, "0.03 for 3 %"), ("abs(close, 4h) > 1", 0, "takes no time frame"), ("close > \u{1F514}", 8, "means nothing"),
            ("not", 3, "the end"), ("close[1][2] > 1", 8, "one index")
        ])
    func bad(_ text: String, _ offset: Int, _ part: String) {
        #expect { try checker.condition(text) } throws: { error in
            guard let error = error as? ExpressionError else { return false }
            if error.offset != offset || !error.message.contains(part) { Issue.record("\(text): \(error.offset) \(error.message)") }
            return true
        }
    }

    @Test("text that is too long or too deep is refused and not followed")
    func hostile() {
        for text in [
            String(repeating: "(", count: 1_900), String(repeating: "not ", count: 400) + "close > 1", String(repeating: "close", count: 1_000),
            String(repeating: "abs(", count: 450) + "1", String(repeating: "-", count: 1_000) + "1 > 0",
            "close" + String(repeating: "[1]", count: 600) + " > 1"
        ] {
            #expect(throws: ExpressionError.self) { try checker.condition(text) }
        }
    }

    @Test("no text of random words stops the checker", arguments: 0..<20 as Range<UInt64>)
    func random(_ seed: UInt64) {
        let words = [
            "close", "open", "rsi(14)", "ema(", ")", "(", ",", "and", "or", "not", "<", ">=", "+", "-", "*", "/", "[1]", "[", "9", "4h",
            "crosses_above(", "min(", "fast", "x", "é"
        ]
        var chance = SplitMix64(seed: seed)
        for _ in 0..<200 {
            var text = ""
            for _ in 0..<12 {
                text += words[chance.below(words.count)] + " "
            }
            do {
                _ = try checker.condition(text).bound(["fast": 9], on: .h1)
            } catch let error as ExpressionError {
                #expect((0...text.unicodeScalars.count).contains(error.offset))
            } catch {}
        }
    }

    @Test("a minimum or maximum with a value that does not exist does not exist")
    func absent() {
        for operation in [Arithmetic.smaller, .larger] {
            #expect(operation.apply(.nan, 1).isNaN)
            #expect(operation.apply(1, .nan).isNaN)
        }
        #expect(Arithmetic.smaller.apply(1, 2) == 1)
        #expect(Arithmetic.larger.apply(1, 2) == 2)
    }
}
