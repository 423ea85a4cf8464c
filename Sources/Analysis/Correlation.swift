// How alike two instruments move: the reason a second bet may be the first one again.
public import Market

/// Pearson's correlation of two instruments' candle-to-candle returns.
public enum Correlation {
    public static let window = 200
    public static let minimumOverlap = 30

    /// Over the returns of candles that both have, joined by open time, the newest `window` of them.
    /// A return runs from one shared candle to the next shared one, the same two moments on both sides, so
    /// gaps cannot misalign them. nil below 30 shared returns or if one side did not move.
    public static func hourlyReturns(_ a: CandleColumns, _ b: CandleColumns, window: Int = window) -> Double? {
        var x: [Double] = [], y: [Double] = []
        x.reserveCapacity(window)
        y.reserveCapacity(window)
        var i = a.count - 1, j = b.count - 1
        // From the newest backwards: the later neighbour of the current shared candle.
        var later: (a: Double, b: Double)?
        while i >= 0, j >= 0, x.count < window {
            if a.openTime[i] > b.openTime[j] { i -= 1; continue }
            if b.openTime[j] > a.openTime[i] { j -= 1; continue }
            if let later {
                x.append(later.a / a.close[i] - 1)
                y.append(later.b / b.close[j] - 1)
            }
            later = (a.close[i], b.close[j])
            i -= 1
            j -= 1
        }
        guard x.count >= minimumOverlap else { return nil }
        return pearson(x, y)
    }

    /// Pearson's r of two columns of one length; nil if one of them is constant.
    public static func pearson(_ x: [Double], _ y: [Double]) -> Double? {
        guard x.count == y.count, x.count > 1 else { return nil }
        let meanX = x.reduce(0, +) / Double(x.count), meanY = y.reduce(0, +) / Double(y.count)
        var xy = 0.0, xx = 0.0, yy = 0.0
        for row in 0..<x.count {
            let dx = x[row] - meanX, dy = y[row] - meanY
            xy += dx * dy
            xx += dx * dx
            yy += dy * dy
        }
        let scale = (xx * yy).squareRoot()
        guard scale > 0, scale.isFinite else { return nil }
        return min(1, max(-1, xy / scale))
    }
}
