// What the strategies' conditions say of their candles, and what follows: a pure function of candles, prices and the book, so that
// room, money and limits are those of the moment it is journaled in, and the journal alone is enough to make it again.
import Analysis
import Events
import Kernel
import Market
import Risk
import Settings
import Strategies
import Trading

struct StrategyDecision {
    let rules: EntryRules
    let settingsHash: String
    /// When the candles were read, and when it is decided.
    let readAt: Timestamp
    let time: Timestamp
    let histories: CandleHistories
    /// Hourly candles, to tell alike from different.
    let hourly: [Symbol: CandleColumns]
    let instruments: [Symbol: Instrument]
    let ground: DecisionGround
    let verdicts: [Verdict]
    let universe: [Symbol]
    let exitsOnly: Bool
    private(set) var sold: [Symbol]

    struct Plan {
        var judged: [(StrategyJudged, [OrderSubmitted])] = []

        var events: [JournalEvent] { judged.flatMap { [.strategyJudged($0.0)] + $0.1.map(JournalEvent.orderSubmitted) } }
        /// What lowers the risk is sent first.
        var orders: [Order] {
            let all = judged.flatMap { $0.1.map(\.order) }
            return all.filter { $0.role != .entry } + all.filter { $0.role == .entry }
        }
    }

    /// The same, if these were sold since.
    func knowing(sold more: [Symbol]) -> StrategyDecision {
        var decision = self
        decision.sold = Set(sold + more).sorted()
        return decision
    }

    func reading(_ instance: StrategyInstance, _ book: Book) -> StrategyReading {
        StrategyReading(
            instance, at: readAt, histories, book, symbols: exitsOnly ? [] : instance.symbols(universe), exitsOnly: exitsOnly)
    }

    /// The instances in their order. Room and money are counted before anything that this round sells.
    func plan(_ readings: [StrategyReading], _ book: Book) -> Plan {
        let readings = readings.filter(\.mayBeWritten)
        var plan = Plan(), ahead = book
        // The account is valued at the closes that were judged, as a backtest values it.
        let marks = readings.reduce(into: ground.valuation) { $0.merge($1.closes) { $1 } }
        let planner = EntryPlanner(rules: rules, ground: ground, marks: marks, time: time) { hourly[$0] }
        for reading in readings {
            var signals: [StrategyJudged.Signal] = [], submissions: [OrderSubmitted] = []
            for signal in reading.signals {
                let (review, submission) =
                    signal.side == .sell ? exit(signal, reading.instance, ahead) : planner.review(proposal(signal, reading), ahead)
                // A rule that holds for hours would fill the journal with the same numbers while there is no place for it.
                signals.append(
                    .init(side: signal.side, close: signal.close, readings: review.refusal?.isCrowding == true ? [] : signal.readings, review: review)
                )
                guard let submission else { continue }
                submissions.append(submission)
                try? ahead.apply(.orderSubmitted(submission), at: time)
            }
            let judged = StrategyJudged(
                instance: reading.instance.tag, timeframe: reading.instance.timeframe, closedAt: reading.closedAt, settingsHash: settingsHash,
                judged: reading.judged, unjudged: reading.unjudged, signals: signals, isInterim: reading.exitsOnly,
                readAt: readAt, ground: signals.isEmpty ? nil : ground, sold: signals.isEmpty ? [] : sold)
            try? ahead.apply(.strategyJudged(judged), at: time)
            plan.judged.append((judged, submissions))
        }
        return plan
    }

    private func proposal(_ signal: StrategyReading.Signal, _ reading: StrategyReading) -> StrategyProposal {
        StrategyProposal(
            signal: signal, instance: reading.instance, closedAt: reading.closedAt, instrument: instruments[signal.symbol],
            verdict: verdicts.first { $0.symbol == signal.symbol }, isSold: sold.contains(signal.symbol), rules: rules)
    }

    private func exit(_ signal: StrategyReading.Signal, _ instance: StrategyInstance, _ book: Book) -> (Review, OrderSubmitted?) {
        let price = ground.price(of: signal.symbol)
        func refused(_ why: Refusal) -> (Review, OrderSubmitted?) {
            (Review(symbol: signal.symbol, conviction: .one, price: price, refusal: why), nil)
        }
        // It may have been sold, and bought by another strategy, since it was read.
        guard let position = book.main.position(signal.symbol), position.strategy?.name == instance.name, let holding = position.holding else {
            return refused(.soldMeanwhile)
        }
        guard position.act == .hold else { return refused(.saleUnderWay) }
        // It is tried again at the next close.
        guard let price else { return refused(.noPrice) }
        let order = Order(
            id: .exit(book.main.epoch, position.trade, number: holding.exitOrders + 1), trade: position.trade, symbol: position.symbol,
            side: .sell, type: .market, role: .exit(.signal), quantity: holding.remaining, referencePrice: price,
            tickSize: holding.instrument.tickSize, createdAt: time)
        return (
            Review(symbol: signal.symbol, conviction: .one, price: price, order: order.id, trade: order.trade, refusal: nil),
            OrderSubmitted(order: order)
        )
    }
}

extension Refusal {
    /// There is no place for it, whatever it says: this lasts.
    var isCrowding: Bool {
        switch self {
        case .alreadyOpen, .soldAtThisClose, .noRoom: true
        default: false
        }
    }
}
