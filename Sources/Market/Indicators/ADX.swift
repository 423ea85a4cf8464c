// Average directional index: how strongly a market trends, whichever way, beside the two directional
// indicators it is made of.

/// TA-Lib PLUS_DI, MINUS_DI and ADX: directional sums seeded over n-1 rows, DI from row n, ADX from
/// row 2n-1 (mean of the first n DX), then Wilder. All from 0 to 100. If nothing moved (`Stillness`), the
/// directional indicators are 0, and so is DX if there is no direction: TA-Lib lets ADX stand there for good, which
/// would keep a history that nobody can see any more.
public struct ADX: Sendable {
    public struct Value: Hashable, Sendable {
        public let plusDI: Double
        public let minusDI: Double
        /// nil until n directional values exist.
        public let adx: Double?
    }

    private let period: Double
    private let seedRows: Int
    private var rows = 0
    private var previous: (high: Double, low: Double, close: Double)?
    private var plus = 0.0, minus = 0.0, range = 0.0
    private var strength: WilderAverage

    public init(_ period: Int = 14) {
        precondition(period > 1, "a directional index looks back at least two rows")
        self.period = Double(period)
        seedRows = period - 1
        strength = WilderAverage(period)
    }

    /// Takes the next candle; nil until the directional indicators exist.
    public mutating func update(high: Double, low: Double, close: Double) -> Value? {
        defer { previous = (high, low, close) }
        guard let previous else { return nil }
        let up = high - previous.high, down = previous.low - low
        rows += 1
        if rows > seedRows {
            plus -= plus / period
            minus -= minus / period
            range -= range / period
        }
        if down > 0, up < down { minus += down } else if up > 0, up > down { plus += up }
        range += ATR.trueRange(high: high, low: low, previousClose: previous.close)
        guard rows > seedRows else { return nil }
        let still = Stillness.share * close
        let plusDI = range > still ? 100 * plus / range : 0, minusDI = range > still ? 100 * minus / range : 0
        let isDirected = range > still && plus + minus > still
        let adx = strength.update(isDirected ? 100 * (plusDI - minusDI).magnitude / (plusDI + minusDI) : 0)
        return Value(plusDI: plusDI, minusDI: minusDI, adx: adx)
    }
}
