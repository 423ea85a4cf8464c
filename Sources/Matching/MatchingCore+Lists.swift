// Placing order lists, and what their legs do to each other.
public import Kernel
public import Trading

extension MatchingCore {
    /// Places an OCO, OTO or OTOCO and settles all that follows from it.
    /// - Returns: the list as it stands after the whole operation.
    public mutating func place(
        _ request: OrderListRequest, for account: ParticipantId, prevention: SelfTradePrevention = .none,
        at time: Timestamp
    ) throws(Refusal) -> OrderListRecord {
        precondition(account.number > 0, "lists are placed for accounts that were opened")
        advance(to: time)
        let market = try openMarket(request.symbol)
        let legs = request.contingency.legs
        let intents = legs.map { Intent(account: account, market: market, side: $0.side, kind: $0.kind, prevention: prevention) }
        try checkLegs(request.contingency, in: market)
        for intent in intents { try checkNumbers(intent) }
        try checkCounts(legs.map(\.kind), lists: 1, of: account, in: market)
        try checkPosition(intents[0])
        try checkClientIds(legs.map(\.id), list: request.id, of: account)
        if request.contingency.kind == .oco { try checkPair(intents[0], intents[1]) } else { try checkAlone(intents[0]) }
        let id = register(request, intents)
        startList(id)
        settleAftermath(in: market)
        return lists[id.slot]
    }

    private func checkLegs(_ contingency: OrderListRequest.Contingency, in market: Int) throws(Refusal) {
        guard markets[market].rules.orderLists.contains(contingency.kind) else { throw .unsupportedType }
        guard contingency.isWellFormed else { throw .invalidList }
    }

    private func checkAlone(_ intent: Intent) throws(Refusal) {
        try checkMarket(intent)
        try checkFunds(intent)
    }

    /// Prices on the right sides of the last price and each other, post-only, and money for the larger need.
    private func checkPair(_ above: Intent, _ below: Intent) throws(Refusal) {
        guard let high = above.kind.level, let low = below.kind.level, high > low else { throw .invalidList }
        if let last = markets[above.market].referencePrice {
            guard high > last, last > low else { throw .invalidList }
        }
        try checkMarket(above)
        try checkMarket(below)
        try checkFunds(requirement(above) > requirement(below) ? above : below)
    }

    private mutating func register(_ request: OrderListRequest, _ intents: [Intent]) -> Int64 {
        let id = Int64(lists.count + 1), first = intents[0]
        let legs = zip(intents, request.contingency.legs).map { intent, leg in register(intent, leg.id, list: id) }
        lists.append(
            OrderListRecord(
                id: id, clientId: request.id, account: first.account, symbol: request.symbol, kind: request.contingency.kind, orders: legs,
                createdAt: now, updatedAt: now, market: first.market))
        accounts[first.account]?.lists[request.id] = id
        accounts[first.account]?.openLists.append(id)
        edit(first.account, in: first.market) { $0.listCount += 1 }
        return id
    }

    private mutating func startList(_ id: Int64) {
        if let working = lists[id.slot].working { start(working) } else { startPair(id) }
    }

    /// Starts both legs of a pair behind one lock: what the leg that needs more needs.
    private mutating func startPair(_ id: Int64) {
        guard let pair = lists[id.slot].pair else { preconditionFailure("only an OCO or OTOCO has a pair") }
        let need = [pair.above, pair.below].map { orders[$0.slot].kind.need(orders[$0.slot].side, orders[$0.slot].quantity) }
        lists[id.slot].pairIsIntact = true
        setListLock(id, max(need[0], need[1]))
        start(pair.above, inPair: true)
        start(pair.below, inPair: true)
    }

    /// Places the pending legs of a list whose working order has filled, as if they were new; only their client
    /// ids and counts were settled when the list was placed. One refusal ends all of them.
    mutating func activate(_ id: Int64) {
        let legs = lists[id.slot].pending.filter { orders[$0.slot].isOpen }
        guard !legs.isEmpty else { return }
        do throws(Refusal) {
            try checkActivation(legs.map { intent(orders[$0.slot]) })
        } catch {
            for leg in legs { end(leg, .expired, .refusedOnTrigger) }
            return
        }
        lists[id.slot].updatedAt = now
        if lists[id.slot].pair != nil { startPair(id) } else { start(legs[0]) }
    }

    private func checkActivation(_ intents: [Intent]) throws(Refusal) {
        for intent in intents { try checkNumbers(intent) }
        try checkPosition(intents[0])
        if intents.count == 2 { try checkPair(intents[0], intents[1]) } else { try checkAlone(intents[0]) }
    }

    private func intent(_ order: OrderRecord) -> Intent {
        Intent(account: order.account, market: order.market, side: order.side, kind: order.kind, prevention: order.prevention)
    }
}
