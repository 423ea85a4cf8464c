// A spec over whole columns at once: one value a row, NaN before the first.

/// One column to be filled.
public typealias IndicatorColumn = UnsafeMutableBufferPointer<Double>

extension IndicatorSpec {
    /// The indicator's columns in the order of `columnNames`, each as long as the candles; NaN if there is
    /// no value yet.
    public func columns(of candles: IndicatorInput) -> [[Double]] {
        Self.columns(columnNames.count, rows: candles.count) { fill($0, from: candles) }
    }

    /// As `columns(of:)`, into memory that is there already: one column a name, each of `candles.count` rows.
    public func fill(_ columns: [IndicatorColumn], from candles: IndicatorInput) {
        precondition(columns.count == columnNames.count && columns.allSatisfy { $0.count == candles.count }, "a column of all rows for each name")
        candles.withColumns { columns.fill(self, $0) }
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

/// The columns of an `IndicatorInput` without counting and checking each access.
struct CandlePointers {
    let high: UnsafeBufferPointer<Double>
    let low: UnsafeBufferPointer<Double>
    let close: UnsafeBufferPointer<Double>
    let volume: UnsafeBufferPointer<Double>
}

extension IndicatorInput {
    fileprivate func withColumns(_ body: (CandlePointers) -> Void) {
        high.withUnsafeBufferPointer { high in
            low.withUnsafeBufferPointer { low in
                close.withUnsafeBufferPointer { close in
                    volume.withUnsafeBufferPointer { body(CandlePointers(high: high, low: low, close: close, volume: $0)) }
                }
            }
        }
    }
}

extension [IndicatorColumn] {
    /// Loops of their own where that is much faster (their files say how they differ), else the incremental
    /// value taken through all rows.
    fileprivate func fill(_ spec: IndicatorSpec, _ rows: CandlePointers) {
        switch spec {
        case .rsi(let n): RSI.fill(self[0], n, close: rows.close)
        case .ema(let n): EMA(n).fill(self[0], rows.close)
        case .sma(let n): SMA(n).fill(self[0], rows.close)
        case .macd(let fast, let slow, let signal):
            MACD(fast: fast, slow: slow, signal: signal).fill(line: self[0], signal: self[1], histogram: self[2], rows.close)
        case .bollinger(let n, let width): BollingerBands(n, width: width).fill(upper: self[0], middle: self[1], lower: self[2], rows.close)
        case .atr(let n): ATR.fill(self[0], n, high: rows.high, low: rows.low, close: rows.close)
        case .adx(let n): ADX(n).fill(self[0], rows)
        case .di(let n): ADX(n).fill(plus: self[0], minus: self[1], rows)
        case .stochastic(let k, let slowing, let d): Stochastic(k: k, slowing: slowing, d: d).fill(k: self[0], d: self[1], rows)
        case .obv: OBV().fill(self[0], rows)
        case .mfi(let n): MFI(n).fill(self[0], rows)
        case .cci(let n): CCI(n).fill(self[0], rows)
        case .williams(let n): WilliamsR(n).fill(self[0], rows)
        case .roc(let n): ROC(n).fill(self[0], rows)
        case .volatility(let n): RealisedVolatility(n).fill(self[0], rows.close)
        }
    }
}
