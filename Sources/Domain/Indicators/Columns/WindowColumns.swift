// Indicators of a mean and a scatter over whole columns.

extension SMA {
    /// The values of `SMA(n)`.
    static func fill(_ column: IndicatorColumn, _ n: Int, _ x: UnsafeBufferPointer<Double>) {
        column[..<min(n - 1, x.count)].update(repeating: .nan)
        RollingMoments.each(x, n) { row, mean, _ in column[row] = mean }
    }
}

extension BollingerBands {
    /// The bands of `BollingerBands(n, width:)`.
    static func fill(upper: IndicatorColumn, middle: IndicatorColumn, lower: IndicatorColumn, _ n: Int, width: Double, _ x: UnsafeBufferPointer<Double>) {
        for column in [upper, middle, lower] { column[..<min(n - 1, x.count)].update(repeating: .nan) }
        let share = 1 / Double(n)
        RollingMoments.each(x, n) { row, mean, squares in
            let reach = width * (squares * share).squareRoot()
            upper[row] = mean + reach
            middle[row] = mean
            lower[row] = mean - reach
        }
    }
}

extension RealisedVolatility {
    /// The values of `RealisedVolatility(n)`.
    static func fill(_ column: IndicatorColumn, _ n: Int, close: UnsafeBufferPointer<Double>) {
        column[..<min(n, close.count)].update(repeating: .nan)
        guard close.count > n else { return }
        let returns = UnsafeMutableBufferPointer<Double>.allocate(capacity: close.count - 1)
        defer { returns.deallocate() }
        for row in returns.indices { returns.initializeElement(at: row, to: Mathematics.log(close[row &+ 1] / close[row])) }
        let share = 1 / Double(n - 1)
        RollingMoments.each(UnsafeBufferPointer(returns), n) { row, _, squares in column[row &+ 1] = (squares * share).squareRoot() }
    }
}
