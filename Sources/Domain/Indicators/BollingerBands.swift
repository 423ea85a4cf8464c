// Bollinger bands: a moving mean with bands so many standard deviations around it.

/// TA-Lib BBANDS on a simple mean; the deviation divides by n (population). First value at row n-1.
public struct BollingerBands: Sendable {
    public struct Value: Hashable, Sendable {
        public let middle: Double
        /// Standard deviation of the window, in price units; 0 on flat prices.
        public let deviation: Double
        public let width: Double
        public var upper: Double { middle + width * deviation }
        public var lower: Double { middle - width * deviation }
    }

    private let width: Double
    private var window: SlidingWindow

    public init(_ period: Int = 20, width: Double = 2) {
        self.width = width
        window = SlidingWindow(period)
    }

    /// Takes the next close; nil while fewer than n were seen.
    public mutating func update(_ close: Double) -> Value? {
        window.push(close)
        guard window.isFull else { return nil }
        let mean = window.mean
        let variance = window.squaredDeviations(from: mean) / Double(window.capacity)
        return Value(middle: mean, deviation: variance.squareRoot(), width: width)
    }
}
