// One candle in 56 bytes: whole numbers with their count of decimals, exact, so that a file of years
// fits into a few megabytes and becomes exact values only when somebody asks.
import Kernel
package import Market

package struct CandleRow: Sendable {
    /// Milliseconds since 1970, UTC.
    package let openTime: Int64
    package let open: Int64, high: Int64, low: Int64, close: Int64, volume: Int64
    /// Decimal places of the prices and of the volume.
    package let pricePlaces: UInt8, volumePlaces: UInt8

    package init(openTime: Int64, open: Int64, high: Int64, low: Int64, close: Int64, volume: Int64, pricePlaces: UInt8, volumePlaces: UInt8) {
        self.openTime = openTime
        self.open = open
        self.high = high
        self.low = low
        self.close = close
        self.volume = volume
        self.pricePlaces = pricePlaces
        self.volumePlaces = volumePlaces
    }

    /// nil if no market can have such numbers.
    package var candle: Candle? {
        guard let open = price(open), let high = price(high), let low = price(low), let close = price(close),
            let volume = Quantity(FixedDecimal(raw: Int128(volume) * Self.scales[Int(volumePlaces)]))
        else { return nil }
        return Candle(openTime: Timestamp(milliseconds: openTime), open: open, high: high, low: low, close: close, volume: volume)
    }

    /// nil if a number of the candle has more digits than 63 bits hold.
    package init?(_ candle: Candle) {
        let prices = [candle.open.value, candle.high.value, candle.low.value, candle.close.value].map(Mantissa.init(exactly:)),
            volume = Mantissa(exactly: candle.volume.value)
        let places = prices.compactMap(\.?.places).max() ?? 0
        let scaled = prices.compactMap { $0?.scaled(to: places) }
        guard scaled.count == 4, let volume else { return nil }
        self.init(
            openTime: candle.openTime.milliseconds, open: scaled[0], high: scaled[1], low: scaled[2], close: scaled[3], volume: volume.value,
            pricePlaces: places, volumePlaces: volume.places)
    }

    private func price(_ mantissa: Int64) -> Price? { Price(FixedDecimal(raw: Int128(mantissa) * Self.scales[Int(pricePlaces)])) }

    /// The Double nearest to `mantissa` × 10^-`places`, the one its text would parse to: a quotient of two exact Doubles
    /// is rounded once; if the mantissa is not an exact Double, its text is parsed.
    static func double(_ mantissa: Int64, places: UInt8) -> Double {
        if mantissa.magnitude <= 1 << 53 { return Double(mantissa) / tens[Int(places)] }
        return Double("\(mantissa)e-\(places)") ?? .nan
    }

    private static let tens: [Double] = (0...Mantissa.places).map { (0..<$0).reduce(1) { power, _ in power * 10 } }

    /// What a mantissa with so many decimals is multiplied by to have twelve.
    private static let scales: [Int128] = (0...FixedDecimal.places).map { FixedDecimal.unit(places: $0).raw }
}

/// A number as written: `value` × 10^-`places`, without trailing zeros after the point.
struct Mantissa {
    var value: Int64
    var places: UInt8

    init(value: Int64, places: UInt8) {
        self.value = value
        self.places = places
    }

    /// With as few places as the number needs; nil if it does not fit 63 bits.
    init?(exactly number: FixedDecimal) {
        var raw = number.raw, places = FixedDecimal.places
        while places > 0, raw % 10 == 0 { raw /= 10; places -= 1 }
        guard let value = Int64(exactly: raw) else { return nil }
        self.init(value: value, places: UInt8(places))
    }

    /// The mantissa at a larger or equal count of places; nil if it does not fit 63 bits.
    @inline(__always)
    func scaled(to wanted: UInt8) -> Int64? {
        guard wanted > places else { return value }
        let (product, overflow) = value.multipliedReportingOverflow(by: Self.powers[Int(wanted - places)])
        return overflow ? nil : product
    }

    /// Whether `value` × 10^-`places` is more than a whole `limit`.
    static func exceeds(_ value: Int64, places: UInt8, limit: Int64) -> Bool {
        let (bound, overflow) = limit.multipliedReportingOverflow(by: powers[Int(places)])
        return !overflow && value > bound
    }

    /// The most that are read.
    static let places = 18
    private static let powers: [Int64] = (0...places).map { (0..<$0).reduce(1) { power, _ in power * 10 } }
}
