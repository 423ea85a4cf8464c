// The account as the risk checks see it, taken from the book.
public import Kernel
public import Market
public import Risk
public import Settings
public import Trading

extension AccountView {
    public init(_ book: Book, marks: [Symbol: Price], limits: RiskLimits, costs: FillCosts, killSwitch: String?, at time: Timestamp) {
        let equity = book.equity(marks: marks)
        self.init(
            limits: limits, quote: book.quote, equity: equity, freeCash: max(.zero, book.cash - book.reservedCash),
            dayResult: book.dayResult(equity: equity), dayEquity: book.baselines.dayEquity ?? equity, drawdown: book.drawdown(equity: equity),
            killSwitch: killSwitch ?? book.killSwitch, breakers: book.activeBreakers(at: time), positions: book.positions.count,
            heat: book.sortedPositions.reduce(.zero) { $0 + $1.lossAtStop(costs) }, notionals: Self.notionals(book, marks, costs))
    }

    private static func notionals(_ book: Book, _ marks: [Symbol: Price], _ costs: FillCosts) -> [Symbol: FixedDecimal] {
        var notionals: [Symbol: FixedDecimal] = [:]
        for position in book.sortedPositions {
            var notional: FixedDecimal?
            if let holding = position.holding {
                let price = book.value(of: position, marks: marks) ?? holding.entryPrice
                notional = holding.remaining.value.times(price.value, rounding: .up)
            }
            // What is still to come of an entry counts as if it had come.
            if let order = book.orders[position.entryOrder.text] {
                let slipped = order.referencePrice.value.times(.one + costs.slippage.value, rounding: .up)
                notional = (notional ?? .zero) + order.leavesQuantity.value.times(slipped, rounding: .up)
            }
            notionals[position.symbol] = notional
        }
        return notionals
    }
}
