// Rate of change: how many percent the price moved over the last n candles.

/// TA-Lib ROC: 100 × (close / close n rows ago - 1), first value at row n.
public struct ROC: Sendable {
    private var window: SlidingWindow
    public init(_ period: Int) { window = SlidingWindow(period) }

    /// Takes the next close (> 0); nil while fewer than n + 1 were seen.
    public mutating func update(_ close: Double) -> Double? {
        window.push(close).map { 100 * (close / $0 - 1) }
    }
}
