// What follows from a venue's answer, as events: the one place where an order's outcome changes
// positions, trades and breakers. A pure function of the book, so that recovery after a crash writes
// exactly what the first try would have written.
import Events
import Kernel
import Market
import Notices
import Ports
import Risk
import Settings
import Trading

struct Outcomes {
    let parts: Parts
    /// Prices to value the account at.
    let marks: [Symbol: Price]
    let time: Timestamp

    /// Events for one order's report, in the order they happened.
    func events(for order: Order, _ report: ExecutionReport, in book: Book) -> [JournalEvent] {
        // Another process may have settled it meanwhile.
        guard let status = book.orders[order.id.text]?.status else { return [] }
        var writer = EventWriter(book: book, time: time, render: parts.render)
        switch report {
        case .filled(let fill) where fill.answers(order):
            writer.write(.orderChanged(OrderChanged(order: order.id, event: .completeFill, fill: fill)))
            switch order.role {
            case .entry: enter(order, fill, &writer)
            case .exit(let reason): reduce(order, fill, reason, &writer)
            }
        case .accepted:
            if status.after(.accept) != nil { writer.write(.orderChanged(OrderChanged(order: order.id, event: .accept))) }
        case .rejected(let why):
            end(order, status, .reject, why, &writer)
        case .absent:
            end(order, status, .confirmAbsent, "never reached the venue", &writer)
        case .filled:
            doubt(order, status, "the answer speaks of another order", &writer)
        case .unknown(let why):
            doubt(order, status, why, &writer)
            if order.side == .sell { writer.suspect(.unsellable, [(order.symbol.description, why)]) }
        }
        return writer.events
    }

    /// A lost answer makes a sent order unknown once; what the venue had accepted stays accepted.
    private func doubt(_ order: Order, _ status: OrderStatus, _ why: String, _ writer: inout EventWriter) {
        guard status != .unknown, status.after(.loseAnswer) != nil else { return }
        writer.write(.orderChanged(OrderChanged(order: order.id, event: .loseAnswer, detail: why)))
    }

    private func end(_ order: Order, _ status: OrderStatus, _ event: OrderEvent, _ why: String, _ writer: inout EventWriter) {
        guard status.after(event) != nil else {
            halt("\(order.id) was \(status.rawValue) and is now said to be gone: \(why)", &writer)
            return
        }
        writer.write(.orderChanged(OrderChanged(order: order.id, event: event, detail: why)))
        guard case .entry = order.role else {
            rearm(order, &writer)
            writer.begin(.unsellable, order.symbol.description, why: why)
            halt("\(order.symbol) could not be sold (\(order.id)): \(why)", &writer)
            return
        }
        writer.write(.entryFailed(EntryFailed(trade: order.trade, symbol: order.symbol, why: why)))
    }

    /// The candle that made a refused exit due is read again, so that the next step tries anew.
    private func rearm(_ order: Order, _ writer: inout EventWriter) {
        guard let trigger = order.triggerCandle, let position = writer.book.position(order.symbol), let holding = position.holding else { return }
        var watch = holding.watch
        watch.readThrough = min(watch.readThrough, trigger.openTime)
        writer.write(.positionMarked(PositionMarked(trade: position.trade, watch: watch)))
    }

    /// Entries stop until a person has looked; one message says so while it stands.
    private func halt(_ why: String, _ writer: inout EventWriter) {
        guard !writer.book.activeBreakers(at: time).contains(where: { $0.name == .critical }) else { return }
        writer.trip(.critical, why, until: nil)
    }

    private func enter(_ order: Order, _ fill: Fill, _ writer: inout EventWriter) {
        guard let position = writer.book.position(order.symbol),
            let holding = Holding(position: position, fill: fill, time: time)
        else {
            let why = "\(order.symbol) was bought (\(order.id)) but no bracket fits it; sell it: carillon close \(order.symbol)"
            writer.trip(.critical, why, until: nil)
            return
        }
        writer.write(.positionOpened(PositionOpened(trade: position.trade, symbol: position.symbol, holding: holding)))
        guard let opened = writer.book.position(order.symbol) else { return }
        let mode = writer.book.identity?.mode ?? "paper", equity = writer.book.equity(marks: marks)
        if let notice = EntryNotice(position: opened, costs: parts.costs, equity: equity, mode: mode) { writer.say(.entry(notice)) }
    }

    private func reduce(_ order: Order, _ fill: Fill, _ reason: ExitReason, _ writer: inout EventWriter) {
        guard let position = writer.book.position(order.symbol), let holding = position.holding else { return }
        let fee = fill.fee.currency == order.symbol.quote ? fill.fee.amount : .zero
        let reduced = PositionReduced(
            trade: position.trade, order: order.id, reason: reason, quantity: fill.quantity, price: fill.price,
            fee: fill.fee, proceeds: fill.notional.amount - fee, remaining: holding.remaining - fill.quantity)
        writer.write(.positionReduced(reduced))
        var closed: TradeClosed?
        if reduced.remaining.isZero, let after = writer.book.position(order.symbol) {
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
        let streak = writer.book.record.losingStreak
        guard streak >= parts.limits.lossStreak else { return }
        writer.trip(.streak, "\(streak) losses in a row", until: time + parts.limits.streakCoolDown)
    }
}

extension Fill {
    /// A venue's answer is outside data: it must speak of this order, and of all of it.
    func answers(_ order: Order) -> Bool {
        self.order == order.id && symbol == order.symbol && side == order.side && quantity == order.quantity
    }
}

/// Collects events while keeping the book they lead to, so that each sees what the last one did.
struct EventWriter {
    private(set) var book: Book
    private(set) var events: [JournalEvent] = []
    let time: Timestamp
    let render: @Sendable (Message) -> MessageText

    init(book: Book, time: Timestamp, render: @escaping @Sendable (Message) -> MessageText) {
        self.book = book
        self.time = time
        self.render = render
    }

    mutating func write(_ event: JournalEvent) {
        book.apply(event, at: time)
        events.append(event)
    }

    /// Queues a message in the event's own transaction.
    mutating func say(_ message: Message) {
        let text = render(message)
        write(.messageQueued(MessageQueued(number: book.nextMessage, kind: message.kind, html: text.html, plain: text.plain)))
    }

    mutating func trip(_ breaker: BreakerName, _ why: String, until: Timestamp?) {
        write(.breakerTripped(BreakerTripped(breaker: breaker, why: why, until: until)))
        say(.breaker(BreakerNotice(breaker: breaker, why: why, until: until, openPositions: book.openPositions.count)))
    }
}
