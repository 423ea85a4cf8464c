// Made-up hourly candles for tests that must run without any reference data.
@testable import Kernel
@testable import Market

extension SplitMix64 {
    /// From 0 up to 1.
    mutating func unit() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }
    /// Mean 0, deviation 1 (sum of twelve).
    mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + unit() } }
}

func price(_ x: Double) -> Price { Price(FixedDecimal(shortest: x)!.rounded(places: 6, .nearest))! }

/// A candle of given prices in hour `hour` since 1970.
func candle(_ hour: Int, _ open: Double, _ high: Double, _ low: Double, _ close: Double) -> Candle {
    Candle(
        openTime: Timestamp(milliseconds: Int64(hour) * 3_600_000), open: price(open), high: price(high), low: price(low),
        close: price(close), volume: .zero)!
}

/// Candles along a path of closes; each candle's range covers open and close with a little beside them.
func candles(closes: [Double], wick: Double = 0.001) -> [Candle] {
    closes.indices.map { hour in
        let open = hour == 0 ? closes[0] : closes[hour - 1], close = closes[hour]
        return candle(hour, open, max(open, close) * (1 + wick), min(open, close) * (1 - wick), close)
    }
}

/// A random walk with a drift and a scatter per hour.
func walk(seed: UInt64, count: Int, drift: Double = 0, scatter: Double = 0.008) -> [Candle] {
    var numbers = SplitMix64(seed: seed)
    var price = 100.0
    return candles(
        closes: (0..<count).map { _ in
            price *= Mathematics.exp(drift + scatter * numbers.normal())
            return price
        }, wick: scatter / 2)
}
