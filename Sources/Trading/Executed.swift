// What of an order was executed so far, in few numbers: however many fills a venue makes of it, each counts once.
public import Kernel
import Market

public struct Executed: Hashable, Codable, Sendable {
    /// The venue's ids of the fills that count.
    public private(set) var fills: [String] = []
    public private(set) var quantity = Quantity.zero
    /// Paid or received for it before fees, in quote units: each fill's notional, rounded against us.
    public private(set) var notional = FixedDecimal.zero
    /// Fees taken in base and in quote; those in another asset have a value only once somebody rules it.
    public private(set) var feeInBase = FixedDecimal.zero
    public private(set) var feeInQuote = FixedDecimal.zero
    /// The price of all fills, or their mean by quantity to 12 places, rounded to the nearest.
    public private(set) var price: Price?
    /// When the first of them happened.
    public private(set) var since: Timestamp?
    /// Price times quantity of all fills, exact to 12 places.
    private var weight = FixedDecimal.zero

    public init(_ fills: Fill...) {
        for fill in fills { add(fill) }
    }

    /// In quote units, fees in quote included.
    package var cost: FixedDecimal { notional + feeInQuote }
    /// In quote units: a fee in base is valued at the mean price.
    package var fees: FixedDecimal { feeInQuote + feeInBase.times(price?.value ?? .zero, rounding: .up) }

    public func has(_ fill: Fill) -> Bool { fills.contains(fill.id) }

    public mutating func add(_ fill: Fill) {
        let isUniform = price.map { $0 == fill.price } ?? true
        fills.append(fill.id)
        quantity = quantity + fill.quantity
        notional += fill.notional.amount
        weight += fill.quantity.value.times(fill.price.value, rounding: .nearest)
        switch fill.fee.currency {
        case fill.symbol.base: feeInBase += fill.fee.amount
        case fill.symbol.quote: feeInQuote += fill.fee.amount
        default: break
        }
        price = isUniform ? fill.price : weight.checkedDivided(by: quantity.value, rounding: .nearest).flatMap { Price($0) } ?? price
        since = min(since ?? fill.time, fill.time)
    }
}
