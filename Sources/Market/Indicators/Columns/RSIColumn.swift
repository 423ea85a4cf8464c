// RSI over a whole column: smoothed by two multiplications whose factors are made once, while the
// incremental value divides each row. The rounding of the factors is in gains and losses alike and drops out
// of their share; the last bits differ.

extension RSI {
    /// The values of `RSI(n)` for a column of closes.
    static func fill(_ column: IndicatorColumn, _ n: Int, close: UnsafeBufferPointer<Double>) {
        column[..<min(n, close.count)].update(repeating: .nan)
        guard close.count > n else { return }
        var gain = 0.0, loss = 0.0
        for row in 1...n {
            let change = close[row] - close[row - 1]
            gain += max(change, 0)
            loss += max(-change, 0)
        }
        gain /= Double(n)
        loss /= Double(n)
        column[n] = share(gain, loss, of: close[n])
        // |x| + x is twice a gain and nothing of a loss, without a jump that nobody can foresee.
        let kept = Double(n - 1) / Double(n), added = 0.5 / Double(n)
        for row in (n + 1)..<max(close.count, n + 1) {
            let change = close[row] - close[row &- 1]
            gain = gain * kept + (change.magnitude + change) * added
            loss = loss * kept + (change.magnitude - change) * added
            column[row] = share(gain, loss, of: close[row])
        }
    }
}
