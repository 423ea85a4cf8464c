// A small true history: a deposit, an entry with its bracket, a first target, a stop. Written through
// the journal's own commit, so that what the tests read is what the program writes.
import Analysis
import Events
import Kernel
import Market
import Ports
import Risk
import Settings
import Trading

@testable import Store

struct Story {
    let journal: SQLiteJournal
    let symbol = Symbol("LINK/USDT")!
    let start = Timestamp(iso8601: "2026-01-05T14:00:00Z")!
    var instrument: Instrument { Instrument(symbol: symbol, tickSize: "0.001", lotStep: "0.01", minNotional: "5")! }
    var cycle: CycleId { CycleId(hour: start) }
    let trade = TradeId(1)
    var entryId: ClientOrderId { .entry(.none, trade) }

    func at(_ minutes: Int, seconds: Int = 0) -> Timestamp { start + .minutes(minutes) + .seconds(seconds) }

    /// Everything, from the deposit to the closed trade.
    func tell() throws {
        try open()
        try enter()
        try exit(minute: 10, .takeProfit1, "1.73", "14.638")
        try markHour(60)
        try exit(minute: 72, .trailingStop, nil, "14.100")
        try markHour(120)
    }

    func open() throws {
        try journal.commit(at: start) { _ in
            [
                .journalOpened(JournalOpened(world: "synthetic:7", start: start, mode: "paper", quote: .usdt)),
                .cashMoved(CashMoved(amount: Money("1000", .usdt), reason: "opening balance"))
            ]
        }
    }

    func cycleOpened(_ cycle: CycleId) -> JournalEvent {
        .cycleOpened(
            CycleOpened(
                cycle: cycle, codeVersion: "0.1.0", settingsHash: "", riskHash: "", promptSetHash: "",
                deadline: start + .minutes(5), clockOffset: nil, isCatchUp: false))
    }

    func enter() throws {
        let plan = BracketPlan(
            stopDistance: "0.03",
            rungs: [
                .init(rise: "0.03", share: "0.33"), .init(rise: "0.05", share: "0.33"),
                .init(rise: "0.08", share: "0.34")
            ], trailingOffset: "0.02")!
        let position = Position(
            pending: trade, instrument: instrument, cycle: cycle, entryOrder: entryId, panel: "indicators", conviction: "0.5",
            isProbe: true, plannedRisk: "2.51", plan: plan)
        let order = Order(
            id: entryId, trade: trade, symbol: symbol, side: .buy, type: .market, role: .entry, quantity: Quantity("5.27")!,
            referencePrice: Price("14.2")!, createdAt: start)
        let opinion = Opinion(
            analyst: "trend", role: .voter, family: "indicators", symbol: symbol, action: .buy, conviction: "0.81", reason: "=rises, \"fast\"")
        let other = Opinion(abstaining: "momentum", role: .voter, family: "indicators", symbol: Symbol("ADA/USDT")!, because: "too few candles")
        let review = Review(symbol: symbol, conviction: "0.5", price: Price("14.2")!, order: order.id, trade: trade, refusal: nil)
        let verdicts = Consensus(ConsensusSettings())
            .judge(
                [opinion, other], offered: [symbol, other.symbol],
                panel: [PanelSeat(name: "trend", role: .voter), PanelSeat(name: "momentum", role: .voter)], volumes: [:])
        try journal.commit(at: start) { _ in
            [
                cycleOpened(cycle), .opinionsGiven(OpinionsGiven(cycle: cycle, opinions: [opinion, other])),
                .decided(Decided(cycle: cycle, verdicts: verdicts, reviews: [review])),
                .orderSubmitted(OrderSubmitted(order: order, position: position))
            ]
        }
        let fill = Fill(
            id: "\(order.id)-1", order: order.id, symbol: symbol, side: .buy, quantity: order.quantity, price: Price("14.212")!,
            fee: Money("0.00527", symbol.base), time: start)
        let holding = Holding(position: position, entry: Executed(fill))!
        try journal.commit(at: start) { book in
            [
                .orderChanged(OrderChanged(order: order.id, event: .completeFill, fill: fill)),
                .positionOpened(PositionOpened(trade: trade, symbol: symbol, holding: holding)), message(book, .entry, "bought \(symbol)")
            ]
        }
        try closeCycle(cycle, entered: 1, at: start)
    }

    /// Sells `quantity` (all that remains where nil) on the one-minute candle that closes at `minute`.
    func exit(minute: Int, second: Int = 30, _ reason: ExitReason, _ quantity: StaticString?, _ price: StaticString) throws {
        let time = at(minute, seconds: second)
        let position = try journal.book().main.position(symbol)!, holding = position.holding!
        let sold = quantity.map { Quantity(FixedDecimal(stringLiteral: $0))! } ?? holding.remaining
        let price = Price(FixedDecimal(stringLiteral: price))!
        let order = Order(
            id: .exit(.none, trade, number: holding.exitOrders + 1), trade: trade, symbol: symbol, side: .sell, type: .stopLoss,
            role: .exit(reason), quantity: sold, referencePrice: price, createdAt: time,
            triggerCandle: TriggerCandle(openTime: at(minute - 1), timeframe: .m1))
        let watch = ExitWatch(readThrough: at(minute), highest: price)
        try journal.commit(at: time) { _ in
            [.orderSubmitted(OrderSubmitted(order: order)), .positionMarked(PositionMarked(trade: trade, watch: watch))]
        }
        let notional = sold.value.times(price.value, rounding: .down)
        let fee = notional.times("0.001", rounding: .up)
        let fill = Fill(
            id: "\(order.id)-1", order: order.id, symbol: symbol, side: .sell, quantity: sold, price: price,
            fee: Money(fee, symbol.quote), time: time)
        let reduced = PositionReduced(
            trade: trade, order: order.id, reason: reason, quantity: sold, price: price, fee: fill.fee,
            proceeds: notional - fee, remaining: holding.remaining - sold)
        try journal.commit(at: time) { before in
            var book = before,
                events: [JournalEvent] = [
                    .orderChanged(OrderChanged(order: order.id, event: .completeFill, fill: fill)), .positionReduced(reduced)
                ]
            for event in events { try? book.apply(event, at: time) }
            if let after = book.main.position(symbol), let closed = TradeClosed(position: after, last: reduced, time: time) {
                events.append(.tradeClosed(closed))
            }
            return events + [message(before, .exit, "sold \(symbol) \(reason.rawValue)")]
        }
    }

    func markHour(_ minute: Int) throws {
        let id = CycleId(hour: at(minute))
        try journal.commit(at: at(minute)) { _ in [cycleOpened(id)] }
        try closeCycle(id, entered: 0, at: at(minute))
    }

    func closeCycle(_ cycle: CycleId, entered: Int, at time: Timestamp) throws {
        try journal.commit(at: time) { book in
            let marks = book.main.openPositions.map { EquityMarked.Mark(symbol: $0.symbol, price: Price("14.3")!, quantity: $0.holding!.remaining) }
            return [
                .equityMarked(
                    EquityMarked(
                        equity: book.main.equity(marks: [symbol: Price("14.3")!]), cash: book.main.cash, marks: marks, holdEverything: "1.001")),
                .cycleClosed(
                    CycleClosed(
                        cycle: cycle, funnel: Funnel(listed: 30, liquid: 21, shortlisted: 4, agreed: 2, entered: entered),
                        skipped: nil, modelCost: .zero, calls: 0)),
                message(book, .summary, "hour \(cycle)")
            ]
        }
    }

    func message(_ book: Book, _ kind: MessageKind, _ text: String) -> JournalEvent {
        .messageQueued(MessageQueued(number: book.nextMessage, .worded(kind, MessageText(html: "<b>\(text)</b>", plain: text))))
    }
}
