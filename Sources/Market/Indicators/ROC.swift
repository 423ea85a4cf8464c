// Rate of change: how many percent the price moved over the last n candles.

/// TA-Lib ROC: 100 × (close / close n rows ago - 1), first value at row n.
/// A fraction of ticks, rounded once.
public struct ROC: Sendable {
    private var window: SlidingWindow
    private var unit = TickTriple()
    public init(_ period: Int) { window = SlidingWindow(period) }

    /// Takes the next close (> 0); nil while fewer than n + 1 were seen.
    public mutating func update(_ close: Double) -> Double? {
        guard let before = window.push(close) else { return nil }
        guard let ticks = unit.ticks(close, before, before), ticks.1 > 0 else { return 100 * (close / before - 1) }
        return Double(100 * (ticks.0 - ticks.1)) / Double(ticks.1)
    }
}
