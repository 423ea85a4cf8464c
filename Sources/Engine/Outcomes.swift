// What follows from a venue's answer, as events: the one place where an order's outcome changes
// positions, trades and breakers. A pure function of the book, so that recovery after a crash writes
// exactly what the first try would have written.
import Events
import Kernel
import Market
import Ports
import Risk
import Settings
import Trading

struct Outcomes {
    let parts: Parts
    /// Prices to value the account at.
    let marks: [Symbol: Price]
    let time: Timestamp

    /// Events for one thing learned of an order, in the order they happened; none if it says nothing new.
    func events(for order: Order, _ fact: OrderLife.Fact, in book: Book) -> [JournalEvent] {
        guard var life = book.main.life(of: order.id) else { return [] }
        var writer = EventWriter(book: book, time: time)
        let wasHeld = book.main.position(order.symbol)?.holding != nil
        for action in life.handle(fact, at: time) {
            switch action {
            case .fill(let event, let fill): count(order, event, fill, &writer)
            case .change(let event, let why): change(order, event, why, &writer)
            case .contradict(let contradiction): contradict(order, contradiction, &writer)
            }
        }
        if !wasHeld { tellEntry(order, &writer) }
        watch(order, life, fact, &writer)
        return writer.events
    }

    private func count(_ order: Order, _ event: OrderEvent, _ fill: Fill, _ writer: inout EventWriter) {
        let before = writer.book.main.executed[order.id.text] ?? Executed()
        writer.write(.orderChanged(OrderChanged(order: order.id, event: event, fill: fill)))
        switch order.role {
        case .entry:
            enter(order, from: before, &writer)
            valueFees(&writer)
        case .exit(let reason):
            // A trade's record has the fee of its last sale.
            valueFees(&writer)
            reduce(order, fill, reason, &writer)
        }
    }

    private func change(_ order: Order, _ event: OrderEvent, _ why: String, _ writer: inout EventWriter) {
        writer.write(.orderChanged(OrderChanged(order: order.id, event: event, detail: why)))
        guard let status = writer.book.main.known(order.id)?.status, status.isTerminal else { return }
        guard case .entry = order.role else {
            guard isUnderWay(order, writer.book) else { return }
            rearm(order, &writer)
            writer.begin(.unsellable, order.symbol.description, why: why)
            halt(.unsold(order.symbol, order.id, why: why), &writer)
            return
        }
        // An entry that had failed, lived all the same and came to too little: nothing holds it.
        if writer.book.main.failedEntries[order.trade.text] != nil, writer.book.main.executed[order.id.text] != nil { return unfit(order, &writer) }
        guard isUnderWay(order, writer.book), writer.book.main.position(order.symbol)?.holding == nil else { return }
        if writer.book.main.executed[order.id.text] == nil {
            writer.write(.entryFailed(EntryFailed(trade: order.trade, symbol: order.symbol, why: why)))
        } else {
            unfit(order, &writer)
        }
    }

    /// Whether the position of that instrument is still the order's own.
    private func isUnderWay(_ order: Order, _ book: Book) -> Bool { book.main.position(order.symbol)?.trade == order.trade }

    /// What can go on for ever without a word is told: a sale without an end, and executions that nobody lists.
    private func watch(_ order: Order, _ life: OrderLife, _ fact: OrderLife.Fact, _ writer: inout EventWriter) {
        guard !life.order.status.isTerminal else { return }
        if order.side == .sell {
            guard isUnderWay(order, writer.book) else { return }
            writer.suspect(.unsellable, [(order.symbol.description, fact.words)])
        } else if case .found(let found) = fact, found.executedQuantity > life.executed.quantity, time >= order.absentFrom {
            halt(.unlisted(found.executedQuantity, order.id, venue: parts.exchange.venue), &writer)
        }
    }

    /// An order it had accepted is said not to be there: that may be said each minute, everything else once.
    private func contradict(_ order: Order, _ contradiction: OrderContradiction, _ writer: inout EventWriter) {
        if case .gone(_, let why) = contradiction {
            if order.side == .sell, isUnderWay(order, writer.book) { writer.begin(.unsellable, order.symbol.description, why: why) }
            halt(.contradiction(order.id, ordered: order.quantity, contradiction), &writer)
        } else {
            alarm(.contradiction(order.id, ordered: order.quantity, contradiction), &writer)
        }
    }

    /// Trips the critical breaker; if it is tripped already, the words are said all the same.
    private func alarm(_ cause: BreakerCause, _ writer: inout EventWriter) {
        if writer.book.main.activeBreakers(at: time).contains(where: { $0.name == .critical }) {
            writer.say(.critical(cause))
        } else {
            writer.trip(.critical, cause, until: nil)
        }
    }

    /// What a fee in another asset counts at, as soon as that asset has a price.
    func valueFees(_ writer: inout EventWriter) {
        for fee in writer.book.main.unvaluedFees.values.sorted(by: { ($0.order, $0.fill) < ($1.order, $1.fill) }) {
            // While an entry is not held yet there is no cost for it to be part of.
            guard !writer.book.main.positions.values.contains(where: { $0.trade == fee.trade && $0.holding == nil }), let price = marks[fee.pair],
                let valued = FeeValued(fee, price: price, source: parts.market.name)
            else { continue }
            writer.write(.feeValued(valued))
        }
    }

    /// The candle that made a refused exit due is read again, so that the next step tries anew.
    private func rearm(_ order: Order, _ writer: inout EventWriter) {
        guard let trigger = order.triggerCandle, let position = writer.book.main.position(order.symbol), let holding = position.holding else {
            return
        }
        var watch = holding.watch
        watch.readThrough = min(watch.readThrough, trigger.openTime)
        writer.write(.positionMarked(PositionMarked(trade: position.trade, watch: watch)))
    }

    /// Entries stop until a person has looked; one message says so while it stands.
    private func halt(_ cause: BreakerCause, _ writer: inout EventWriter) {
        guard !writer.book.main.activeBreakers(at: time).contains(where: { $0.name == .critical }) else { return }
        writer.trip(.critical, cause, until: nil)
    }

    private func enter(_ order: Order, from before: Executed, _ writer: inout EventWriter) {
        guard let entry = writer.book.main.executed[order.id.text] else { return }
        guard let position = writer.book.main.position(order.symbol) ?? writer.book.main.failedEntries[order.trade.text],
            position.trade == order.trade
        else {
            alarm(.boughtAfterEnd(order.symbol, order.id), &writer)
            return
        }
        if let holding = position.holding {
            guard let whole = holding.increased(position, from: before, to: entry) else { return unfit(order, &writer) }
            writer.write(.positionIncreased(PositionIncreased(trade: position.trade, from: holding, to: whole)))
            return
        }
        guard let holding = Holding(position: position, entry: entry) else {
            // Too little so far: more may come while the order lives.
            if writer.book.main.orders[order.id.text] == nil { unfit(order, &writer) }
            return
        }
        writer.write(.positionOpened(PositionOpened(trade: position.trade, symbol: position.symbol, holding: holding)))
    }

    /// One message an entry, of all that was bought by then.
    private func tellEntry(_ order: Order, _ writer: inout EventWriter) {
        guard order.role == .entry, let opened = writer.book.main.position(order.symbol), opened.trade == order.trade, opened.holding != nil else {
            return
        }
        let mode = writer.book.identity?.mode ?? "paper", equity = writer.book.main.equity(marks: marks)
        if let notice = EntryNotice(position: opened, costs: parts.costs, equity: equity, mode: mode) { writer.say(.entry(notice)) }
    }

    /// Coins that no bracket fits: the bot cannot guard them, so they are no position, and a person is told.
    private func unfit(_ order: Order, _ writer: inout EventWriter) {
        alarm(.unguarded(order.symbol, order.id), &writer)
        if let position = writer.book.main.position(order.symbol), position.trade == order.trade, position.holding == nil {
            writer.write(.entryFailed(EntryFailed(trade: order.trade, symbol: order.symbol, why: "no bracket fits what was bought")))
        }
    }

    private func reduce(_ order: Order, _ fill: Fill, _ reason: ExitReason, _ writer: inout EventWriter) {
        guard let position = writer.book.main.position(order.symbol), let holding = position.holding, position.trade == order.trade,
            fill.quantity <= holding.remaining
        else {
            alarm(.oversold(Money(fill.quantity.value, order.symbol.base), order.id, order.trade), &writer)
            return
        }
        let fee = fill.fee.currency == order.symbol.quote ? fill.fee.amount : .zero
        let reduced = PositionReduced(
            trade: position.trade, order: order.id, reason: reason, quantity: fill.quantity, price: fill.price,
            fee: fill.fee, proceeds: fill.notional.amount - fee, remaining: holding.remaining - fill.quantity)
        writer.write(.positionReduced(reduced))
        var closed: TradeClosed?
        if reduced.remaining.isZero, let after = writer.book.main.position(order.symbol) {
            closed = TradeClosed(position: after, last: reduced, time: time)
            if let closed { writer.write(.tradeClosed(closed)) }
        }
        writer.say(.exit(ExitNotice(position: position, holding: holding, reduced: reduced, closed: closed)))
        let kinds: [TroubleKind] = closed == nil ? [.unsellable] : [.unsellable, .blind, .disputed]
        for kind in kinds { writer.end(kind, order.symbol.description, how: "sold at \(fill.price)") }
        if let closed, closed.pnl.isNegative, !closed.isByHand { watchStreak(&writer) }
    }

    /// Each further loss at or above the limit starts the cool-down again.
    private func watchStreak(_ writer: inout EventWriter) {
        let streak = writer.book.main.record.losingStreak
        guard streak >= parts.limits.lossStreak else { return }
        writer.trip(.streak, .lossesInARow(streak), until: time + parts.limits.streakCoolDown)
    }
}

extension OrderLife.Fact {
    /// Why an order has no end yet.
    fileprivate var words: String {
        switch self {
        case .found(let found): found.executedQuantity.isZero ? "the sale is not executed yet" : "executed in part, \(found.executedQuantity)"
        case .refused(let why), .lost(let why): why
        case .withheld, .absent: "never reached the venue"
        }
    }
}
