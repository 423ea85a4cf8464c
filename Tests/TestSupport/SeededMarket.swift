// A market from a seed: candles that walk, leap between open and close before them, and now and then spike, so that one
// candle touches many levels. Prices are whole cents; the same seed gives the same market.
public import Kernel
public import Market

public struct SeededMarket {
    /// A candle in cents.
    public struct Bar: Hashable, Sendable {
        public let open, high, low, close: Int
        public init(_ open: Int, _ high: Int, _ low: Int, _ close: Int) { (self.open, self.high, self.low, self.close) = (open, high, low, close) }
    }

    /// The most that lies between open and close, and between these and high or low, in cents.
    private let step: Int, wick: Int
    /// One open in so many leaps away from the close before it, and one high or low in so many lies far away: how far at most. nil: none does.
    private let leap: (oneIn: Int, most: Int)?, spike: (oneIn: Int, most: Int)?
    /// No open and no close is beyond; wide enough that no low is below 1.
    private let bounds = 3_000...30_000
    private var price = 10_000

    public init(step: Int = 150, wick: Int = 120, leap: (oneIn: Int, most: Int)? = (6, 400), spike: (oneIn: Int, most: Int)? = (12, 900)) {
        (self.step, self.wick, self.leap, self.spike) = (step, wick, leap, spike)
    }

    public mutating func next(_ chance: inout SplitMix64) -> Bar {
        var open = price
        if let leap, chance.below(leap.oneIn) == 0 { open = walked(price, leap.most, &chance) }
        let close = walked(open, step, &chance)
        price = close
        return Bar(open, max(open, close) + reach(&chance), min(open, close) - reach(&chance), close)
    }

    private func walked(_ price: Int, _ most: Int, _ chance: inout SplitMix64) -> Int {
        min(bounds.upperBound, max(bounds.lowerBound, price + chance.below(2 * most + 1) - most))
    }

    private func reach(_ chance: inout SplitMix64) -> Int {
        guard let spike, chance.below(spike.oneIn) == 0 else { return chance.below(wick) }
        return chance.below(spike.most)
    }
}

extension CandleHistory.Columns {
    /// Fills a row; prices in cents, or in units of which so many make one.
    public func set(_ row: Int, at openTime: Int64, _ bar: SeededMarket.Bar, volume: Double, unit: Double = 100) {
        self.openTime[row] = openTime
        open[row] = Double(bar.open) / unit
        high[row] = Double(bar.high) / unit
        low[row] = Double(bar.low) / unit
        close[row] = Double(bar.close) / unit
        self.volume[row] = volume
    }
}

extension Instrument {
    /// A coin of the tests, traded for USDT.
    public static func madeUp(_ base: String, tick: FixedDecimal = "0.01", minNotional: FixedDecimal = "10", assumed: Bool = false) -> Instrument {
        guard let currency = Currency(base),
            let instrument = Instrument(
                symbol: Symbol(currency, .usdt), tickSize: tick, lotStep: "0.0001", minNotional: minNotional, assumed: assumed)
        else { preconditionFailure("a test's instrument") }
        return instrument
    }
}
