// What makes a list right, and how its waiting legs come to life.
import Market
import Trading

extension ReferenceVenue {
    /// Whether the legs of a list are of kinds that may stand there.
    func areKindsRight(_ contingency: OrderListRequest.Contingency) -> Bool {
        switch contingency {
        case .oneCancelsOther(let above, let below):
            arePairKindsRight(above, below)
        case .oneTriggersOther(let working, let pending):
            isWorkingKindRight(working.kind) && !isByAmount(pending.kind)
        case .oneTriggersOneCancelsOther(let working, let above, let below):
            isWorkingKindRight(working.kind) && arePairKindsRight(above, below)
        }
    }

    private func isByAmount(_ kind: OrderKind) -> Bool {
        if case .market(.quote) = kind { true } else { false }
    }

    private func isWorkingKindRight(_ kind: OrderKind) -> Bool {
        switch kind {
        case .limit(_, _, .goodTillCancel), .limitMaker: true
        default: false
        }
    }

    private func arePairKindsRight(_ above: OrderLeg, _ below: OrderLeg) -> Bool {
        guard above.side == below.side, above.kind.quantity == below.kind.quantity else { return false }
        let winning: [OrderType] = [.limitMaker, .takeProfit, .takeProfitLimit]
        let losing: [OrderType] = [.stopLoss, .stopLossLimit]
        return above.side == .sell
            ? winning.contains(above.kind.type) && losing.contains(below.kind.type)
            : losing.contains(above.kind.type) && winning.contains(below.kind.type)
    }

    /// Whether the one leg is above the price that is looked at and the other below it; without such a price, whether
    /// the one is above the other.
    func isRelationRight(_ symbol: Symbol, _ above: OrderLeg, _ below: OrderLeg) -> Bool {
        let high = (above.kind.trigger ?? above.kind.price)!
        let low = (below.kind.trigger ?? below.kind.price)!
        guard let last = triggerPrice(symbol) else { return high > low }
        return high > last && last > low
    }

    // MARK: After an operation

    /// Everything that follows from an operation, one thing at a time: first lists whose working order has filled, in
    /// the order in which they did, then triggers, the oldest order first.
    mutating func settle(_ symbol: Symbol) {
        guard isTrading(symbol) else { return }
        while true {
            if let list = nextToActivate(symbol) {
                activate(list)
            } else if let waiting = orders.first(where: { $0.symbol == symbol && $0.waits && isTriggered(symbol, $0.side, $0.kind) }) {
                fire(waiting)
            } else {
                return
            }
        }
    }

    /// A trigger has come. A stop that buys at market has what it held back and what is free, and from now on holds
    /// back what it will trade.
    private mutating func fire(_ order: ReferenceOrder) {
        endOtherLeg(of: order)
        let quote = order.symbol.quote
        if order.side == .buy, order.kind.price == nil {
            let budget = free(order.account, quote) + need(of: order, in: quote)
            let cost = walk(order.account, order.symbol, order.side, order.kind, order.prevention, budget: budget).quote
            change(order.id) { order in
                order.budget = budget
                order.walk = cost
            }
        }
        work(order.id)
    }

    private func nextToActivate(_ symbol: Symbol) -> ReferenceList? {
        let due = lists.filter { list in
            list.symbol == symbol && list.kind != .oco && order(list.orders[0]).status == .filled && order(list.orders[1]).status == .pendingNew
        }
        return due.min { order($0.orders[0]).completion! < order($1.orders[0]).completion! }
    }

    private mutating func activate(_ list: ReferenceList) {
        let legs = list.orders.dropFirst().map { order($0) }
        do {
            try checkActivation(legs)
        } catch {
            for leg in legs {
                change(leg.id) { order in
                    order.status = .expired
                    order.reason = .refusedOnTrigger
                }
            }
            return
        }
        for leg in legs { change(leg.id) { $0.status = .new } }
        for leg in legs { begin(leg.id) }
    }

    private func checkActivation(_ legs: [ReferenceOrder]) throws(ReferenceRefusal) {
        let first = legs[0], symbol = first.symbol
        for leg in legs { try checkKind(symbol, leg.side, leg.kind) }
        try checkPosition(first.account, symbol, first.side, first.kind, first.prevention)
        if legs.count == 1 {
            try checkTrigger(symbol, first.side, first.kind)
            try checkPostOnly(symbol, first.side, first.kind)
            return try checkBalance(first.account, symbol, first.side, first.kind, first.prevention)
        }
        let above = OrderLeg(id: first.clientId, side: first.side, kind: first.kind)
        let below = OrderLeg(id: legs[1].clientId, side: legs[1].side, kind: legs[1].kind)
        guard isRelationRight(symbol, above, below) else { throw .invalidList }
        for leg in legs { try checkPostOnly(symbol, leg.side, leg.kind) }
        try checkPairBalance(first.account, symbol, above, below, first.prevention)
    }
}
