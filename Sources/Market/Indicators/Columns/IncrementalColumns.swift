// Incremental indicators taken through whole columns: the same numbers to the last bit.

extension IndicatorColumn {
    /// Each row's value, NaN if there is none.
    @inline(__always)
    fileprivate func fill(_ value: (Int) -> Double?) {
        for row in indices { self[row] = value(row) ?? .nan }
    }
}

extension ADX {
    func fill(_ column: IndicatorColumn, _ rows: CandlePointers) {
        var adx = self
        column.fill { adx.update(high: rows.high[$0], low: rows.low[$0], close: rows.close[$0])?.adx }
    }

    func fill(plus: IndicatorColumn, minus: IndicatorColumn, _ rows: CandlePointers) {
        var adx = self
        for row in plus.indices {
            let value = adx.update(high: rows.high[row], low: rows.low[row], close: rows.close[row])
            plus[row] = value?.plusDI ?? .nan
            minus[row] = value?.minusDI ?? .nan
        }
    }
}

extension Stochastic {
    func fill(k: IndicatorColumn, d: IndicatorColumn, _ rows: CandlePointers) {
        var stochastic = self
        for row in k.indices {
            let value = stochastic.update(high: rows.high[row], low: rows.low[row], close: rows.close[row])
            k[row] = value?.k ?? .nan
            d[row] = value?.d ?? .nan
        }
    }
}

extension OBV {
    func fill(_ column: IndicatorColumn, _ rows: CandlePointers) {
        var obv = self
        column.fill { obv.update(close: rows.close[$0], volume: rows.volume[$0]) }
    }
}

extension MFI {
    func fill(_ column: IndicatorColumn, _ rows: CandlePointers) {
        var mfi = self
        column.fill { mfi.update(high: rows.high[$0], low: rows.low[$0], close: rows.close[$0], volume: rows.volume[$0]) }
    }
}

extension CCI {
    func fill(_ column: IndicatorColumn, _ rows: CandlePointers) {
        var cci = self
        column.fill { cci.update(high: rows.high[$0], low: rows.low[$0], close: rows.close[$0]) }
    }
}

extension WilliamsR {
    func fill(_ column: IndicatorColumn, _ rows: CandlePointers) {
        var williams = self
        column.fill { williams.update(high: rows.high[$0], low: rows.low[$0], close: rows.close[$0]) }
    }
}

extension ROC {
    func fill(_ column: IndicatorColumn, _ rows: CandlePointers) {
        var roc = self
        column.fill { roc.update(rows.close[$0]) }
    }
}
