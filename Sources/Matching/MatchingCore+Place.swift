// Placing one order: checks, a record, then its part in the market.
public import Kernel
public import Trading

extension MatchingCore {
    /// Places an order and settles all that follows from it.
    /// - Returns: the order as it stands after the whole operation.
    public mutating func place(
        _ request: OrderRequest, for account: ParticipantId, prevention: SelfTradePrevention = .none,
        at time: Timestamp
    ) throws(Refusal) -> OrderRecord {
        precondition(account.number > 0, "orders are placed for accounts that were opened")
        advance(to: time)
        let market = try openMarket(request.symbol)
        let intent = Intent(account: account, market: market, side: request.side, kind: request.kind, prevention: prevention)
        try checkNumbers(intent)
        try checkCounts([request.kind], lists: 0, of: account, in: market)
        try checkPosition(intent)
        try checkClientIds([request.id], of: account)
        try checkMarket(intent)
        try checkFunds(intent)
        let id = register(intent, request.id, list: nil)
        start(id)
        settleAftermath(in: market)
        return orders[id.slot]
    }

    /// Gives an order its id and its place in every index; it is pending until it is started.
    mutating func register(_ intent: Intent, _ clientId: ClientOrderId, list: Int64?) -> Int64 {
        let id = Int64(orders.count + 1)
        var order = OrderRecord(
            id: id, listId: list, clientId: clientId, account: intent.account, symbol: markets[intent.market].symbol, side: intent.side,
            kind: intent.kind, prevention: intent.prevention, quantity: intent.kind.quantity ?? .zero, status: .pendingNew,
            createdAt: now, updatedAt: now, market: intent.market)
        order.seat = .pending
        orders.append(order)
        accounts[intent.account]?.orders[clientId] = id
        edit(intent.account, in: intent.market) { own in
            own.all.append(id)
            own.open.append(id)
            if intent.kind.trigger != nil { own.algoCount += 1 }
        }
        return id
    }

    /// Lets a pending order wait for its trigger or come to the book. A leg of a pair locks nothing itself.
    mutating func start(_ id: Int64, inPair: Bool = false) {
        orders[id.slot].status = .new
        orders[id.slot].updatedAt = now
        orders[id.slot].seat = .none
        let order = orders[id.slot]
        guard let trigger = order.kind.trigger, let side = TriggerSide(order.side, order.kind) else { return enter(id, inPair: inPair) }
        if !inPair { setLock(id, order.kind.need(order.side, order.quantity)) }
        orders[id.slot].seat = .waiting
        markets[order.market].triggers.add(id, side, trigger)
    }

    mutating func edit(_ account: ParticipantId, in market: Int, _ change: (inout AccountOrders) -> Void) {
        change(&markets[market].accounts[account, default: AccountOrders()])
    }
}
