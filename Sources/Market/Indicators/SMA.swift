// Simple moving average: the plain mean of the last n values.

/// TA-Lib SMA: first value at row n-1. Prices are summed in ticks and the mean is rounded once (`TickWindow`).
public struct SMA: Sendable {
    private var window: TickWindow
    public init(_ period: Int) { window = TickWindow(period) }

    /// Takes the next value; the mean of the last n, nil while fewer were seen.
    public mutating func update(_ x: Double) -> Double? {
        window.push(x)
        return window.isFull ? window.mean : nil
    }

    /// As `update` of each row in turn; NaN if there is no value.
    public mutating func update(_ rows: UnsafeBufferPointer<Double>, into column: UnsafeMutablePointer<Double>) {
        for row in rows.indices {
            window.push(rows[row])
            column[row] = window.isFull ? window.mean : .nan
        }
    }
}
