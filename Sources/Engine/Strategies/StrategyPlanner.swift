// From what the instances say to announced orders. Pure: it runs inside the transaction that journals its
// result, so that room, money and limits are those of that very moment.
import Analysis
import Events
import Kernel
import Market
import Risk
import Settings
import Strategies
import Trading

struct StrategyPlanner {
    let parts: Parts
    let time: Timestamp
    let clock: VenueClock?
    let ground: StrategyCandles.Ground
    let verdicts: [Verdict]
    let sold: Set<Symbol>
    let killSwitch: String?

    /// Further than any market moves between a close and the moment after it: a false price.
    private static let shiftLimit = PriceSanity().shiftLimit

    /// Begins the refusal while the instance has no free position slot.
    static let noRoom = "no room"

    struct Plan {
        var events: [JournalEvent] = []
        var orders: [Order] = []
    }

    /// The instances in their order. Room and money are counted before anything that this round sells.
    func plan(_ readings: [StrategyReading], _ book: Book) -> Plan {
        var plan = Plan(), ahead = book
        let closes = readings.reduce(into: ground.prices) { $0.merge($1.closes) { $1 } }
        for reading in readings {
            var signals: [StrategyJudged.Signal] = [], submissions: [OrderSubmitted] = []
            for signal in reading.signals {
                let (record, submission) = signal.side == .sell ? exit(signal, reading.instance, ahead) : entry(signal, reading, ahead, closes)
                signals.append(record)
                guard let submission else { continue }
                submissions.append(submission)
                try? ahead.apply(.orderSubmitted(submission), at: time)
            }
            guard reading.mayBeWritten else { continue }
            let judged = StrategyJudged(
                instance: reading.instance.tag, timeframe: reading.instance.timeframe, closedAt: reading.closedAt,
                settingsHash: parts.versions.settingsHash,
                judged: reading.judged, unjudged: reading.unjudged, signals: signals, isInterim: reading.exitsOnly)
            try? ahead.apply(.strategyJudged(judged), at: time)
            plan.events += [.strategyJudged(judged)] + submissions.map(JournalEvent.orderSubmitted)
            plan.orders += submissions.map(\.order)
        }
        // What lowers the risk is sent first.
        plan.orders = plan.orders.filter { $0.role != .entry } + plan.orders.filter { $0.role == .entry }
        return plan
    }

    private func record(_ signal: StrategyReading.Signal, _ order: Order? = nil, checks: [CheckResult] = [], refusal: String? = nil)
        -> StrategyJudged.Signal
    {
        StrategyJudged.Signal(
            symbol: signal.symbol, side: signal.side, close: signal.close, readings: signal.readings, price: ground.prices[signal.symbol],
            checks: checks, order: order?.id, trade: order?.trade, refusal: refusal)
    }

    private func exit(_ signal: StrategyReading.Signal, _ instance: StrategyInstance, _ book: Book) -> (StrategyJudged.Signal, OrderSubmitted?) {
        // It may have been sold, and bought by another strategy, since it was read.
        guard let position = book.position(signal.symbol), position.strategy?.name == instance.name, let holding = position.holding else {
            return (record(signal, refusal: "sold meanwhile"), nil)
        }
        guard !book.hasOpenExit(position) else { return (record(signal, refusal: "a sale is under way"), nil) }
        guard let price = ground.prices[signal.symbol] else {
            return (record(signal, refusal: "no price now; it is tried again at the next close"), nil)
        }
        let order = Order(
            id: .exit(trade: position.trade, number: holding.exitOrders + 1), trade: position.trade, symbol: position.symbol, side: .sell,
            type: .market, role: .exit(.signal), quantity: holding.remaining, referencePrice: price,
            tickSize: holding.instrument.tickSize, createdAt: time)
        return (record(signal, order), OrderSubmitted(order: order))
    }

    private func entry(_ signal: StrategyReading.Signal, _ reading: StrategyReading, _ book: Book, _ closes: [Symbol: Price]) -> (
        StrategyJudged.Signal, OrderSubmitted?
    ) {
        let instance = reading.instance, terms = instance.bound.terms
        // A rule that holds for hours would fill the journal with the same numbers while there is no room.
        if let why = taken(signal.symbol, instance, book) { return (record(signal.wordless, refusal: why), nil) }
        if let why = tooFarOff ?? tooLate(reading) ?? tooSoon(signal.symbol, book) ?? unconfirmed(signal.symbol, instance) {
            return (record(signal, refusal: why), nil)
        }
        guard let price = ground.prices[signal.symbol] else { return (record(signal, refusal: "no price now"), nil) }
        guard let instrument = ground.instruments[signal.symbol] else {
            return (record(signal, refusal: "the venue's rules for it could not be read"), nil)
        }
        if let why = tooFar(price, from: signal.close) ?? tooAlike(signal.symbol, book) { return (record(signal, refusal: why), nil) }
        let account = AccountView(book, marks: closes, limits: parts.limits, costs: parts.costs, killSwitch: killSwitch, at: time)
        let quantity = parts.costs.affordable(account.equity.times(terms.equityShare.value, rounding: .down), near: price, on: instrument)
        let entry = PlannedEntry(instrument: instrument, quantity: quantity, price: price, bracket: terms.bracket, costs: parts.costs)
        let gate = RiskGate().review(entry, against: account)
        guard let approved = gate.approved else {
            let refusal = gate.firstRefusal.map { "\($0.check): \($0.value), limit \($0.limit)" } ?? "gate"
            return (record(signal, checks: gate.checks, refusal: refusal), nil)
        }
        let submission = submission(approved, reading, book)
        return (record(signal, submission.order, checks: gate.checks), submission)
    }

    // MARK: Reasons before any size

    private var tooFarOff: String? {
        if let doubt = parts.time?.doubt { return doubt }
        guard let clock, clock.verdict >= .haltSends else { return nil }
        return "\(clock.words), limit 2 s"
    }

    private func tooLate(_ reading: StrategyReading) -> String? {
        let age = time - reading.closedAt, limit = parts.settings.cycle.startWindow
        return age > limit ? "its candle closed \(age.milliseconds / 60_000) min ago, limit \(limit.milliseconds / 60_000) min" : nil
    }

    private func taken(_ symbol: Symbol, _ instance: StrategyInstance, _ book: Book) -> String? {
        if book.position(symbol) != nil { return EntryPlanner.alreadyOpen }
        if sold.contains(symbol) { return "sold at this very close" }
        let open = instance.positions(book).count, limit = instance.bound.terms.positions
        return open >= limit ? "\(Self.noRoom): \(open) of \(limit) positions of \(instance.name) are open" : nil
    }

    private func tooSoon(_ symbol: Symbol, _ book: Book) -> String? {
        guard let stopped = book.stoppedOut[symbol.description], time < stopped + parts.limits.stoppedOutCoolDown else { return nil }
        return "stopped out at \(stopped), not again before \(stopped + parts.limits.stoppedOutCoolDown)"
    }

    private func unconfirmed(_ symbol: Symbol, _ instance: StrategyInstance) -> String? {
        guard let least = instance.strategy.aiConviction else { return nil }
        guard let verdict = verdicts.first(where: { $0.symbol == symbol }) else { return "the panel was not asked about it" }
        guard verdict.isAgreed else { return "the panel did not agree\(verdict.keptOut.map { ": \($0)" } ?? "")" }
        return verdict.conviction < least ? "the panel's conviction is \(verdict.conviction), at least \(least) is asked for" : nil
    }

    private func tooFar(_ price: Price, from close: Price) -> String? {
        let moved = PriceSanity.difference(price, close)
        return moved > Self.shiftLimit
            ? "the price \(price) is \(moved.percent(1)) % away from the close \(close), limit \(Self.shiftLimit.percent(0)) %" : nil
    }

    private func tooAlike(_ symbol: Symbol, _ book: Book) -> String? {
        let limit = parts.limits.correlationLimit
        let others = book.sortedPositions.map(\.symbol).filter { $0 != symbol }
        guard limit < .one, !others.isEmpty else { return nil }
        guard let own = ground.hourly[symbol] else { return "its hourly candles could not be read to compare it with what is held" }
        for other in others {
            guard let columns = ground.hourly[other] else { return "cannot be compared with \(other), which is held and has no sound prices now" }
            guard let correlation = Correlation.hourlyReturns(own, columns), correlation >= limit.double else { continue }
            return "moves like \(other) (correlation \((correlation * 100).rounded() / 100), limit \(limit))"
        }
        return nil
    }

    /// The panel's if it was asked; a rule that holds has no doubt of its own.
    private func conviction(of symbol: Symbol, _ instance: StrategyInstance) -> Ratio {
        instance.asksPanel ? verdicts.first { $0.symbol == symbol }?.conviction ?? .zero : .one
    }

    private func submission(_ approved: RiskApproved, _ reading: StrategyReading, _ book: Book) -> OrderSubmitted {
        let entry = approved.entry, trade = TradeId(book.nextTrade), instance = reading.instance
        let cycle = CycleId(hour: reading.closedAt), id = ClientOrderId.entry(cycle: cycle, trade: trade)
        let order = Order(
            id: id, trade: trade, symbol: entry.symbol, side: .buy, type: .market, role: .entry, quantity: entry.quantity,
            referencePrice: entry.price, tickSize: entry.instrument.tickSize, createdAt: time)
        let position = Position(
            pending: trade, instrument: entry.instrument, cycle: cycle, entryOrder: id, panel: "strategy \(instance.name)",
            conviction: conviction(of: entry.symbol, instance), isProbe: false, plannedRisk: entry.risk,
            plan: entry.bracket, strategy: instance.tag)
        return OrderSubmitted(order: order, position: position)
    }
}

extension FillCosts {
    /// As many whole lots as `budget` buys near a price, slippage included; none if that is not even one.
    func affordable(_ budget: FixedDecimal, near price: Price, on instrument: Instrument) -> Quantity {
        guard budget.isPositive, let paid = executed(.buy, near: price, tick: instrument.tickSize),
            let wanted = Quantity(budget.divided(by: paid.value, rounding: .down))
        else { return .zero }
        return wanted.flooredToLot(instrument.lotStep)
    }
}
