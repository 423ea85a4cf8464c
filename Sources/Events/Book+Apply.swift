// How each event changes the book. One small function an event.
import Analysis
import Kernel
import Market
import Risk
import Trading

extension Book {
    mutating func apply(_ moved: CashMoved, at time: Timestamp) {
        baselines.firstDepositAt = baselines.firstDepositAt ?? time
        ledger.post(moved.postings)
        let amount = moved.amount.amount
        baselines.deposited += amount
        baselines.dayEquity = baselines.dayEquity.map { $0 + amount }
        baselines.highWaterMark = baselines.highWaterMark.map { max(.zero, $0 + amount) }
        // Money moved between two marks belongs to the account at once, or it would look like a fall until the next one.
        lastEquity = lastEquity.map { $0 + amount }
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

    mutating func apply(_ submitted: OrderSubmitted) {
        var order = submitted.order
        precondition(order.handle(.submit), "order \(order.id) submitted twice")
        precondition(orders.updateValue(order, forKey: order.id.text) == nil, "client order id \(order.id) used twice")
        if let position = submitted.position {
            precondition(positions.updateValue(position, forKey: position.symbol.description) == nil, "second position in \(position.symbol)")
            nextTrade = max(nextTrade, position.trade.number + 1)
        } else if case .exit = order.role {
            update(order.trade) { $0.holding?.exitOrders += 1 }
        }
    }

    mutating func apply(_ changed: OrderChanged) {
        ledger.post(changed.postings)
        guard var order = orders[changed.order.text] else {
            preconditionFailure("answer for an order that was never submitted: \(changed.order)")
        }
        precondition(order.handle(changed.event), "order \(order.id): \(changed.event) contradicts \(order.status)")
        if let fill = changed.fill { order.filled = order.filled + fill.quantity }
        orders[order.id.text] = order.status.isTerminal ? nil : order
    }

    mutating func apply(_ opened: PositionOpened) {
        ledger.post(opened.postings)
        var cycle: CycleId?
        update(opened.trade) { position in
            position.move(.fillEntry)
            position.holding = opened.holding
            cycle = position.cycle
        }
        // What a strategy on shorter candles bought meanwhile is not this hour's.
        if let cycle, cycle == openCycle?.id { openCycle?.entered += 1 }
    }

    mutating func apply(_ reduced: PositionReduced) {
        update(reduced.trade) { position in
            position.holding?.remaining = reduced.remaining
            position.holding?.proceeds += reduced.proceeds
            position.holding?.fees += reduced.fee.amount
            switch reduced.reason {
            case .takeProfit1: position.holding?.rungsFilled = 1
            case .takeProfit2: position.holding?.rungsFilled = 2
            case .takeProfit3: position.holding?.rungsFilled = 3
            case .stopLoss, .trailingStop, .signal, .manual, .emergency, .writtenOff: break
            }
            position.move(reduced.remaining.isZero ? .fillRestOfExit : .fillPartOfExit)
        }
    }

    mutating func apply(_ off: PositionWrittenOff) {
        ledger.post(off.postings)
        update(off.trade) { position in
            position.holding?.remaining = .zero
            position.move(.fillRestOfExit)
        }
    }

    mutating func fail(_ failed: EntryFailed) {
        update(failed.trade) { $0.move(.failEntry) }
        positions[failed.symbol.description] = nil
    }

    mutating func apply(_ closed: TradeClosed) {
        positions[closed.symbol.description] = nil
        record.closed += 1
        record.pnl += closed.pnl
        record.fees += closed.fees
        record.won += closed.pnl.isPositive ? 1 : 0
        // A trade that a person ended says nothing about what decides here: it neither lengthens a streak nor ends it.
        if !closed.isByHand { record.losingStreak = closed.pnl.isNegative ? record.losingStreak + 1 : 0 }
        if let outcome = closed.outcome {
            var counts = record.outcomes(of: closed.panel)
            counts[outcome] += 1
            record.outcomes[closed.panel] = counts
        }
        if closed.exits.last == .stopLoss || closed.exits.last == .trailingStop {
            stoppedOut[closed.symbol.description] = closed.closedAt
        }
    }

    mutating func apply(_ reset: BreakerReset) {
        breakers[reset.breaker.rawValue] = nil
        // The reset means that a person has looked at the losses: they start to count anew.
        if reset.breaker == .streak { record.losingStreak = 0 }
        if reset.breaker == .drawdown { baselines.highWaterMark = lastEquity }
    }

    mutating func apply(_ marked: EquityMarked) {
        lastMarks = Dictionary(marked.marks.map { ($0.symbol.description, $0.price) }, uniquingKeysWith: { first, _ in first })
        lastEquity = marked.equity
        baselines.highWaterMark = max(baselines.highWaterMark ?? marked.equity, marked.equity)
    }

    mutating func update(_ trade: TradeId, _ change: (inout Position) -> Void) {
        guard let entry = positions.first(where: { $0.value.trade == trade }) else {
            preconditionFailure("no position of trade \(trade)")
        }
        var position = entry.value
        change(&position)
        positions[entry.key] = position
    }
}

extension Decided {
    func funnel(after funnel: Funnel?) -> Funnel {
        Funnel(
            listed: funnel?.listed ?? 0, liquid: funnel?.liquid ?? 0,
            shortlisted: verdicts.count { $0.isShortlisted }, agreed: verdicts.count { $0.isAgreed }, entered: 0)
    }
}
