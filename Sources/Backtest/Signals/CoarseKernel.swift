// An indicator on coarser candles than the strategy's, made of them on the way. Promise: a row sees only
// coarse candles that were closed when the row closed.
import Domain

final class CoarseKernel: SeriesKernel {
    private let kernel: any CandleKernel
    private let fine: Int64, coarse: Int64
    private var bucket: Int64?
    private var gathered = CandleValues(open: 0, high: 0, low: 0, close: 0, volume: 0)
    private var value = Double.nan
    /// The first candle counts only if the history has it from its beginning.
    private var isWhole = false

    init(_ kernel: any CandleKernel, from fine: Timeframe, to coarse: Timeframe) {
        self.kernel = kernel
        self.fine = fine.duration.milliseconds
        self.coarse = coarse.duration.milliseconds
    }

    func fill(_ rows: Range<Int>, _ candles: CandlePointers, into column: UnsafeMutablePointer<Double>) {
        for (place, row) in rows.enumerated() {
            let time = candles.openTime[row], index = time / coarse
            // A gap may hide the last rows of a candle: the next one's first row closes it.
            if index != bucket { begin(index, candles.row(row), isWhole: bucket != nil || time % coarse == 0) } else { add(candles.row(row)) }
            if (time + fine) % coarse == 0 { close() }
            column[place] = value
        }
    }

    private func begin(_ index: Int64, _ candle: CandleValues, isWhole whole: Bool) {
        close()
        bucket = index
        gathered = candle
        isWhole = whole
    }

    private func add(_ candle: CandleValues) {
        gathered.high = max(gathered.high, candle.high)
        gathered.low = min(gathered.low, candle.low)
        gathered.close = candle.close
        gathered.volume += candle.volume
    }

    private func close() {
        if isWhole { value = kernel.update(gathered) }
        isWhole = false
    }
}
