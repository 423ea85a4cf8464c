// An indicator over its whole history and over the last `memory` rows only: the same number, so that a bot that
// reads a few hundred candles judges as a backtest that read years.
import Kernel
import Testing

@testable import Market
@testable import Strategies

@Suite("How far back an indicator remembers")
struct IndicatorMemoryTests {
    private static let specs: [IndicatorSpec] = [
        .ema(1), .ema(2), .ema(9), .ema(55), .sma(1), .sma(21), .rsi(1), .rsi(2), .rsi(14), .macd(fast: 3, slow: 7, signal: 4),
        .macd(fast: 12, slow: 26, signal: 9),
        .macd(fast: 2, slow: 30, signal: 1), .bollinger(20, width: 2), .bollinger(5, width: 1.5), .atr(1), .atr(14), .adx(2), .adx(7), .adx(14),
        .di(2), .di(14),
        .stochastic(k: 14, slowing: 3, d: 3), .stochastic(k: 5, slowing: 1, d: 1), .mfi(14), .cci(20), .williams(14), .roc(9), .volatility(20),
        .volatility(2)
    ]

    /// Prices that leap tenfold long ago: where the history began must have been forgotten all the same.
    private func history(_ seed: UInt64, _ count: Int) -> IndicatorInput {
        var numbers = SplitMix64(seed: seed)
        var open: [Double] = [], high: [Double] = [], low: [Double] = [], close: [Double] = [], volume: [Double] = []
        var last = seed % 2 == 0 ? 1_000.0 : 10.0
        for row in 0..<count {
            if row == 3 { last = 100 }
            let next = last * (1 + 0.01 * numbers.normal())
            open.append(last)
            close.append(next)
            high.append(max(last, next) * (1 + 0.003 * numbers.unit()))
            low.append(min(last, next) * (1 - 0.003 * numbers.unit()))
            volume.append(numbers.unit() * 1_000)
            last = next
        }
        return IndicatorInput(open: open, high: high, low: low, close: close, volume: volume)
    }

    private func tail(_ input: IndicatorInput, _ count: Int) -> IndicatorInput {
        IndicatorInput(
            open: Array(input.open.suffix(count)), high: Array(input.high.suffix(count)), low: Array(input.low.suffix(count)),
            close: Array(input.close.suffix(count)), volume: Array(input.volume.suffix(count)))
    }

    @Test("the last rows give the number of the whole history, to 1e-9 of its scale", arguments: specs)
    func forgotten(_ spec: IndicatorSpec) throws {
        for seed in 0..<8 as Range<UInt64> {
            let input = history(seed, spec.memory + 1 + Int(seed) * 101)
            let whole = spec.columns(of: input), short = spec.columns(of: tail(input, spec.memory))
            for (name, (long, brief)) in zip(spec.columnNames, zip(whole, short)) {
                let a = try #require(long.last), b = try #require(brief.last)
                // A histogram or a rate may be near zero; its scale is that of what it is made of.
                let scale = max(long.map(\.magnitude).filter(\.isFinite).suffix(50).max() ?? 1, isOfPrices(spec) ? input.close.last ?? 1 : 1)
                #expect(b.isFinite && abs(a - b) <= 1e-9 * scale, "\(name), seed \(seed): \(a) and \(b)")
            }
        }
    }

    private func isOfPrices(_ spec: IndicatorSpec) -> Bool {
        switch spec {
        case .ema, .sma, .macd, .bollinger, .atr: true
        default: false
        }
    }

    @Test("changes of OBV need no more than the rows they span")
    func obv() throws {
        let input = history(3, 500), whole = IndicatorSpec.obv.columns(of: input)[0],
            short = IndicatorSpec.obv.columns(of: tail(input, IndicatorSpec.obv.memory + 3))[0]
        #expect(abs((whole[499] - whole[496]) - (short[short.count - 1] - short[short.count - 4])) < 1e-6)
    }

    @Test(
        "a condition over longer candles, an earlier value or a crossing reaches back further",
        arguments: [
            ("sma(10) > 1", .m1, 10), ("sma(10)[3] > 1", .m1, 13), ("crosses_above(close, sma(10))", .m1, 11),
            ("not (sma(10) > 1) and close > sma(20)", .m1, 20),
            ("sma(10, 1h) > 1", .m1, 720), ("abs(sma(10) - close[30]) > 1", .m1, 31)
        ] as [(String, Timeframe, Int)])
    func conditions(_ text: String, _ timeframe: Timeframe, _ rows: Int) throws {
        let condition = try ExpressionChecker(timeframe: timeframe, parameters: [:]).condition(text).bound([:], on: timeframe)
        #expect(condition.condition.memory(on: timeframe) == rows)
    }
}
