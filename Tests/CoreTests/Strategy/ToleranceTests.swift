// Averages that never forget are compared within one tolerance; what hangs on its window alone is compared exactly.
import Testing

@testable import Kernel
@testable import Market
@testable import Strategies

@Suite("The tolerance of comparisons")
struct ToleranceTests {
    private func bound(_ text: String) throws -> BoundCondition {
        try ExpressionChecker(timeframe: .h1, parameters: [:]).condition(text).bound([:], on: .h1)
    }

    @Test(
        "windows, fields and numbers are compared exactly",
        arguments: [
            "close > sma(20)", "crosses_above(sma(5), sma(10))", "close >= bollinger_upper(20, 2)", "stochastic_k(14, 3, 3) > stochastic_d(14, 3, 3)",
            "williams(14) == -50",
            "roc(10) != 0", "volume > 1 or close < open[1]", "mfi(14) < 20 and cci(20) > 100", "volatility(20) * 2 > 0.1", "obv() > obv()[3]"
        ])
    func exact(_ text: String) throws {
        let condition = try bound(text)
        #expect(condition.judged == condition.condition)
    }

    @Test(
        "the tolerance is a billionth of the close for prices, of a hundred for percentages, and goes with the arithmetic",
        arguments: [
            ("rsi(14) < 70", "rsi(14) < 70 - 100 * 0.000000001"), ("50 >= adx(14)", "50 >= adx(14) - 100 * 0.000000001"),
            ("plus_di(14) > minus_di(14)", "plus_di(14) > minus_di(14) + 200 * 0.000000001"),
            ("close > ema(9)", "close > ema(9) + close * 0.000000001"),
            ("crosses_above(ema(9), sma(9))", "crosses_above(ema(9), sma(9) + close * 0.000000001)"),
            ("crosses_above(ema(9), ema(21))", "crosses_above(ema(9), ema(21) + close * 0.000000002)"),
            ("crosses_below(close, ema(9))", "crosses_below(close, ema(9) - close * 0.000000001)"),
            ("atr(14)[2] <= 1", "atr(14)[2] <= 1 + close[2] * 0.000000001"),
            ("ema(9) == 7", "abs(ema(9) - 7) <= close * 0.000000001"), ("macd(3, 7, 2) != 0", "abs(macd(3, 7, 2) - 0) > close * 0.000000001"),
            ("2 * rsi(14) > 1", "2 * rsi(14) > 1 + 200 * 0.000000001"), ("abs(rsi(14) * -3) > 1", "abs(rsi(14) * -3) > 1 + 300 * 0.000000001"),
            ("ema(3) * volume > 1", "ema(3) * volume > 1 + close * volume * 0.000000001"),
            ("volume / rsi(3) > 1", "volume / rsi(3) > 1 + 100 * abs(volume / rsi(3)) / abs(rsi(3)) * 0.000000001")
        ])
    func within(_ text: String, _ exact: String) throws {
        let judged = try bound(text).judged, expected = try ExpressionChecker(timeframe: .h1, parameters: [:]).condition(exact).bound([:], on: .h1)
        #expect(BoundCondition(condition: judged, judged: judged, warmUp: 0).text == expected.text)
    }

    private static func moved(_ count: Int, still: Int = 0) -> [Candle] {
        (0..<(count + still)).compactMap { hour -> Candle? in
            let ticks = hour < count ? 5_000 + (hour * 37) % 11 : 5_003
            guard let price = Price(FixedDecimal(raw: Int128(ticks) * FixedDecimal.unit(places: 2).raw)), let volume = Quantity(FixedDecimal.one)
            else { return nil }
            return Candle(
                openTime: Timestamp(milliseconds: 1_704_067_200_000 + Int64(hour) * 3_600_000), open: price, high: price, low: price, close: price,
                volume: volume)
        }
    }

    /// How often a condition holds over hours that do not move, after some that did.
    private func rows(_ text: String, moved: Int = 60, still: Int = 400) throws -> Int {
        let condition = try bound(text)
        let candles = Self.moved(moved, still: still)
        let reader = ConditionReader([condition], over: candles, .h1)
        return candles.indices.suffix(50).count { reader.holds(condition, at: $0) }
    }

    @Test(
        "where nothing moves every average is the price: not above, not below, and equal", arguments: ["ema(9)", "ema(21)", "sma(20)", "ema(3, 4h)"])
    func still(_ average: String) throws {
        #expect(try rows("close == \(average)") == 50 && rows("close <= \(average) and close >= \(average)") == 50)
        #expect(try rows("close > \(average) or close < \(average) or close != \(average)") == 0)
        #expect(try rows("not (close == \(average))") == 0)
    }

    @Test(
        "where nothing moves momentum is none, however it is asked for",
        arguments: [
            "macd(12, 26, 9) == 0", "macd_histogram(12, 26, 9) <= 0 and macd_histogram(12, 26, 9) >= 0", "ema(9) - ema(21) == 0",
            "ema(9) / ema(21) == 1", "atr(14) == 0",
            "abs(ema(9) - close) * 100 <= 0", "max(ema(9), close) == min(ema(9), close)", "ema(9)[3] == ema(21)"
        ])
    func nothing(_ text: String) throws { #expect(try rows(text) == 50) }

    @Test(
        "an echo of movements long ago is no movement: RSI 50, no direction",
        arguments: ["rsi(14) == 50", "plus_di(14) == 0 and minus_di(14) == 0", "adx(14) == 0"])
    func echo(_ text: String) throws { #expect(try rows(text, still: 900) == 50) }

    @Test("a difference beyond the tolerance counts")
    func beyond() throws {
        #expect(try rows("close * 1.000000003 > ema(9)") == 50 && rows("close * 1.0000000005 > ema(9)") == 0)
        #expect(try rows("crosses_above(close * (1 + 0.000000003), ema(9))") == 0)
    }

    @Test("the text of a rule, which trials are told apart by, has no tolerance in it")
    func text() throws { #expect(try bound("ema(9) > ema(21)").text == "((series ema:9 0 -) > (series ema:21 0 -))") }
}
