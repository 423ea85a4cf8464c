// Moving average convergence and divergence: fast EMA minus slow EMA, and its own smoothed signal line.

/// TA-Lib MACD: the fast average is seeded on the last values of the slow one's seed, so both begin on
/// the same row; nothing is given before the signal line exists (row slow + signal - 2).
public struct MACD: Sendable {
    public struct Value: Hashable, Sendable {
        public let line: Double
        public let signal: Double
        public var histogram: Double { line - signal }
    }

    private(set) var fast: EMA
    private(set) var slow: EMA
    private(set) var signal: EMA
    private var skip: Int

    public init(fast: Int = 12, slow: Int = 26, signal: Int = 9) {
        precondition(fast < slow, "the fast average looks back less far")
        self.fast = EMA(fast)
        self.slow = EMA(slow)
        self.signal = EMA(signal)
        skip = slow - fast
    }

    /// Takes the next close; nil until line and signal both exist.
    public mutating func update(_ close: Double) -> Value? {
        let slowValue = slow.update(close)
        guard skip == 0 else { skip -= 1; return nil }
        let fastValue = fast.update(close)
        guard let fastValue, let slowValue else { return nil }
        let line = fastValue - slowValue
        return signal.update(line).map { Value(line: line, signal: $0) }
    }
}
