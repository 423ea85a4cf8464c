// The account as the risk checks see it, taken from the book.
public import Kernel
public import Market
public import Risk
public import Settings
public import Trading

extension AccountView {
    public init(_ book: Book, marks: [Symbol: Price], limits: RiskLimits, costs: FillCosts, killSwitch: String?, at time: Timestamp) {
        let account = book.main, equity = account.equity(marks: marks)
        self.init(
            limits: limits, quote: account.quote, equity: equity, freeCash: max(.zero, account.cash - account.reservedCash),
            dayResult: account.dayResult(equity: equity), dayEquity: account.baselines.dayEquity ?? equity,
            drawdown: account.drawdown(equity: equity), killSwitch: killSwitch ?? book.killSwitch, breakers: account.activeBreakers(at: time),
            positions: account.positions.count, heat: account.sortedPositions.reduce(.zero) { $0 + $1.lossAtStop(costs) },
            notionals: Self.notionals(account, marks, costs))
    }

    private static func notionals(_ account: AccountBook, _ marks: [Symbol: Price], _ costs: FillCosts) -> [Symbol: FixedDecimal] {
        var notionals: [Symbol: FixedDecimal] = [:]
        for position in account.sortedPositions {
            var notional: FixedDecimal?
            if let holding = position.holding {
                let price = account.value(of: position, marks: marks) ?? holding.entryPrice
                notional = holding.remaining.value.times(price.value, rounding: .up)
            }
            // What is still to come of an entry counts as if it had come.
            if let order = account.orders[position.entryOrder.text] {
                let slipped = order.referencePrice.value.times(.one + costs.slippage.value, rounding: .up)
                notional = (notional ?? .zero) + order.leavesQuantity.value.times(slipped, rounding: .up)
            }
            notionals[position.symbol] = notional
        }
        return notionals
    }
}
