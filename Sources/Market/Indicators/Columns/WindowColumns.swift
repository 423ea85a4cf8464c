// Indicators of a window over whole columns: the incremental value taken through all rows, because a window gives the same
// to the last bit however it is reached.

extension SMA {
    func fill(_ column: IndicatorColumn, _ x: UnsafeBufferPointer<Double>) {
        guard let start = column.baseAddress else { return }
        var sma = self
        sma.update(x, into: start)
    }
}

extension BollingerBands {
    func fill(upper: IndicatorColumn, middle: IndicatorColumn, lower: IndicatorColumn, _ x: UnsafeBufferPointer<Double>) {
        var bands = self
        for row in x.indices {
            let value = bands.update(x[row])
            upper[row] = value?.upper ?? .nan
            middle[row] = value?.middle ?? .nan
            lower[row] = value?.lower ?? .nan
        }
    }
}

extension RealisedVolatility {
    func fill(_ column: IndicatorColumn, _ x: UnsafeBufferPointer<Double>) {
        var volatility = self
        for row in column.indices { column[row] = volatility.update(x[row]) ?? .nan }
    }
}
