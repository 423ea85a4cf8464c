// How events change what is common to all accounts: the cycle, the market's newest picture, what strategies have judged.
import Analysis
import Kernel
import Market
import Trading

extension Book {
    /// A breaker may have tripped before: what was wrong with the journal then stays wrong.
    mutating func apply(_ opened: JournalOpened) {
        identity = opened
        (accounts[0].id, accounts[0].quote) = (AccountId(opened.mode), opened.quote)
    }

    mutating func apply(_ snapshot: SnapshotTaken) {
        openCycle?.previousSnapshot = lastSnapshot
        var newest = lastSnapshot?.newest ?? [:]
        for row in snapshot.offered { newest[row.symbol.description] = row.newestCandle }
        lastSnapshot = SnapshotBookmark(asOf: snapshot.asOf, hash: snapshot.hash, newest: newest, offered: snapshot.offered.map(\.symbol))
        if benchmark.isEmpty {
            for row in snapshot.offered { benchmark[row.symbol.description] = row.last }
        }
        let listed = snapshot.universe.count
        openCycle?.funnel = Funnel(listed: listed, liquid: snapshot.offered.count, shortlisted: 0, agreed: 0, entered: 0)
    }

    mutating func apply(_ call: CallSettled, at time: Timestamp) {
        openCycle?.modelCost += call.cost
        budget.settle(call.call, call.cost)
        if let alarm = call.alarm { budget.alarms[alarm] = time.floored(to: .days(1)) }
    }

    mutating func apply(_ decided: Decided) {
        let funnel = decided.funnel(after: openCycle?.funnel)
        openCycle?.funnel = funnel
        openCycle?.isDecided = true
        countUnpaid(decided)
    }

    mutating func close(_ closed: CycleClosed, at time: Timestamp) {
        (openCycle, missed, lastProblems) = (nil, nil, closed.problems)
        lastCycle = max(lastCycle ?? closed.cycle, closed.cycle)
        for index in accounts.indices { accounts[index].forgetOrders(at: time) }
    }

    mutating func apply(_ submitted: OrderSubmitted) throws(Contradiction) {
        try accounts[index(of: submitted.account)].apply(submitted)
        if let position = submitted.position { nextTrade = max(nextTrade, position.trade.number + 1) }
    }

    mutating func apply(_ opened: PositionOpened) throws(Contradiction) {
        let index = account(of: opened.trade)
        try accounts[index].apply(opened)
        // What a strategy on shorter candles bought meanwhile is not this hour's.
        guard let position = accounts[index].positions.values.first(where: { $0.trade == opened.trade }), position.cycle == openCycle?.id else {
            return
        }
        openCycle?.entered += 1
    }

    /// Whose order it is; the journal's own account if nobody's.
    func account(of order: ClientOrderId) -> Int { accounts.firstIndex { $0.known(order) != nil } ?? 0 }

    /// Whose trade it is; the journal's own account if nobody's.
    func account(of trade: TradeId) -> Int {
        accounts.firstIndex { account in
            account.positions.values.contains { $0.trade == trade } || account.failedEntries[trade.text] != nil
        } ?? 0
    }
}

extension Decided {
    func funnel(after funnel: Funnel?) -> Funnel {
        Funnel(
            listed: funnel?.listed ?? 0, liquid: funnel?.liquid ?? 0,
            shortlisted: verdicts.count { $0.isShortlisted }, agreed: verdicts.count { $0.isAgreed }, entered: 0)
    }
}
