// From what is wanted to announced orders: time, price, likeness, size, gate, in that order, each refusal with its numbers.
// Pure: it runs inside the transaction that journals its result, so the gate sees the account as it is at that very moment.
import Analysis
import Events
import Kernel
import Market
import Risk
import Settings
import Trading

struct EntryPlanner {
    let rules: EntryRules
    let ground: DecisionGround
    /// What the account is valued at.
    let marks: [Symbol: Price]
    let time: Timestamp
    /// Hourly candles of what may be bought and of what is held, to tell alike from different.
    let hourly: (Symbol) -> CandleColumns?

    /// One that is refused is not replaced.
    func review(_ proposal: some Proposal, _ book: Book) -> (review: Review, submission: OrderSubmitted?) {
        let symbol = proposal.symbol, price = ground.price(of: symbol)
        var likeness: Review.Likeness?, sized: Instrument?
        func refused(_ why: Refusal, sizing: SizingReport? = nil, checks: [CheckResult] = []) -> (Review, OrderSubmitted?) {
            (
                Review(
                    symbol: symbol, conviction: proposal.conviction, price: price, likeness: likeness, instrument: sized, sizing: sizing,
                    checks: checks, refusal: why), nil
            )
        }
        if let why = taken(proposal, book) ?? clock ?? proposal.late(ground, at: time) ?? tooSoon(symbol, book) ?? proposal.unconfirmed {
            return refused(why)
        }
        guard let price else { return refused(.noPrice) }
        guard let instrument = proposal.instrument else { return refused(.noRules) }
        if let why = proposal.strayed(to: price) { return refused(why) }
        likeness = self.likeness(symbol, book)
        if let why = incomparable(symbol, book) ?? alike(likeness) { return refused(why) }
        guard let bracket = proposal.bracket else { return refused(.noLadder) }
        sized = instrument
        let account = AccountView(
            book, marks: marks, limits: rules.limits, costs: rules.costs, killSwitch: ground.halted, at: time)
        let sizing = proposal.size(Sizing(instrument: instrument, price: price, bracket: bracket, account: account, rules: rules), book)
        let entry = PlannedEntry(
            instrument: instrument, quantity: sizing?.quantity ?? .zero, price: price, bracket: bracket, costs: rules.costs)
        let gate = RiskGate().review(entry, against: account)
        // The first reason in the order of the rules: the account's state, then the size, then the fit.
        if let refusal = gate.firstRefusal, refusal.check != .balance || sizing?.refusal == nil {
            return refused(.check(refusal.check), sizing: sizing, checks: gate.checks)
        }
        guard let sizing, sizing.refusal == nil, let approved = gate.approved else {
            return refused(Refusal(sizing: sizing), sizing: sizing, checks: gate.checks)
        }
        let submission = submission(approved, proposal, sizing, book)
        return (
            Review(
                symbol: symbol, conviction: proposal.conviction, price: price, likeness: likeness, instrument: instrument, sizing: sizing,
                checks: gate.checks, order: submission.order.id, trade: submission.order.trade, refusal: nil), submission
        )
    }

    // MARK: Reasons before any size

    private func taken(_ proposal: some Proposal, _ book: Book) -> Refusal? {
        book.main.position(proposal.symbol) != nil ? .alreadyOpen : proposal.crowded(book)
    }

    /// With a wrong clock neither the age of a price nor the hour is known (58).
    private var clock: Refusal? {
        if ground.isClockInDoubt { return .clockInDoubt }
        guard let clock = ground.clock, clock.verdict >= .haltSends else { return nil }
        return .clockOff(offset: clock.offset, limit: VenueClock.sendLimit)
    }

    private func tooSoon(_ symbol: Symbol, _ book: Book) -> Refusal? {
        guard let stopped = book.main.stoppedOut[symbol.description] else { return nil }
        let until = stopped + rules.limits.stoppedOutCoolDown
        return time < until ? .stoppedOut(at: stopped, until: until) : nil
    }

    // MARK: Likeness to what is held

    /// If nothing counts as alike, there is nothing to compare.
    private var compares: Bool { rules.limits.correlationLimit < .one }

    /// What is held and has no sound prices might be the same bet: nobody can tell, so nothing is bought.
    private func incomparable(_ symbol: Symbol, _ book: Book) -> Refusal? {
        let others = others(than: symbol, book)
        guard compares, !others.isEmpty else { return nil }
        if hourly(symbol) == nil { return .noHourlyCandles }
        return others.first { hourly($0) == nil }.map { .incomparable(with: $0) }
    }

    private func alike(_ likeness: Review.Likeness?) -> Refusal? {
        guard compares, let likeness, likeness.correlation >= rules.limits.correlationLimit.double else { return nil }
        return .alike(to: likeness.symbol, correlation: likeness.correlation, limit: rules.limits.correlationLimit)
    }

    private func likeness(_ symbol: Symbol, _ book: Book) -> Review.Likeness? {
        guard let own = hourly(symbol) else { return nil }
        let all = others(than: symbol, book).sorted().compactMap { other -> Review.Likeness? in
            guard let columns = hourly(other), let correlation = Correlation.hourlyReturns(own, columns) else { return nil }
            return .init(symbol: other, correlation: correlation)
        }
        return all.max { ($0.correlation, $1.symbol) < ($1.correlation, $0.symbol) }
    }

    /// What is held or ordered, in the order of its entry.
    private func others(than symbol: Symbol, _ book: Book) -> [Symbol] { book.main.sortedPositions.map(\.symbol).filter { $0 != symbol } }

    // MARK: Order

    private func submission(_ approved: RiskApproved, _ proposal: some Proposal, _ sizing: SizingReport, _ book: Book) -> OrderSubmitted {
        let entry = approved.entry, trade = TradeId(book.nextTrade)
        let order = Order(
            id: .entry(book.main.epoch, trade), trade: trade, symbol: entry.symbol, side: .buy, type: .market, role: .entry,
            quantity: entry.quantity, referencePrice: entry.price, tickSize: entry.instrument.tickSize, createdAt: time)
        let position = Position(
            pending: trade, instrument: entry.instrument, cycle: proposal.cycle, entryOrder: order.id, panel: proposal.panel,
            conviction: proposal.conviction, isProbe: sizing.isProbe, plannedRisk: entry.risk, plan: entry.bracket, votes: proposal.votes,
            strategy: proposal.strategy)
        return OrderSubmitted(order: order, position: position)
    }
}
