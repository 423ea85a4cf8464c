// Matching: the book is sorted anew for each step, the first in it is met, until the taker is done.
import Kernel
import Market
import Trading

/// Whoever rests in the book: an order, or a quote of the market (without an order).
struct ReferenceMaker {
    var order: Int64?
    var account: Int
    var price: Price
    var remaining: FixedDecimal
    var arrival: Int
}

extension ReferenceVenue {
    /// Who rests on a side, best price first, then who came first.
    func makers(_ side: Side, _ symbol: Symbol) -> [ReferenceMaker] {
        var found: [ReferenceMaker] = []
        for order in orders where order.rests && order.side == side && order.symbol == symbol {
            found.append(
                ReferenceMaker(order: order.id, account: order.account, price: order.kind.price!, remaining: order.remaining, arrival: order.arrival!)
            )
        }
        for quote in quotes where quote.side == side && quote.symbol == symbol {
            found.append(ReferenceMaker(order: nil, account: Self.market, price: quote.price, remaining: quote.remaining, arrival: quote.arrival))
        }
        return found.sorted { a, b in
            if a.price != b.price { return side == .buy ? a.price > b.price : a.price < b.price }
            return a.arrival < b.arrival
        }
    }

    func isWithin(_ limit: Price?, _ side: Side, _ price: Price) -> Bool {
        guard let limit else { return true }
        return side == .buy ? price <= limit : price >= limit
    }

    /// Whom an order would meet next; nil where nobody is left within its limit.
    private func next(for taker: ReferenceOrder) -> ReferenceMaker? {
        guard let maker = makers(taker.side == .buy ? .sell : .buy, taker.symbol).first else { return nil }
        return isWithin(taker.kind.price, taker.side, maker.price) ? maker : nil
    }

    /// Trades an order that begins to work against the book, and does with its rest what its kind says.
    mutating func work(_ id: Int64) {
        let time = now
        change(id) { $0.workingAt = time }
        let started = order(id)
        if started.kind.timeInForce == .fillOrKill, !bookHolds(started) { return expire(id, .fillOrKill) }
        var moneyIsSpent = false
        while order(id).isOpen, !moneyIsSpent, let maker = next(for: order(id)) {
            let taker = order(id)
            if maker.account == taker.account, taker.prevention != .none {
                if taker.prevention == .expireMaker || taker.prevention == .expireBoth { expire(maker.order!, .selfTrade) }
                if taker.prevention == .expireTaker || taker.prevention == .expireBoth { expire(id, .selfTrade) }
                continue
            }
            let quantity = min(wanted(taker, at: maker.price), maker.remaining)
            if quantity.isPositive {
                trade(
                    maker, quantity, with: ReferenceMaker(order: id, account: taker.account, price: maker.price, remaining: .zero, arrival: 0),
                    taker.side, taker.symbol)
            }
            // Whoever leaves something of a maker that money would not pay for goes no further.
            moneyIsSpent = quantity < maker.remaining
        }
        if order(id).isOpen { end(order(id), moneyIsSpent: moneyIsSpent) }
    }

    /// How much a taker would take at a price if there were enough of it.
    private func wanted(_ taker: ReferenceOrder, at price: Price) -> FixedDecimal {
        if case .market(.quote(let amount)) = taker.kind { return lots(amount - taker.executedQuote, at: price, taker.symbol) }
        guard let budget = taker.budget else { return taker.remaining }
        return min(taker.remaining, lots(budget - taker.executedQuote, at: price, taker.symbol))
    }

    private func bookHolds(_ order: ReferenceOrder) -> Bool {
        let reachable = makers(order.side == .buy ? .sell : .buy, order.symbol).filter { isWithin(order.kind.price, order.side, $0.price) }
        return reachable.reduce(FixedDecimal.zero) { $0 + $1.remaining } >= order.remaining
    }

    /// What becomes of an order that is still open when it trades no further.
    private mutating func end(_ order: ReferenceOrder, moneyIsSpent: Bool) {
        if case .market(.quote(let amount)) = order.kind { return endByAmount(order, amount, moneyIsSpent: moneyIsSpent) }
        guard order.kind.price != nil else { return expire(order.id, moneyIsSpent ? .noFunds : .noLiquidity) }
        switch order.kind.timeInForce {
        case .immediateOrCancel: expire(order.id, .immediateOrCancel)
        case .fillOrKill: expire(order.id, .fillOrKill)
        case .goodTillCancel, nil: comeToRest(order.id)
        }
    }

    /// An amount of which not even a lot can be had any more is as good as traded.
    private mutating func endByAmount(_ order: ReferenceOrder, _ amount: FixedDecimal, moneyIsSpent: Bool) {
        guard let lastTrade = trades.last(where: { $0.taker.order == order.id }) else {
            return expire(order.id, moneyIsSpent ? .belowLot : .noLiquidity)
        }
        let isSpent = moneyIsSpent || lots(amount - order.executedQuote, at: lastTrade.price, order.symbol).isZero
        if isSpent { finish(order.id) } else { expire(order.id, .noLiquidity) }
    }

    mutating func comeToRest(_ id: Int64) {
        arrivals += 1
        for index in orders.indices where orders[index].id == id { orders[index].arrival = arrivals }
    }

    mutating func finish(_ id: Int64) {
        completions += 1
        let place = completions
        change(id) { order in
            order.status = .filled
            order.reason = .filled
            order.completion = place
        }
    }
}
