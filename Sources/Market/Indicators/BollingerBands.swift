// Bollinger bands: a moving mean with bands so many standard deviations around it.

/// TA-Lib BBANDS on a simple mean; the deviation divides by n (population). First value at row n-1. Prices and their
/// squares are summed in ticks; mean and variance are rounded once (`TickWindow`).
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
    private var window: TickWindow

    public init(_ period: Int = 20, width: Double = 2) {
        self.width = width
        window = TickWindow(period, scatters: true)
    }

    /// Takes the next close; nil while fewer than n were seen.
    public mutating func update(_ close: Double) -> Value? {
        window.push(close)
        guard window.isFull else { return nil }
        return Value(middle: window.mean, deviation: window.variance.squareRoot(), width: width)
    }

    /// As `update` of each row in turn, one of the three: 0 upper, 1 middle, 2 lower. NaN if there is no value.
    public mutating func update(_ rows: UnsafeBufferPointer<Double>, line: Int, into column: UnsafeMutablePointer<Double>) {
        // The reach of the mean is nothing; adding it changes no bit.
        let reach = line == 0 ? width : line == 1 ? 0 : -width
        for row in rows.indices {
            window.push(rows[row])
            guard window.isFull else { column[row] = .nan; continue }
            column[row] = reach == 0 ? window.mean : window.mean + reach * window.variance.squareRoot()
        }
    }
}
