// The sums behind a volume-weighted average over the last minutes, kept as trades come and grow old.
import Kernel

struct TradedWindow: Hashable, Sendable {
    /// The index of the first trade that is inside.
    private var first = 0
    private var quantity = FixedDecimal.zero
    private var notional = FixedDecimal.zero

    mutating func add(_ trade: FillRecord) {
        quantity = quantity + trade.quantity.value
        notional = notional + trade.notional
    }

    /// Leaves out the trades at or before `start`.
    mutating func drop(until start: Timestamp, of trades: [FillRecord]) {
        while first < trades.count, trades[first].time <= start {
            quantity = quantity - trades[first].quantity.value
            notional = notional - trades[first].notional
            first += 1
        }
    }

    /// Rounded down at 12 places; nil if nothing was traded.
    var average: Price? { notional.checkedDivided(by: quantity, rounding: .down).flatMap { Price($0) } }
}
