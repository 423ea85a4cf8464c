// Realised volatility: how much the log returns of the last n candles scattered.
import Kernel

/// The standard deviation (divisor n-1) of the last n log returns, per candle: first value at row n.
/// Times the square root of the candles in a year it is annual.
public struct RealisedVolatility: Sendable {
    private var previous: Double?
    private var window: SlidingWindow

    public init(_ period: Int) {
        precondition(period > 1, "a scatter needs two returns")
        window = SlidingWindow(period)
    }

    /// Takes the next close (> 0); nil while fewer than n returns were seen.
    public mutating func update(_ close: Double) -> Double? {
        defer { previous = close }
        guard let previous else { return nil }
        window.push(Mathematics.log(close / previous))
        guard window.isFull else { return nil }
        return (window.squaredDeviations(from: window.mean) / Double(window.capacity - 1)).squareRoot()
    }
}
