// Tick, lot and smallest order of a pair whose rules nobody gave: one assumption for a pair, the same from its file, from a
// folder and from the store, whatever part of its candles is asked for.
import Kernel
package import Market

/// The facts of a pair's candles on which its assumed rules depend.
package struct AssumedRules: Hashable, Sendable {
    /// The most decimals of any price and of any volume.
    package var pricePlaces = 0, volumePlaces = 0
    /// The least n for which no price is above 10^n.
    package var magnitude = AssumedRules.least

    package init() {}

    package init(pricePlaces: Int, volumePlaces: Int, magnitude: Int) {
        (self.pricePlaces, self.volumePlaces, self.magnitude) = (pricePlaces, volumePlaces, magnitude)
    }

    /// Takes more candles of the pair in.
    package mutating func add(_ other: AssumedRules) {
        pricePlaces = max(pricePlaces, other.pricePlaces)
        volumePlaces = max(volumePlaces, other.volumePlaces)
        magnitude = max(magnitude, other.magnitude)
    }

    /// A tick is the prices' decimals. A lot is the volumes' decimals, or finer: volumes that somebody rounded tell no lot, and
    /// of a purchase whose fee is taken in the coin up to a lot stays behind for ever. So one lot is worth at most a tenth
    /// of the smallest order, at the highest price there is, rounded up to a power of ten: that much a store keeps in
    /// the head of each month, so that no candle is read for it.
    package func instrument(_ symbol: Symbol) -> Instrument? {
        let order = QuoteCurrency.assumedMinimum(symbol.quote), lot = max(volumePlaces, magnitude + Self.tenthPlaces(of: order))
        return Instrument(
            symbol: symbol, tickSize: .unit(places: pricePlaces), lotStep: .unit(places: min(lot, FixedDecimal.places)), minNotional: order,
            assumed: true)
    }

    /// Decimals of the power of ten that is at most a tenth of an order; below zero for tens and hundreds.
    private static func tenthPlaces(of order: FixedDecimal) -> Int {
        var rest = order.raw / 10, places = FixedDecimal.places + 1
        while rest > 0 { rest /= 10; places -= 1 }
        return places
    }

    // MARK: Magnitudes

    /// No price is below one unit of the last decimal.
    private static let least = -FixedDecimal.places
    private static let tens: [Double] = (least...18).map { Double("1e\($0)") ?? .infinity }

    /// The least n for which a price is at most 10^n.
    package static func magnitude(_ price: Double) -> Int { least + (tens.firstIndex { price <= $0 } ?? tens.count) }

    /// The same for `mantissa` × 10^-`places`.
    package static func magnitude(_ mantissa: Int64, places: Int) -> Int {
        var power: Int64 = 1, digits = 0
        while digits < 18, power < mantissa { power *= 10; digits += 1 }
        return (power < mantissa ? 19 : digits) - places
    }
}

/// The magnitude of the highest of many prices: one comparison a price.
struct HighestPrice {
    private(set) var magnitude = AssumedRules().magnitude
    /// For each count of decimals the largest mantissa that raises nothing.
    private var bounds = InlineArray<19, Int64>(repeating: 0)

    @inline(__always)
    mutating func see(_ mantissa: Int64, places: UInt8) {
        if mantissa > bounds[Int(places)] { raise(AssumedRules.magnitude(mantissa, places: Int(places))) }
    }

    private mutating func raise(_ new: Int) {
        magnitude = new
        for places in 0..<bounds.count {
            let digits = new + places
            bounds[places] = digits < 0 ? 0 : digits > 18 ? .max : (0..<digits).reduce(1) { power, _ in power * 10 }
        }
    }
}
