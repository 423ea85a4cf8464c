// How fast whole columns of indicators are: CPU nanoseconds a row over ten million made-up minutes, into
// memory that is there already, the median of five runs after a first one.
import Glibc
import Kernel
import Market

package struct IndicatorBench {
    package init() {}

    private static let rows = 10_000_000, runs = 5
    private static let measured: [(label: String, spec: IndicatorSpec)] = [
        ("EMA9", .ema(9)), ("RSI14", .rsi(14)), ("MACD", .macd(fast: 12, slow: 26, signal: 9)), ("BBANDS20", .bollinger(20, width: 2)),
        ("ATR14", .atr(14)),
        ("SMA20", .sma(20)), ("ADX14", .adx(14)), ("DI14", .di(14)), ("STOCH", .stochastic(k: 14, slowing: 3, d: 3)), ("OBV", .obv),
        ("MFI14", .mfi(14)),
        ("CCI20", .cci(20)), ("WILLR14", .williams(14)), ("ROC10", .roc(10)), ("RV20", .volatility(20))
    ]

    /// One line: `RESULT` and an object with a figure for each indicator.
    package func result() -> String {
        let began = Self.seconds(CLOCK_MONOTONIC)
        let candles = Self.walk()
        let memory = (0..<3).map { _ in IndicatorColumn.allocate(capacity: Self.rows) }
        defer { for column in memory { column.deallocate() } }
        for column in memory { column.initialize(repeating: 0) }
        let loaded = Self.seconds(CLOCK_MONOTONIC)
        var spent = 0.0
        let figures = Self.measured.map { label, spec in
            let columns = Array(memory.prefix(spec.columnNames.count))
            spec.fill(columns, from: candles)
            let times = (0..<Self.runs).map { _ in
                let start = Self.seconds(CLOCK_PROCESS_CPUTIME_ID)
                spec.fill(columns, from: candles)
                return Self.seconds(CLOCK_PROCESS_CPUTIME_ID) - start
            }
            spent += times.reduce(0, +)
            return ("\(label)_cpu_ns_row", Self.number(times.sorted()[Self.runs / 2] / Double(Self.rows) * 1e9))
        }
        let facts = [
            ("load_s", Self.number(loaded - began)), ("run_s", Self.number(Self.seconds(CLOCK_MONOTONIC) - loaded)),
            ("run_cpu_s", Self.number(spent)),
            ("bars", JSONValue.number("\(Self.rows * Self.runs * Self.measured.count)")), ("trades", .number("0"))
        ]
        return "RESULT " + JSONValue.console(facts + figures)
    }

    /// Minutes of a market with 60 % volatility a year, two decimals, without gaps.
    private static func walk() -> IndicatorInput {
        var chance = SplitMix64(seed: 777)
        func unit() -> Double { Double(chance.next() >> 11) / 9_007_199_254_740_992 }
        let scatter = 0.6 / 525_600.0.squareRoot()
        var open: [Double] = [], high: [Double] = [], low: [Double] = [], close: [Double] = [], volume: [Double] = []
        var last = 30_000.0
        for _ in 0..<rows {
            // Three uniform numbers spread as one of deviation 1/2 around 3/2.
            let next = (last * (1 + 2 * scatter * (unit() + unit() + unit() - 1.5)) * 100).rounded() / 100
            open.append(last)
            close.append(next)
            high.append(((max(last, next) * (1 + scatter * unit())) * 100).rounded() / 100)
            low.append(((min(last, next) * (1 - scatter * unit())) * 100).rounded() / 100)
            volume.append((unit() * 20_000).rounded() / 1_000)
            last = next
        }
        return IndicatorInput(open: open, high: high, low: low, close: close, volume: volume)
    }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    private static func number(_ value: Double) -> JSONValue { .number("\((value * 10_000).rounded() / 10_000)") }
}
