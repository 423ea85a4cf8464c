// One candle as a walk of prices, so that a market that only knows candles can play their inside. The same
// candle always walks the same way, touches its high and its low, and never leaves them.
public import Kernel
public import Market

public struct CandlePath: Hashable, Sendable {
    public struct Step: Hashable, Sendable {
        /// Since the candle's open; less than its length.
        public let offset: TimeSpan
        public let price: Price
    }
    /// In ascending time; the first is the open, the last the close.
    public let steps: [Step]

    /// Walks from the open to the near extreme, to the far one, to the close: low before high if the candle
    /// closes at or above its open, else high before low. Points between lie on straight lines, all of them on
    /// the tick grid (to the nearest tick, at least one).
    /// - Parameters:
    ///   - length: the candle's; step `i` of `count` is at `i / count` of it.
    ///   - count: how many steps, 4 or more.
    public init(_ candle: Candle, length: TimeSpan, tick: FixedDecimal, count: Int = 12) {
        precondition(count >= 4 && tick.isPositive, "a path has four corners and a grid")
        let rises = candle.close >= candle.open
        let corners = [candle.open, rises ? candle.low : candle.high, rises ? candle.high : candle.low, candle.close].map(\.value)
        let places = (0...3).map { $0 * (count - 1) / 3 }
        steps = (0..<count).map { index in
            let leg = places.dropFirst().dropLast().count { $0 <= index }
            let value = Self.between(corners[leg], corners[leg + 1], part: index - places[leg], of: places[leg + 1] - places[leg])
            return Step(offset: TimeSpan(milliseconds: length.milliseconds * Int64(index) / Int64(count)), price: Self.onGrid(value, tick))
        }
    }

    private static func between(_ a: FixedDecimal, _ b: FixedDecimal, part: Int, of whole: Int) -> FixedDecimal {
        a + (b - a).times(FixedDecimal(part), rounding: .nearest).divided(by: FixedDecimal(whole), rounding: .nearest)
    }

    private static func onGrid(_ value: FixedDecimal, _ tick: FixedDecimal) -> Price {
        let nearest = max(tick, value.rounded(toMultipleOf: tick, .nearest))
        guard let price = Price(nearest) ?? Price(value.rounded(toMultipleOf: tick, .down)) else {
            preconditionFailure("a grid is finer than the highest price")
        }
        return price
    }
}
