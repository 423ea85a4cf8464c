// Order lists for sequences: most of them right, some with legs of wrong kinds, sides, sizes or prices.
import Kernel
import Market
import Trading

extension Dice {
    mutating func list(_ symbol: Symbol, _ venue: ReferenceVenue, number: Int) -> OrderListRequest {
        let id = ClientOrderId(happens(20) ? "list\(self.number(1...3))" : "newlist\(number)")!
        let entry: Side = happens(60) ? .buy : .sell
        let exit: Side = happens(90) ? (entry == .buy ? .sell : .buy) : entry
        let size = quantity(symbol)
        switch index(weights: [45, 25, 30]) {
        case 0:
            let pair = pair(symbol, entry, size, venue, number: number)
            return OrderListRequest(id: id, symbol: symbol, .oneCancelsOther(above: pair.above, below: pair.below))
        case 1:
            let pending = OrderLeg(id: clientId(number, "p"), side: exit, kind: kind(symbol, exit, venue))
            return OrderListRequest(
                id: id, symbol: symbol, .oneTriggersOther(working: working(symbol, entry, size, venue, number: number), pending: pending))
        default:
            // What is sold after a fee in base is less than was bought; often nobody thinks of it.
            let less = happens(50) ? size : Quantity(size.value.times("0.9", rounding: .down).rounded(toMultipleOf: Scale.of(symbol).lot, .down))!
            let pair = pair(symbol, exit, less, venue, number: number)
            return OrderListRequest(
                id: id, symbol: symbol,
                .oneTriggersOneCancelsOther(
                    working: working(symbol, entry, size, venue, number: number), above: pair.above, below: pair.below))
        }
    }

    private mutating func working(_ symbol: Symbol, _ side: Side, _ size: Quantity, _ venue: ReferenceVenue, number: Int) -> OrderLeg {
        let price = price(symbol, venue, within: 4)
        let kind: OrderKind =
            happens(8) ? kind(symbol, side, venue) : happens(70) ? .limit(size, price: price, .goodTillCancel) : .limitMaker(size, price: price)
        return OrderLeg(id: clientId(number, "w"), side: side, kind: kind)
    }

    private mutating func pair(_ symbol: Symbol, _ side: Side, _ size: Quantity, _ venue: ReferenceVenue, number: Int) -> (
        above: OrderLeg, below: OrderLeg
    ) {
        let winsAbove = side == .sell
        let high = price(symbol, venue, steps: self.number(happens(90) ? 1...6 : -3...3))
        let low = price(symbol, venue, steps: self.number(happens(90) ? -6 ... -1 : -3...3))
        let above = winsAbove ? winning(size, high, symbol, venue) : losing(size, high, symbol, venue)
        let below = winsAbove ? losing(size, low, symbol, venue) : winning(size, low, symbol, venue)
        let otherSize = happens(3) ? kind(symbol, side, venue) : below
        let otherSide: Side = happens(2) ? (side == .buy ? .sell : .buy) : side
        return (OrderLeg(id: clientId(number, "a"), side: side, kind: above), OrderLeg(id: clientId(number, "b"), side: otherSide, kind: otherSize))
    }

    private mutating func winning(_ size: Quantity, _ level: Price, _ symbol: Symbol, _ venue: ReferenceVenue) -> OrderKind {
        switch number(0...3) {
        case 0, 1: .limitMaker(size, price: level)
        case 2: .takeProfit(size, trigger: level)
        default: .takeProfitLimit(size, trigger: level, price: price(symbol, venue, within: 8), force())
        }
    }

    private mutating func losing(_ size: Quantity, _ level: Price, _ symbol: Symbol, _ venue: ReferenceVenue) -> OrderKind {
        happens(40) ? .stopLoss(size, trigger: level) : .stopLossLimit(size, trigger: level, price: price(symbol, venue, within: 8), force())
    }
}
