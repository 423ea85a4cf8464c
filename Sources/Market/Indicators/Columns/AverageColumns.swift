// EMA, MACD and ATR over whole columns: the incremental value until it speaks, then its recursion two rows
// a step. The last bits differ.

extension EMA {
    func fill(_ column: IndicatorColumn, _ x: UnsafeBufferPointer<Double>) {
        var seed = self, row = min(period, x.count)
        for row in 0..<row { column[row] = seed.update(x[row]) ?? .nan }
        var average = PairedAverage(seed.value, weight: weight)
        while row &+ 1 < x.count {
            column[row] = average.take(x[row], x[row &+ 1])
            column[row &+ 1] = average.value
            row &+= 2
        }
        if row < x.count { column[row] = average.next(x[row]) }
    }
}

extension MACD {
    func fill(line: IndicatorColumn, signal: IndicatorColumn, histogram: IndicatorColumn, _ x: UnsafeBufferPointer<Double>) {
        var seed = self, row = min(slow.period + self.signal.period - 1, x.count)
        for row in 0..<row { Self.put(seed.update(x[row]), row, line, signal, histogram) }
        var fast = PairedAverage(seed.fast.value, weight: seed.fast.weight), slow = PairedAverage(seed.slow.value, weight: seed.slow.weight)
        var smooth = PairedAverage(seed.signal.value, weight: seed.signal.weight)
        while row &+ 1 < x.count {
            let first = fast.take(x[row], x[row &+ 1]) - slow.take(x[row], x[row &+ 1]), second = fast.value - slow.value
            let between = smooth.take(first, second)
            Self.put(Value(line: first, signal: between), row, line, signal, histogram)
            Self.put(Value(line: second, signal: smooth.value), row &+ 1, line, signal, histogram)
            row &+= 2
        }
        guard row < x.count else { return }
        let last = fast.next(x[row]) - slow.next(x[row])
        Self.put(Value(line: last, signal: smooth.next(last)), row, line, signal, histogram)
    }

    @inline(__always)
    private static func put(_ value: Value?, _ row: Int, _ line: IndicatorColumn, _ signal: IndicatorColumn, _ histogram: IndicatorColumn) {
        line[row] = value?.line ?? .nan
        signal[row] = value?.signal ?? .nan
        histogram[row] = value?.histogram ?? .nan
    }
}

extension ATR {
    static func fill(
        _ column: IndicatorColumn, _ n: Int, high: UnsafeBufferPointer<Double>, low: UnsafeBufferPointer<Double>,
        close: UnsafeBufferPointer<Double>
    ) {
        @inline(__always) func range(_ row: Int) -> Double { trueRange(high: high[row], low: low[row], previousClose: close[row &- 1]) }
        var seed = ATR(n), row = min(n + 1, close.count)
        for row in 0..<row { column[row] = seed.update(high: high[row], low: low[row], close: close[row]) ?? .nan }
        guard row < close.count else { return }
        var average = PairedAverage(column[n], weight: 1 / Double(n))
        while row &+ 1 < close.count {
            column[row] = average.take(range(row), range(row &+ 1))
            column[row &+ 1] = average.value
            row &+= 2
        }
        if row < close.count { column[row] = average.next(range(row)) }
    }
}
