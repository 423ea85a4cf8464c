// How each event changes its account. One small function an event.
import Analysis
import Kernel
import Market
import Risk
import Trading

extension AccountBook {
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

    mutating func apply(_ submitted: OrderSubmitted) throws(Contradiction) {
        var order = submitted.order
        guard order.handle(.submit), orders[order.id.text] == nil else { throw .announcedTwice(order.id) }
        // After a clock that was ahead was set back, an hour comes twice, and its ids with it.
        (ended[order.id.text], executed[order.id.text]) = (nil, nil)
        orders[order.id.text] = order
        if let position = submitted.position {
            guard positions[position.symbol.description] == nil else { throw .secondPosition(position.trade) }
            positions[position.symbol.description] = position
        } else if case .exit = order.role {
            try update(order.trade) { $0.holding?.exitOrders += 1 }
            occupy(order.trade)
        }
    }

    mutating func apply(_ changed: OrderChanged, at time: Timestamp) throws(Contradiction) {
        let id = changed.order.text, before = ended[id]
        guard var order = orders[id] ?? before?.order else { throw .noSuchOrder(changed.order) }
        if let fill = changed.fill {
            guard executed[id]?.has(fill) != true else { throw .countedTwice(fill.id) }
            executed[id, default: Executed()].add(fill)
            if let fee = UnvaluedFee(fill, of: order.trade) { unvaluedFees[fee.key] = fee }
        }
        guard order.handle(changed.event, filled: executed[id]?.quantity) else { throw .order(order.id, changed.event, after: order.status) }
        ledger.post(changed.postings)
        orders[id] = order.status.isTerminal ? nil : order
        occupy(order.trade)
        ended[id] = order.status.isTerminal ? EndedOrder(order, keptUntil: before?.keptUntil ?? self.keptUntil(order, at: time)) : nil
    }

    mutating func apply(_ opened: PositionOpened) throws(Contradiction) {
        ledger.post(opened.postings)
        try revive(opened.trade)
        try update(opened.trade) { position throws(Contradiction) in
            try position.move(.fillEntry)
            position.holding = opened.holding
        }
    }

    mutating func apply(_ reduced: PositionReduced) throws(Contradiction) {
        try update(reduced.trade) { position throws(Contradiction) in
            position.holding?.remaining = reduced.remaining
            position.holding?.proceeds += reduced.proceeds
            position.holding?.fees += reduced.feeInQuote(of: position.symbol)
            // Fills may be learned in another order than they happened in: a rung that was taken stays taken.
            let rungs = max(position.holding?.rungsFilled ?? 0, reduced.reason.rung ?? 0)
            position.holding?.rungsFilled = rungs
            try position.move(reduced.remaining.isZero ? .fillRestOfExit : .fillPartOfExit)
        }
    }

    mutating func apply(_ off: PositionWrittenOff) throws(Contradiction) {
        ledger.post(off.postings)
        try update(off.trade) { position throws(Contradiction) in
            position.holding?.remaining = .zero
            try position.move(.fillRestOfExit)
        }
    }

    mutating func fail(_ failed: EntryFailed, at time: Timestamp) throws(Contradiction) {
        try update(failed.trade) { position throws(Contradiction) in try position.move(.failEntry) }
        failedEntries[failed.trade.text] = positions.removeValue(forKey: failed.symbol.description)
        keepOrders(of: failed.trade, at: time)
    }

    mutating func apply(_ closed: TradeClosed, at time: Timestamp) throws(Contradiction) {
        keepOrders(of: closed.trade, at: time)
        positions[closed.symbol.description] = nil
        record.closed += 1
        record.pnl += closed.pnl
        record.fees += closed.fees
        record.won += closed.pnl.isPositive ? 1 : 0
        // A trade that a person ended says nothing about what decides here: it neither lengthens a streak nor ends it.
        if !closed.isByHand { record.losingStreak = closed.pnl.isNegative ? record.losingStreak + 1 : 0 }
        if let outcome = closed.outcome {
            var counts = record.outcomes(of: closed.panel)
            guard counts.indices.contains(outcome) else { throw .outcome(closed.trade, outcome) }
            counts[outcome] += 1
            record.outcomes[closed.panel] = counts
        }
        if closed.exits.last == .stopLoss || closed.exits.last == .trailingStop {
            stoppedOut[closed.symbol.description] = closed.closedAt
        }
    }

    mutating func apply(_ marked: PositionMarked) throws(Contradiction) {
        try update(marked.trade) { $0.holding?.watch = marked.watch }
    }

    mutating func apply(_ tripped: BreakerTripped, at time: Timestamp) {
        breakers[tripped.breaker.rawValue] = TrippedBreaker(cause: tripped.cause, since: time, until: tripped.until)
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

    /// A position is being left for as long as one of its sales may still fill; an order that had ended may live again.
    private mutating func occupy(_ trade: TradeId) {
        guard let held = positions.first(where: { $0.value.trade == trade }) else { return }
        let open = orders.values.filter { $0.trade == trade && $0.role != .entry }.max { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
        if case .exit(let reason) = open?.role { positions[held.key]?.act = .exiting(reason) } else { positions[held.key]?.act = .hold }
    }

    mutating func update(_ trade: TradeId, _ change: (inout Position) throws(Contradiction) -> Void) throws(Contradiction) {
        guard let entry = positions.first(where: { $0.value.trade == trade }) else { throw .noSuchTrade(trade) }
        var position = entry.value
        try change(&position)
        positions[entry.key] = position
    }
}

extension Position {
    mutating func move(_ event: PositionEvent) throws(Contradiction) {
        let before = status
        guard handle(event) else { throw .position(trade, event, after: before) }
    }
}
