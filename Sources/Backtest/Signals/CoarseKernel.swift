// An indicator on coarser candles than the strategy's, made of them on the way. Promises: a row sees only coarse
// candles that were closed when the row closed; one with a part missing is none, as everywhere (`WholeCandle`).
import Kernel
import Market

final class CoarseKernel: SeriesKernel {
    private let kernel: any CandleKernel
    private let coarse: Int64
    private let parts: Int
    private var bucket: Int64 = -1
    private var gathered = CandleValues(open: 0, high: 0, low: 0, close: 0, volume: 0)
    private var count = 0
    private var value = Double.nan

    init(_ kernel: any CandleKernel, from fine: Timeframe, to coarse: Timeframe) {
        self.kernel = kernel
        self.coarse = coarse.duration.milliseconds
        parts = Int(coarse.duration.milliseconds / fine.duration.milliseconds)
    }

    func fill(_ rows: Range<Int>, _ candles: CandlePointers, into column: UnsafeMutablePointer<Double>) {
        for (place, row) in rows.enumerated() {
            let index = candles.openTime[row] / coarse
            if index == bucket {
                add(candles.row(row))
            } else {
                bucket = index
                gathered = candles.row(row)
                count = 1
            }
            // Rows are on the grid, so as many as there can be are all of them, and this is the last.
            if count == parts { value = kernel.update(gathered) }
            column[place] = value
        }
    }

    private func add(_ candle: CandleValues) {
        gathered.high = max(gathered.high, candle.high)
        gathered.low = min(gathered.low, candle.low)
        gathered.close = candle.close
        gathered.volume += candle.volume
        count += 1
    }
}
