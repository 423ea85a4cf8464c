// Signals over columns against the same conditions judged row by row with the incremental indicators.
import Market
import Strategies
import Testing

@testable import Backtest

@Suite("Signals")
struct SignalTests {
    private static let expressions = [
        "crosses_above(ema(9), ema(21)) and rsi(14) < 70", "crosses_below(close, sma(5)) or close[1] > open[3]",
        "not (close > bollinger_upper(20, 2)) and close > bollinger_middle(20, 2)",
        "macd_histogram(12, 26, 9) > 0 and macd(12, 26, 9) > macd_signal(12, 26, 9)",
        "adx(14) > 20 and plus_di(14) > minus_di(14)", "stochastic_k(14, 3, 3) > stochastic_d(14, 3, 3)", "obv() > obv()[5]",
        "mfi(14) < 40 or cci(20) > 100",
        "williams(14) < -50 and roc(10) > 0", "volatility(20) > 0.001", "abs(close - open) > atr(14) * 0.8",
        "max(open, close, ema(3)) - min(open, close) >= 0.5",
        "(high + low) / 2 != close and volume <= 6", "ema(4) > ema(7) and ema(7) > ema(12)", "ema(5, 5m) > ema(9, 5m)",
        "crosses_above(close, sma(3, 15m))",
        "not (close < ema(3, 15m)) and not crosses_below(close, sma(3))", "rsi(3, 1h) > 50", "bollinger_lower(5, 1.5) == close or -close < -100"
    ]

    @Test(
        "a mask says what the incremental indicators say",
        arguments: expressions + ["volume / volume[1] > 1.5 or not (open / volume < 100 or close > open)"], [1, 64, 2_048, 5_000])
    func masks(_ text: String, _ rows: Int) throws {
        let history = Markets.history(Markets.wild(rows, seed: UInt64(rows)), skipping: rows > 2_000 ? [77, 78, 79, 1_200] : [])
        let bound = try ExpressionChecker(timeframe: .m1, parameters: [:]).condition(text).bound([:], on: .m1)
        let mask = SignalProgram([bound]).masks(over: history)[0]
        let slow = SlowSignals(history).holds(bound.judged)
        let wrong = slow.indices.filter { mask[$0] != ($0 >= bound.warmUp && slow[$0]) }
        #expect(wrong.isEmpty, "\(text) at rows \(wrong.prefix(5))")
    }

    @Test("the warm-up is the first row at which every value exists", arguments: expressions)
    func warmUp(_ text: String) throws {
        let history = Markets.history(Markets.wild(1_000, seed: 3))
        let bound = try ExpressionChecker(timeframe: .m1, parameters: [:]).condition(text).bound([:], on: .m1)
        #expect(bound.warmUp < 1_000)
        #expect(SlowSignals(history).valuesExist(bound.judged, at: bound.warmUp))
    }

    @Test("many conditions at once say what each says alone")
    func together() throws {
        let history = Markets.history(Markets.wild(3_000, seed: 8))
        let checker = ExpressionChecker(timeframe: .m1, parameters: [:])
        let bound = try Self.expressions.map { try checker.condition($0).bound([:], on: .m1) }
        let masks = SignalProgram(bound).masks(over: history)
        for (index, condition) in bound.enumerated() {
            let alone = SignalProgram([condition]).masks(over: history)[0]
            #expect((0..<history.count).allSatisfy { masks[index][$0] == alone[$0] }, "\(Self.expressions[index])")
        }
    }

    @Test("the next set row is found over empty words, and none behind the last")
    func next() {
        let table = MaskTable(masks: 1, rows: 1_000)
        for row in [0, 63, 64, 700, 999] { table.mutable(0)[row / 64] |= 1 << UInt64(row % 64) }
        let mask = table.mask(0)
        #expect([0, 1, 64, 65, 701, 1_000, 5_000].map { mask.next(from: $0) } == [0, 63, 64, 700, 999, .max, .max])
        #expect(mask.population == 5)
    }
}
