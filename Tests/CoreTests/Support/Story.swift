// A book told event by event, as a journal would: short words for what happens to an account.
import Testing
import Trading

@testable import Events
@testable import Kernel
@testable import Market
@testable import Risk
@testable import Settings

struct Story {
    private(set) var book = Book()
    private(set) var events: [(event: JournalEvent, at: Timestamp)] = []
    var time = fourteen
    var costs = plainCosts

    /// An account with this much paper money; nothing else has happened.
    init(_ deposit: FixedDecimal = "1000") {
        tell(.journalOpened(JournalOpened(world: "test", start: nil, mode: "paper", quote: .usdt)))
        if !deposit.isZero { move(deposit) }
    }

    mutating func tell(_ event: JournalEvent) {
        do { try book.apply(event, at: time) } catch { Issue.record(error) }
        events.append((event, time))
    }

    mutating func move(_ amount: FixedDecimal) { tell(.cashMoved(CashMoved(amount: Money(amount, .usdt), reason: "test"))) }
    mutating func startDay(_ equity: FixedDecimal) { tell(.tradingDayStarted(TradingDayStarted(day: time.floored(to: .days(1)), equity: equity))) }
    mutating func trip(_ name: BreakerName, until: Timestamp?) {
        tell(.breakerTripped(BreakerTripped(breaker: name, cause: .said("test"), until: until)))
    }
    mutating func mark(_ equity: FixedDecimal) {
        tell(.equityMarked(EquityMarked(equity: equity, cash: book.main.cash, marks: [], holdEverything: nil)))
    }

    /// Announces an entry.
    @discardableResult
    mutating func announce(
        _ instrument: Instrument = coinRules, _ quantity: String = "1", at price: String = "100", planned: FixedDecimal = "3.4",
        plan: BracketPlan = plainPlan
    ) -> Order {
        let order = Order(
            id: .entry(.none, TradeId(book.nextTrade)), trade: TradeId(book.nextTrade),
            symbol: instrument.symbol, side: .buy, type: .market, role: .entry, quantity: Quantity(quantity)!,
            referencePrice: Price(price)!, createdAt: time)
        tell(
            .orderSubmitted(
                OrderSubmitted(
                    order: order,
                    position: pendingPosition(
                        instrument.symbol, instrument, trade: book.nextTrade, order: order.id,
                        planned: planned, plan: plan))))
        return order
    }

    mutating func change(_ order: Order, _ event: OrderEvent) { tell(.orderChanged(OrderChanged(order: order.id, event: event))) }

    mutating func fail(_ order: Order, _ event: OrderEvent = .reject) {
        change(order, event)
        tell(.entryFailed(EntryFailed(trade: order.trade, symbol: order.symbol, why: "test")))
    }

    /// Fills an announced entry at its reference price and arms its bracket.
    mutating func fill(_ order: Order, _ instrument: Instrument = coinRules) {
        let fill = costs.fill(order, near: order.referencePrice, tick: instrument.tickSize, at: time)!
        tell(.orderChanged(OrderChanged(order: order.id, event: .completeFill, fill: fill)))
        let holding = Holding(position: book.main.position(order.symbol)!, entry: Executed(fill))!
        tell(.positionOpened(PositionOpened(trade: order.trade, symbol: order.symbol, holding: holding)))
    }

    mutating func buy(_ instrument: Instrument = coinRules, _ quantity: String = "1", at price: String = "100") {
        fill(announce(instrument, quantity, at: price), instrument)
    }

    /// Sells the next rung, or with any other reason all that is left, near `price`. Returns the record of the last sale.
    @discardableResult
    mutating func sell(_ reason: ExitReason, at price: String, of symbol: Symbol = coin) -> TradeClosed? {
        let position = book.main.position(symbol)!, holding = position.holding!
        let isLast = holding.rungsFilled == holding.bracket.rungs.count - 1
        let quantity = reason.isRung && !isLast ? holding.nextRung!.quantity : holding.remaining
        let order = Order(
            id: .exit(.none, position.trade, number: holding.exitOrders + 1), trade: position.trade, symbol: symbol, side: .sell,
            type: .market, role: .exit(reason), quantity: quantity, referencePrice: Price(price)!, createdAt: time)
        tell(.orderSubmitted(OrderSubmitted(order: order)))
        let fill = costs.fill(order, near: order.referencePrice, tick: holding.instrument.tickSize, at: time)!
        tell(.orderChanged(OrderChanged(order: order.id, event: .completeFill, fill: fill)))
        let reduced = PositionReduced(
            trade: position.trade, order: order.id, reason: reason, quantity: quantity, price: fill.price, fee: fill.fee,
            proceeds: fill.notional.amount - fill.fee.amount, remaining: holding.remaining - quantity)
        tell(.positionReduced(reduced))
        guard reduced.remaining.isZero, let closed = TradeClosed(position: book.main.position(symbol)!, last: reduced, time: time) else { return nil }
        tell(.tradeClosed(closed))
        return closed
    }

    func view(marks: [Symbol: Price] = [:], limits: RiskLimits = RiskLimits(), killSwitch: String? = nil, at moment: Timestamp? = nil) -> AccountView
    {
        AccountView(book, marks: marks, limits: limits, costs: costs, killSwitch: killSwitch, at: moment ?? time)
    }
}
