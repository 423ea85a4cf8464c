// Answers of pen and paper for the oscillators and volumes, and what each says where nothing can be said.
import Kernel
import Market
import Testing

/// Candles whose open does not matter.
private func bars(_ rows: [(high: Double, low: Double, close: Double, volume: Double)]) -> IndicatorInput {
    IndicatorInput(open: rows.map(\.close), high: rows.map(\.high), low: rows.map(\.low), close: rows.map(\.close), volume: rows.map(\.volume))
}

private func closes(_ close: [Double], volume: Double = 1) -> IndicatorInput {
    bars(close.map { ($0, $0, $0, volume) })
}

@Suite("Indicator columns by hand")
struct IndicatorHandTests {
    private static let six = bars([(11, 9, 10, 5), (13, 10, 12, 3), (14, 10, 12, 4), (12, 6, 9, 2), (10, 8, 8, 1), (12, 8, 11, 7)])

    // First volume, then up 3, equal, down 2, down 1, up 7.
    private static let obv: [Double] = [5, 8, 8, 6, 5, 12]
    // Range 9…14 at row 2: (14-12)/5; then 6…14: 5/8 and 6/8; 6…12: 1/6.
    private static let williams: [Double] = [.nan, .nan, -40, -62.5, -75, -50.0 / 3]
    // Raw from row 2: 60, 37.5, 25, 83.333…; the means of two.
    private static let stochastic: [Double] = [.nan, .nan, .nan, .nan, 31.25, 325.0 / 6]
    // Closes 10 12 12 9 8 11.
    private static let roc: [Double] = [.nan, .nan, 20, -25, -100.0 / 3, 200.0 / 9]
    // Typical prices 10, 35/3, 12, 9, 26/3, 31/3 with flows 35 up, 48 up, 18 down, 26/3 down, 217/3 up.
    private static let mfi: [Double] = [.nan, .nan, 100, 4_800.0 / 66, 0, 21_700.0 / 243]
    // Off the mean by 7/9, -17/9, -11/9, 1; mean deviations 22/27, 34/27, 38/27, 2/3.
    private static let cci: [Double] = [.nan, .nan, 7 / 0.11, -17 / 0.17, -11 / 0.19, 100]
    // True ranges 3, 4, 6, 2, 4; up moves 2 1 0 0 2, of which half is kept each row.
    private static let plusDI: [Double] = [.nan, .nan, 200 / 5.5, 100 / 8.75, 50 / 6.375, 225 / 7.1875]

    @Test(
        "six candles give the numbers worked out by hand",
        arguments: [
            ("obv", obv), ("williams:3", williams), ("stochastic:3:2:2", stochastic), ("roc:2", roc), ("mfi:2", mfi), ("cci:3", cci), ("di:2", plusDI)
        ])
    func six(_ text: String, _ expected: [Double]) throws {
        let column = try #require(try IndicatorSpec(text).columns(of: Self.six).first)
        for (got, wanted) in zip(column, expected) {
            #expect(got.isNaN && wanted.isNaN || (got - wanted).magnitude <= 1e-12 * max(1, wanted.magnitude), "\(column)")
        }
    }

    @Test("log returns of +x, -x, +x scatter as they must")
    func volatility() throws {
        let x = Mathematics.log(2)
        let column = try IndicatorSpec("volatility:3").columns(of: closes([1, 2, 1, 2]))[0]
        // Mean x/3, squares 4/9 + 16/9 + 4/9 of x², over two.
        #expect((column[3] - x * (24.0 / 18).squareRoot()).magnitude < 1e-15)
    }

    /// The last value of each column of the usual specs.
    private func last(_ input: IndicatorInput) -> [String: Double] {
        var found: [String: Double] = [:]
        for spec in IndicatorSpec.usual {
            for (name, column) in zip(spec.columnNames, spec.columns(of: input)) { found[name] = column.last }
        }
        return found
    }

    @Test("flat prices: oscillators 0 as TA-Lib's, RSI 50 on purpose, bands exactly on the price", arguments: [0.1, 5, 1e-8, 100.3])
    func flat(_ price: Double) {
        let found = last(closes([Double](repeating: price, count: 260)))
        for name in [
            "macd", "macd_signal", "macd_hist", "atr_14", "adx_14", "plus_di_14", "minus_di_14", "stoch_k", "stoch_d", "mfi_14", "cci_20", "willr_14",
            "roc_10", "rv_20"
        ] where !name.hasPrefix("macd") || price == 5 {
            #expect(found[name] == 0, "\(name)")
        }
        for name in ["bb_upper", "bb_middle", "bb_lower", "sma_20"] { #expect(found[name] == price, "\(name)") }
        #expect(found["rsi_14"] == 50 && found["obv"] == 1)
    }

    @Test("only rises, and only falls, end at the scales' ends")
    func oneWay() {
        let up = last(closes((1...260).map(Double.init))), down = last(closes((1...260).map { 1_000 - Double($0) }))
        for (name, high, low) in [
            ("rsi_14", 100.0, 0.0), ("mfi_14", 100, 0), ("stoch_k", 100, 0), ("stoch_d", 100, 0), ("willr_14", 0, -100), ("adx_14", 100, 100),
            ("plus_di_14", 100, 0), ("minus_di_14", 0, 100), ("obv", 260, -258)
        ] {
            #expect(((up[name] ?? .nan) - high).magnitude < 1e-9 && ((down[name] ?? .nan) - low).magnitude < 1e-9, "\(name)")
        }
        // (260 - 250.5) / (0.015 × 5)
        #expect(((up["cci_20"] ?? .nan) - 9.5 / 0.075).magnitude < 1e-9)
    }

    @Test("without volume the money flow is 0 and on-balance volume stays")
    func noVolume() {
        let found = last(closes((1...60).map { Double($0 % 7 + 1) }, volume: 0))
        #expect(found["mfi_14"] == 0 && found["obv"] == 0)
    }

    @Test("typical prices that differ by rounding alone are equal: no money flows and nothing deviates")
    func ties() {
        // Both sums are 3.41; as Doubles their thirds differ.
        let rows = (0..<60).map { $0 % 2 == 0 ? (high: 1.2, low: 1.06, close: 1.15, volume: 1.0) : (1.2, 1.07, 1.14, 1) }
        #expect(CCI.typicalPrice(high: 1.2, low: 1.06, close: 1.15) != CCI.typicalPrice(high: 1.2, low: 1.07, close: 1.14))
        let found = last(bars(rows))
        #expect(found["mfi_14"] == 0 && found["cci_20"] == 0)
    }

    @Test("an indicator without a scale says the same of prices a hundred million times smaller")
    func tiny() {
        var numbers = SplitMix64(seed: 3)
        let rows = (0..<300).map { _ in 1 + numbers.unit() }
        func input(_ scale: Double) -> IndicatorInput { bars(rows.map { ($0 * 1.01 * scale, $0 * 0.99 * scale, $0 * scale, 1) }) }
        let one = last(input(1)), small = last(input(1e-8))
        for name in ["rsi_14", "adx_14", "plus_di_14", "minus_di_14", "stoch_k", "stoch_d", "mfi_14", "cci_20", "willr_14", "roc_10", "rv_20"] {
            #expect(((one[name] ?? .nan) - (small[name] ?? .nan)).magnitude <= 1e-9 * (one[name] ?? 0).magnitude, "\(name)")
        }
        for name in ["ema_200", "sma_20", "bb_upper", "bb_lower", "atr_14", "macd", "macd_signal"] {
            #expect(((one[name] ?? .nan) * 1e-8 - (small[name] ?? .nan)).magnitude <= 1e-9 * (small[name] ?? 0).magnitude, "\(name)")
        }
    }
}
