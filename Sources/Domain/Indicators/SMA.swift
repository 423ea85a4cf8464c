// Simple moving average: the plain mean of the last n values.

/// TA-Lib SMA: first value at row n-1.
public struct SMA: Sendable {
    private var window: SlidingWindow
    public init(_ period: Int) { window = SlidingWindow(period) }

    /// Takes the next value; the mean of the last n, nil while fewer were seen.
    public mutating func update(_ x: Double) -> Double? {
        window.push(x)
        return window.isFull ? window.mean : nil
    }
}
