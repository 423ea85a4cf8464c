// Whole columns against the incremental values, row by row, over seeds: the two ways to one number.
import Kernel
import Market
import Testing

@Suite("Indicator columns")
struct IndicatorColumnTests {
    /// What the incremental value of a spec says row by row, one array a column.
    private func stepwise(_ spec: IndicatorSpec, _ input: IndicatorInput) -> [[Double?]] {
        let high = input.high, low = input.low, close = input.close, volume = input.volume
        func one(_ value: (Int) -> Double?) -> [[Double?]] { [close.indices.map(value)] }
        func each<V>(_ parts: [(V) -> Double?], _ value: (Int) -> V?) -> [[Double?]] {
            let values = close.indices.map(value)
            return parts.map { part in values.map { $0.flatMap(part) } }
        }
        switch spec {
        case .rsi(let n): var i = RSI(n); return one { i.update(close[$0]) }
        case .ema(let n): var i = EMA(n); return one { i.update(close[$0]) }
        case .sma(let n): var i = SMA(n); return one { i.update(close[$0]) }
        case .macd(let f, let s, let g):
            var i = MACD(fast: f, slow: s, signal: g); return each([\.line, \.signal, \.histogram]) { i.update(close[$0]) }
        case .bollinger(let n, let w): var i = BollingerBands(n, width: w); return each([\.upper, \.middle, \.lower]) { i.update(close[$0]) }
        case .atr(let n): var i = ATR(n); return one { i.update(high: high[$0], low: low[$0], close: close[$0]) }
        case .adx(let n): var i = ADX(n); return one { i.update(high: high[$0], low: low[$0], close: close[$0])?.adx }
        case .di(let n): var i = ADX(n); return each([\.plusDI, \.minusDI]) { i.update(high: high[$0], low: low[$0], close: close[$0]) }
        case .stochastic(let k, let s, let d):
            var i = Stochastic(k: k, slowing: s, d: d)
            return each([\.k, \.d]) { i.update(high: high[$0], low: low[$0], close: close[$0]) }
        case .obv: var i = OBV(); return one { i.update(close: close[$0], volume: volume[$0]) }
        case .mfi(let n): var i = MFI(n); return one { i.update(high: high[$0], low: low[$0], close: close[$0], volume: volume[$0]) }
        case .cci(let n): var i = CCI(n); return one { i.update(high: high[$0], low: low[$0], close: close[$0]) }
        case .williams(let n): var i = WilliamsR(n); return one { i.update(high: high[$0], low: low[$0], close: close[$0]) }
        case .roc(let n): var i = ROC(n); return one { i.update(close[$0]) }
        case .volatility(let n): var i = RealisedVolatility(n); return one { i.update(close[$0]) }
        }
    }

    /// A walk with flat stretches, equal closes and hours without volume, at any level of price.
    private func walk(_ seed: UInt64, _ count: Int, level: Double) -> IndicatorInput {
        var numbers = SplitMix64(seed: seed)
        var open: [Double] = [], high: [Double] = [], low: [Double] = [], close: [Double] = [], volume: [Double] = []
        var last = level
        for row in 0..<count {
            let still = row / 40 % 5 == 4
            let next = still ? last : last * (1 + 0.01 * numbers.normal()), wick = still ? 0 : 0.004 * last
            open.append(last)
            close.append(next)
            high.append(max(last, next) + wick * numbers.unit())
            low.append(min(last, next) - wick * numbers.unit())
            volume.append(row % 7 == 0 ? 0 : numbers.unit() * 1_000)
            last = next
        }
        return IndicatorInput(open: open, high: high, low: low, close: close, volume: volume)
    }

    /// Those whose columns come from another order of the same steps.
    private func mayDiffer(_ spec: IndicatorSpec) -> Bool {
        switch spec {
        case .rsi, .ema, .macd, .atr: true
        default: false
        }
    }

    @Test("a column is what the incremental value says, at every length around the warm-up", arguments: 1...6)
    func equal(_ seed: Int) {
        var numbers = SplitMix64(seed: UInt64(seed))
        func period(_ least: Int = 1) -> Int { least + Int(numbers.unit() * 30) }
        let slow = period(2)
        let drawn: [IndicatorSpec] = [
            .rsi(period()), .ema(period()), .sma(period()), .macd(fast: 1 + Int(numbers.unit() * Double(slow - 1)), slow: slow, signal: period()),
            .bollinger(period(), width: 0.5 + numbers.unit() * 3), .atr(period()), .adx(period(2)), .di(period(2)),
            .stochastic(k: period(), slowing: period(), d: period()), .mfi(period()), .cci(period()), .williams(period()), .roc(period()),
            .volatility(period(2))
        ]
        for level in [100.0, 1e-8, 1e6] {
            let all = walk(UInt64(seed) &* 31, 420, level: level)
            for spec in IndicatorSpec.usual + drawn {
                for count in Set([0, 1, spec.warmUp, spec.warmUp + 1, spec.warmUp + 2, 419, 420]) where count <= 420 {
                    let part = IndicatorInput(
                        open: Array(all.open[..<count]), high: Array(all.high[..<count]), low: Array(all.low[..<count]),
                        close: Array(all.close[..<count]), volume: Array(all.volume[..<count]))
                    compare(spec, part)
                }
            }
        }
    }

    private func compare(_ spec: IndicatorSpec, _ input: IndicatorInput) {
        let columns = spec.columns(of: input), expected = stepwise(spec, input)
        #expect(columns.count == spec.columnNames.count && expected.count == columns.count)
        for (name, (column, steps)) in zip(spec.columnNames, zip(columns, expected)) {
            #expect(column.count == input.count)
            // What is left of flat stretches is compared on the scale of the column, a difference of prices on that of the prices.
            let scale = (name.hasPrefix("macd") ? input.close : steps.compactMap { $0?.magnitude }).max() ?? 0
            for (row, (got, wanted)) in zip(column, steps).enumerated() {
                let same = wanted.map { mayDiffer(spec) ? (got - $0).magnitude <= 1e-12 * max($0.magnitude, 1e-3 * scale) : got == $0 } ?? got.isNaN
                if !same || (wanted != nil) != (row >= spec.warmUp) {
                    Issue.record("\(name) of \(input.count) rows, row \(row): \(got), stepwise \(String(describing: wanted))")
                    return
                }
            }
        }
    }

    @Test("highest and lowest are those of the window, looked up afresh each row", arguments: [1, 2, 5, 14])
    func extremes(_ n: Int) {
        let input = walk(9, 400, level: 100)
        let column = IndicatorSpec.williams(n).columns(of: input)[0]
        for row in (n - 1)..<400 {
            let highest = input.high[(row - n + 1)...row].max()!, lowest = input.low[(row - n + 1)...row].min()!
            let expected = highest > lowest ? -100 * (highest - input.close[row]) / (highest - lowest) : 0
            #expect((column[row] - expected).magnitude < 1e-9)
        }
    }

    @Test("no sum drifts: after 300,000 rows at a high price a quiet stretch has the scatter that it has on its own")
    func drift() throws {
        let loud = walk(5, 300_000, level: 1e6)
        let quiet = (0..<60).map { 1 + 1e-6 * Double($0 % 3) }
        func closes(_ close: [Double]) -> IndicatorInput { IndicatorInput(open: close, high: close, low: close, close: close, volume: close) }
        for spec in [IndicatorSpec.sma(20), .bollinger(20, width: 2), .volatility(20)] {
            let long = spec.columns(of: closes(loud.close + quiet)), short = spec.columns(of: closes(quiet))
            for (a, b) in zip(long, short) {
                let pairs = zip(a.suffix(30), b.suffix(30))
                #expect(pairs.allSatisfy { ($0 - $1).magnitude <= 1e-10 * $1.magnitude }, "\(spec)")
            }
        }
    }
}
