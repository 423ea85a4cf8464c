// Taking new orders and lists: every question first, and only then the first change.
import Kernel
import Market
import Trading

extension ReferenceVenue {
    mutating func place(_ request: OrderRequest, for account: Int, _ prevention: ReferencePrevention, at time: Timestamp) throws(ReferenceRefusal)
        -> Int64
    {
        tell(time)
        let symbol = request.symbol, side = request.side, kind = request.kind
        guard rules(of: symbol) != nil else { throw .unknownSymbol }
        guard isTrading(symbol) else { throw .marketClosed }
        try checkKind(symbol, side, kind)
        try checkCounts(account, symbol, [kind], isList: false)
        try checkPosition(account, symbol, side, kind, prevention)
        try checkClientId(account, request.id)
        try checkTrigger(symbol, side, kind)
        try checkPostOnly(symbol, side, kind)
        try checkBalance(account, symbol, side, kind, prevention)
        let id = enter(OrderLeg(id: request.id, side: side, kind: kind), symbol, account, prevention, list: nil, .new)
        begin(id)
        settle(symbol)
        return id
    }

    mutating func place(_ request: OrderListRequest, for account: Int, _ prevention: ReferencePrevention, at time: Timestamp) throws(ReferenceRefusal)
        -> Int64
    {
        tell(time)
        let symbol = request.symbol, legs = request.contingency.legs, kind = request.contingency.kind
        guard let rules = rules(of: symbol) else { throw .unknownSymbol }
        guard isTrading(symbol) else { throw .marketClosed }
        guard rules.orderLists.contains(kind) else { throw .unsupportedType }
        guard areKindsRight(request.contingency) else { throw .invalidList }
        for leg in legs { try checkKind(symbol, leg.side, leg.kind) }
        try checkCounts(account, symbol, legs.map(\.kind), isList: true)
        // The pair of an OCO counts once, and what waits for a working order not at all: the first leg speaks for all.
        try checkPosition(account, symbol, legs[0].side, legs[0].kind, prevention)
        try checkListIds(account, request)
        if case .oneCancelsOther(let above, let below) = request.contingency {
            guard isRelationRight(symbol, above, below) else { throw .invalidList }
            for leg in legs { try checkPostOnly(symbol, leg.side, leg.kind) }
            try checkPairBalance(account, symbol, above, below, prevention)
        } else {
            try checkPostOnly(symbol, legs[0].side, legs[0].kind)
            try checkBalance(account, symbol, legs[0].side, legs[0].kind, prevention)
        }
        let id = Int64(lists.count + 1)
        var ids: [Int64] = []
        for (index, leg) in legs.enumerated() {
            ids.append(enter(leg, symbol, account, prevention, list: id, kind == .oco || index == 0 ? .new : .pendingNew))
        }
        lists.append(ReferenceList(id: id, clientId: request.id, account: account, symbol: symbol, kind: kind, orders: ids, createdAt: now))
        for order in ids where self.order(order).status == .new { begin(order) }
        settle(symbol)
        return id
    }

    private mutating func enter(
        _ leg: OrderLeg, _ symbol: Symbol, _ account: Int, _ prevention: ReferencePrevention, list: Int64?, _ status: VenueOrderStatus
    ) -> Int64 {
        let id = Int64(orders.count + 1)
        orders.append(
            ReferenceOrder(
                id: id, list: list, clientId: leg.id, account: account, symbol: symbol, side: leg.side, kind: leg.kind,
                prevention: prevention, status: status, createdAt: now, updatedAt: now))
        return id
    }

    /// An order that has just become new: one with a trigger waits, every other begins to work.
    mutating func begin(_ id: Int64) {
        let order = order(id)
        guard order.kind.trigger == nil else { return }
        if order.kind.type == .market {
            let walk = neededFree(order.account, order.symbol, order.side, order.kind, order.prevention)
            change(id) { $0.walk = walk }
        }
        work(id)
    }

    private func checkListIds(_ account: Int, _ request: OrderListRequest) throws(ReferenceRefusal) {
        if lists.contains(where: { $0.account == account && $0.clientId == request.id && isExecuting($0) }) { throw .duplicateOrder }
        let ids = request.contingency.legs.map(\.id)
        for (index, id) in ids.enumerated() {
            try checkClientId(account, id)
            if ids[..<index].contains(id) { throw .duplicateOrder }
        }
    }

    /// A pair needs what the dearer of its legs needs.
    func checkPairBalance(_ account: Int, _ symbol: Symbol, _ above: OrderLeg, _ below: OrderLeg, _ prevention: ReferencePrevention)
        throws(ReferenceRefusal)
    {
        let needed = max(
            neededFree(account, symbol, above.side, above.kind, prevention), neededFree(account, symbol, below.side, below.kind, prevention))
        if needed > free(account, above.side == .buy ? symbol.quote : symbol.base) { throw .insufficientBalance }
    }
}
