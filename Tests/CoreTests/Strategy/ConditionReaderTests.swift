// Conditions as the bot judges them: whatever has no value holds nothing, however it is asked for.
import Kernel
import Market
import Strategies
import Testing

@Suite("Conditions")
struct ConditionReaderTests {
    /// Hours from 05:00 on, so that no day is whole; every third has no volume.
    private static let candles: [Candle] = (0..<40).compactMap { hour in
        guard let price = Price(FixedDecimal(100 + hour % 7)), let volume = Quantity(FixedDecimal(hour % 3)) else { return nil }
        return Candle(
            openTime: Timestamp(milliseconds: 1_704_085_200_000 + Int64(hour % 19) * 3_600_000 + Int64(hour / 19) * 172_800_000), open: price,
            high: price, low: price,
            close: price, volume: volume)
    }

    private func rows(_ text: String) throws -> Int {
        let bound = try ExpressionChecker(timeframe: .h1, parameters: [:]).condition(text).bound([:], on: .h1)
        let reader = ConditionReader([bound], over: Self.candles, .h1)
        return Self.candles.indices.count { reader.holds(bound, at: $0) }
    }

    @Test(
        "what has no value is not above, not below, and not the opposite of either",
        arguments: [
            "close > ema(2, 1d)", "not (close > ema(2, 1d))", "not (close < ema(2, 1d))", "not (close == ema(2, 1d))",
            "not crosses_above(close, ema(2, 1d))",
            "not not (close > ema(2, 1d))", "not (close > ema(2, 1d) or close > 1)",
            "close / 0 > 1", "not (close / 0 < 1)", "0 - close / 0 < 1"
        ])
    func missing(_ text: String) throws { #expect(try rows(text) == 0) }

    @Test(
        "a turned condition holds where the other does not, where there are values",
        arguments: [
            ("close > 103", "not (close > 103)"), ("close >= 103 and volume > 0", "not (close >= 103 and volume > 0)"),
            ("close == 103 or open < 101", "not (close == 103 or open < 101)"),
            ("crosses_above(close, sma(3))", "not crosses_above(close, sma(3))"), ("crosses_below(close, sma(3))", "not crosses_below(close, sma(3))")
        ])
    func turned(_ text: String, _ opposite: String) throws {
        let (some, others) = (try rows(text), try rows(opposite))
        #expect(some > 0 && others > 0 && some + others >= Self.candles.count - 4 && some + others <= Self.candles.count)
    }

    @Test("volume by a volume of nothing is no surge")
    func surge() throws { #expect(try rows("volume / volume[1] > 1000000") == 0) }
}
