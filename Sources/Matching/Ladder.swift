// The market's quotes round a price: as deep as the candle's volume allows, so that a big order fills in part
// and walks the book.
public import Kernel
public import Market

public struct Ladder: Hashable, Sendable {
    /// On each side.
    public let levels: Int
    /// From the price to the best quote, in ticks, 1 or more; the levels behind are one tick apart.
    public let halfSpread: Int
    public let tick: FixedDecimal
    public let lot: FixedDecimal
    /// The least quantity a quote has.
    public let minimum: FixedDecimal

    public init(levels: Int, halfSpread: Int, tick: FixedDecimal, lot: FixedDecimal, minimum: FixedDecimal? = nil) {
        precondition(levels > 0 && halfSpread > 0 && tick.isPositive && lot.isPositive, "a ladder has levels, a spread and grids")
        self.levels = levels
        self.halfSpread = halfSpread
        self.tick = tick
        self.lot = lot
        self.minimum = max(lot, minimum ?? lot).rounded(toMultipleOf: lot, .up)
    }

    /// Quotes round `price`, best first; `volume`, in base units, is shared out evenly over the levels of a side.
    /// Levels at or below zero, or above what a price can be, are left out.
    public func quotes(around price: Price, volume: Quantity) -> (bids: [OrderBookSnapshot.Level], asks: [OrderBookSnapshot.Level]) {
        let share = volume.value.divided(by: FixedDecimal(levels), rounding: .down).rounded(toMultipleOf: lot, .down)
        guard let quantity = Quantity(max(minimum, share)) else { preconditionFailure("a share of a volume is a quantity") }
        func side(_ direction: Int) -> [OrderBookSnapshot.Level] {
            (0..<levels).compactMap { level in
                let distance = tick.times(FixedDecimal(direction * (halfSpread + level)), rounding: .nearest)
                return Price(price.value + distance).map { OrderBookSnapshot.Level(price: $0, quantity: quantity) }
            }
        }
        return (side(-1), side(1))
    }
}
