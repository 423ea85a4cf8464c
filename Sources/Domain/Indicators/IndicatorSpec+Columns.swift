// A spec over whole columns at once: one value a row, NaN before the first.

/// One column to be filled.
public typealias IndicatorColumn = UnsafeMutableBufferPointer<Double>

extension IndicatorSpec {
    /// The indicator's columns in the order of `columnNames`, each as long as the candles; NaN where there is
    /// no value yet.
    public func columns(of candles: IndicatorInput) -> [[Double]] {
        Self.columns(columnNames.count, rows: candles.count) { fill($0, from: candles) }
    }

    /// As `columns(of:)`, into memory that is there already: one column a name, each of `candles.count` rows.
    public func fill(_ columns: [IndicatorColumn], from candles: IndicatorInput) {
        precondition(columns.count == columnNames.count && columns.allSatisfy { $0.count == candles.count }, "a column of all rows for each name")
        let high = candles.high, low = candles.low, close = candles.close, volume = candles.volume
        switch self {
        case .rsi(let n):
            var rsi = RSI(n)
            columns[0].fill { rsi.update(close[$0]) }
        case .ema(let n):
            var ema = EMA(n)
            columns[0].fill { ema.update(close[$0]) }
        case .sma(let n):
            var sma = SMA(n)
            columns[0].fill { sma.update(close[$0]) }
        case .macd(let fast, let slow, let signal):
            var macd = MACD(fast: fast, slow: slow, signal: signal)
            for row in close.indices {
                let value = macd.update(close[row])
                columns[0][row] = value?.line ?? .nan
                columns[1][row] = value?.signal ?? .nan
                columns[2][row] = value?.histogram ?? .nan
            }
        case .bollinger(let n, let width):
            var bands = BollingerBands(n, width: width)
            for row in close.indices {
                let value = bands.update(close[row])
                columns[0][row] = value?.upper ?? .nan
                columns[1][row] = value?.middle ?? .nan
                columns[2][row] = value?.lower ?? .nan
            }
        case .atr(let n):
            var atr = ATR(n)
            columns[0].fill { atr.update(high: high[$0], low: low[$0], close: close[$0]) }
        case .adx(let n):
            var adx = ADX(n)
            columns[0].fill { adx.update(high: high[$0], low: low[$0], close: close[$0])?.adx }
        case .di(let n):
            var direction = ADX(n)
            for row in close.indices {
                let value = direction.update(high: high[row], low: low[row], close: close[row])
                columns[0][row] = value?.plusDI ?? .nan
                columns[1][row] = value?.minusDI ?? .nan
            }
        case .stochastic(let k, let slowing, let d):
            var stochastic = Stochastic(k: k, slowing: slowing, d: d)
            for row in close.indices {
                let value = stochastic.update(high: high[row], low: low[row], close: close[row])
                columns[0][row] = value?.k ?? .nan
                columns[1][row] = value?.d ?? .nan
            }
        case .obv:
            var obv = OBV()
            columns[0].fill { obv.update(close: close[$0], volume: volume[$0]) }
        case .mfi(let n):
            var mfi = MFI(n)
            columns[0].fill { mfi.update(high: high[$0], low: low[$0], close: close[$0], volume: volume[$0]) }
        case .cci(let n):
            var cci = CCI(n)
            columns[0].fill { cci.update(high: high[$0], low: low[$0], close: close[$0]) }
        case .williams(let n):
            var williams = WilliamsR(n)
            columns[0].fill { williams.update(high: high[$0], low: low[$0], close: close[$0]) }
        case .roc(let n):
            var roc = ROC(n)
            columns[0].fill { roc.update(close[$0]) }
        case .volatility(let n):
            var volatility = RealisedVolatility(n)
            columns[0].fill { volatility.update(close[$0]) }
        }
    }

    /// Arrays that `body` fills in place.
    private static func columns(_ count: Int, rows: Int, _ open: [IndicatorColumn] = [], _ body: ([IndicatorColumn]) -> Void) -> [[Double]] {
        guard open.count < count else {
            body(open)
            return []
        }
        var rest: [[Double]] = []
        let column = [Double](unsafeUninitializedCapacity: rows) { memory, filled in
            rest = columns(count, rows: rows, open + [IndicatorColumn(rebasing: memory[..<rows])], body)
            filled = rows
        }
        return [column] + rest
    }
}

extension IndicatorColumn {
    /// Each row's value, NaN where there is none.
    @inline(__always)
    func fill(_ value: (Int) -> Double?) {
        for row in indices { self[row] = value(row) ?? .nan }
    }
}
