// Indicators taken through a history block by block, so that what is computed is used while it is still in the
// nearest cache. The numbers are those of the incremental indicators, to the last bit (RSI's within rounding).
import Market
import Strategies

/// Five prices of a row, and the columns they come from.
struct CandlePointers {
    let openTime: UnsafePointer<Int64>
    let open, high, low, close, volume: UnsafePointer<Double>

    /// nil for a history without rows.
    init?(_ history: CandleHistory) {
        guard history.count > 0, let time = history.openTime.baseAddress, let open = history.open.baseAddress, let high = history.high.baseAddress,
            let low = history.low.baseAddress, let close = history.close.baseAddress, let volume = history.volume.baseAddress
        else { return nil }
        openTime = time
        self.open = open
        self.high = high
        self.low = low
        self.close = close
        self.volume = volume
    }

    func column(_ field: CandleField) -> UnsafePointer<Double> {
        switch field {
        case .open: open
        case .high: high
        case .low: low
        case .close: close
        case .volume: volume
        }
    }

    func row(_ row: Int) -> CandleValues {
        CandleValues(open: open[row], high: high[row], low: low[row], close: close[row], volume: volume[row])
    }
}

struct CandleValues {
    var open, high, low, close, volume: Double
}

/// Fills one column, block after block.
protocol SeriesKernel: AnyObject {
    /// Rows follow each other without a gap between calls; NaN if there is no value.
    func fill(_ rows: Range<Int>, _ candles: CandlePointers, into column: UnsafeMutablePointer<Double>)
}

/// Any incremental indicator.
final class IncrementalKernel<Indicator>: SeriesKernel {
    typealias Closes = (inout Indicator, UnsafeBufferPointer<Double>, UnsafeMutablePointer<Double>) -> Void

    private var indicator: Indicator
    private let next: (inout Indicator, CandleValues) -> Double?
    private let closes: Closes?

    /// - Parameter closes: takes many closes at once, if the indicator needs nothing else.
    init(_ indicator: Indicator, closes: Closes? = nil, _ next: @escaping (inout Indicator, CandleValues) -> Double?) {
        self.indicator = indicator
        self.closes = closes
        self.next = next
    }

    func fill(_ rows: Range<Int>, _ candles: CandlePointers, into column: UnsafeMutablePointer<Double>) {
        if let closes { return closes(&indicator, UnsafeBufferPointer(start: candles.close + rows.lowerBound, count: rows.count), column) }
        for (place, row) in rows.enumerated() { column[place] = next(&indicator, candles.row(row)) ?? .nan }
    }

    func update(_ candle: CandleValues) -> Double { next(&indicator, candle) ?? .nan }
}

/// Takes single candles: what candles of another time frame need.
protocol CandleKernel: SeriesKernel {
    func update(_ candle: CandleValues) -> Double
}

extension IncrementalKernel: CandleKernel {}

extension IndicatorSeries {
    /// A fresh kernel of this column, on whatever candles it is given.
    var incremental: any CandleKernel {
        switch spec {
        case .rsi(let n): IncrementalKernel(RSI(n)) { $0.update($1.close) }
        case .ema(let n): IncrementalKernel(EMA(n)) { $0.update($1.close) }
        case .sma(let n): IncrementalKernel(SMA(n), closes: { $0.update($1, into: $2) }) { $0.update($1.close) }
        case .macd(let fast, let slow, let signal):
            IncrementalKernel(MACD(fast: fast, slow: slow, signal: signal)) { [column] macd, candle in
                macd.update(candle.close).map { column == 0 ? $0.line : column == 1 ? $0.signal : $0.histogram }
            }
        case .bollinger(let n, let width):
            IncrementalKernel(BollingerBands(n, width: width), closes: { [column] in $0.update($1, line: column, into: $2) }) {
                [column] bands, candle in
                bands.update(candle.close).map { column == 0 ? $0.upper : column == 1 ? $0.middle : $0.lower }
            }
        case .atr(let n): IncrementalKernel(ATR(n)) { $0.update(high: $1.high, low: $1.low, close: $1.close) }
        case .adx(let n): IncrementalKernel(ADX(n)) { $0.update(high: $1.high, low: $1.low, close: $1.close)?.adx }
        case .di(let n):
            IncrementalKernel(ADX(n)) { [column] adx, candle in
                adx.update(high: candle.high, low: candle.low, close: candle.close).map { column == 0 ? $0.plusDI : $0.minusDI }
            }
        case .stochastic(let k, let slowing, let d):
            IncrementalKernel(Stochastic(k: k, slowing: slowing, d: d)) { [column] stochastic, candle in
                stochastic.update(high: candle.high, low: candle.low, close: candle.close).map { column == 0 ? $0.k : $0.d }
            }
        case .obv: IncrementalKernel(OBV()) { $0.update(close: $1.close, volume: $1.volume) }
        case .mfi(let n): IncrementalKernel(MFI(n)) { $0.update(high: $1.high, low: $1.low, close: $1.close, volume: $1.volume) }
        case .cci(let n): IncrementalKernel(CCI(n)) { $0.update(high: $1.high, low: $1.low, close: $1.close) }
        case .williams(let n): IncrementalKernel(WilliamsR(n)) { $0.update(high: $1.high, low: $1.low, close: $1.close) }
        case .roc(let n): IncrementalKernel(ROC(n)) { $0.update($1.close) }
        case .volatility(let n): IncrementalKernel(RealisedVolatility(n)) { $0.update($1.close) }
        }
    }
}
