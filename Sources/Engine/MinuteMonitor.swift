// Looks after what is open, once a minute: reads the candles since it last looked, sells what is due,
// and bookmarks where it stands once an hour. A step that changes nothing writes nothing.
import Events
import Kernel
public import Market
import Ports
import Trading

public struct MinuteMonitor: Sendable {
    let parts: Parts
    public init(_ parts: Parts) { self.parts = parts }

    /// What one step did.
    public struct Outcome: Hashable, Sendable {
        public var recovered = 0
        public var exits = 0
        /// Orders of strategies on candles shorter than an hour.
        public var orders = 0
        /// Sales that were announced and are not filled: nobody knows whether they will be.
        public var unsold: [Symbol] = []
        /// Held instruments whose prices could not be read: their stops are blind until they can.
        public var blind: [Symbol] = []
        /// Held instruments whose candles last price and book contradict: their stops go by these.
        public var disputed: [Symbol] = []

        public init(disputed: [Symbol] = []) { self.disputed = disputed }
    }

    /// One step at the clock's time: what is open first, then the strategies on candles shorter than an hour.
    public func step() async throws(EngineError) -> Outcome {
        try ClockWatch(parts).note()
        var outcome = try await guardOpen()
        guard parts.time?.isKnown ?? true else { return outcome }
        // A venue that gives neither prices nor its time would be waited for once more, and the next look would come later.
        guard outcome.blind.isEmpty || parts.time?.isConfirmed ?? true else { return outcome }
        let short = parts.instances.filter { !$0.isHourly }
        if !short.isEmpty { outcome.orders = try await StrategyRound(parts: parts, universe: try read().offered).run(short).count }
        return outcome
    }

    /// What a command does before it acts: every candle since the last look is read, and what was due meanwhile is sold.
    /// After a pause of weeks that takes several looks, each going on where the last one ended.
    public func catchUp() async throws(EngineError) -> Outcome {
        try ClockWatch(parts).note()
        var whole = Outcome(), read: [TradeId: Timestamp] = [:]
        while true {
            let outcome = try await guardOpen()
            whole.recovered += outcome.recovered
            whole.exits += outcome.exits
            whole.unsold = outcome.unsold
            whole.blind = outcome.blind
            whole.disputed = outcome.disputed
            let now = Dictionary(try self.read().main.openPositions.compactMap { position in position.holding.map { (position.trade, $0.readFrom) } })
            {
                first, _ in first
            }
            guard now != read, now.values.contains(where: { $0 + .days(1) < parts.clock.now }) else { return whole }
            read = now
        }
    }

    private func guardOpen() async throws(EngineError) -> Outcome {
        let time = parts.clock.now
        var outcome = Outcome()
        let book = try read()
        guard !book.main.positions.isEmpty || !book.main.unresolvedOrders.isEmpty || !book.main.unvaluedFees.isEmpty else {
            if parts.time?.isKnown ?? true { try beginDay(book, marks: [:], time) }
            return outcome
        }
        guard parts.time?.isKnown ?? true else {
            outcome.blind = book.main.openPositions.map(\.symbol)
            return outcome
        }
        // Candles of an entry that is found filled in this very step are read from its order on.
        let wanted = book.main.sortedPositions.map { ($0.symbol, $0.holding?.readFrom ?? book.main.orders[$0.entryOrder.text]?.createdAt) }
        let (histories, lost) = await Marks(parts: parts).histories(wanted, at: time)
        let prices = await Marks(parts: parts).judged(histories, book, at: time)
        let marks = prices.compactMapValues(\.mark)
        outcome.disputed = book.main.openPositions.map(\.symbol).filter { prices[$0]?.dispute != nil }
        try beginDay(book, marks: marks, time)
        let executor = OrderExecutor(parts: parts)
        if !book.main.unresolvedOrders.isEmpty {
            outcome.recovered = try await executor.recover(marks: marks)
        }
        if outcome.recovered > 0 || !book.main.unvaluedFees.isEmpty { try await executor.valueFees(at: time) }
        let readings = readings(of: try read(), known: Set(book.main.positions.values.map(\.trade)), prices, at: time, &outcome)
        let announced = try announce(readings)
        try await executor.send(announced, marks: marks)
        outcome.exits = announced.count
        outcome.unsold = try read().main.pendingSales.map(\.symbol)
        let blind = outcome.blind
        let unread = Dictionary(blind.map { ($0, lost[$0] ?? prices[$0]?.dispute ?? "no new candle") }, uniquingKeysWith: { first, _ in first })
        try watchLevels(BlindWatch(unread: unread, judged: Set(prices.keys).subtracting(blind)), DisputeWatch(prices: prices), marks: marks, time)
        return outcome
    }

    /// What the candles say of one position.
    private struct ExitReading {
        let trade: TradeId
        /// What it was judged from: if another process sold meanwhile, it is read anew in the next step.
        let holding: Holding
        let due: [DueExit]
        let watch: ExitWatch
        let isPastDoubts: Bool
    }

    private func readings(of book: Book, known: Set<TradeId>, _ prices: [Symbol: HeldPrice], at time: Timestamp, _ outcome: inout Outcome)
        -> [ExitReading]
    {
        var readings: [ExitReading] = []
        for position in book.main.openPositions {
            guard let holding = position.holding, position.act == .hold else { continue }
            guard var price = prices[position.symbol] else {
                // The price of a position that a cycle opened meanwhile was not asked for yet.
                if known.contains(position.trade) { outcome.blind.append(position.symbol) }
                continue
            }
            let isTooEarly = holding.firstUnread(price.timeframe) + price.timeframe.duration > time
            if isTooEarly, price.spot == nil { continue }
            price.candles.removeAll { $0.openTime < holding.readFrom }
            // After a long pause the oldest are read first; only a reading that goes up to now can be too old.
            let isWhole = time - holding.readFrom < price.timeframe.duration * Int(Marks.longest)
            if price.spot == nil, price.candles.isEmpty || (isWhole && price.mark == nil) { outcome.blind.append(position.symbol) }
            let (due, watch) = ExitRules.read(price, at: time, for: holding)
            if !isTooEarly || !due.isEmpty {
                readings.append(ExitReading(trade: position.trade, holding: holding, due: due, watch: watch, isPastDoubts: price.isPastDoubts))
            }
        }
        return readings
    }

    /// Journals the exits that are due, with the reading they come from; returns their orders.
    private func announce(_ readings: [ExitReading]) throws(EngineError) -> [Order] {
        var orders: [Order] = []
        // Prices may have come slowly: an order's own time begins with its announcement.
        let time = parts.clock.now
        try write(at: time) { book in
            orders = []
            var events: [JournalEvent] = []
            for reading in readings {
                guard let position = book.main.sortedPositions.first(where: { $0.trade == reading.trade }),
                    let holding = position.holding, holding == reading.holding, position.act == .hold
                else { continue }
                for (index, due) in reading.due.enumerated() {
                    let order = Order(exit: due, of: position, number: holding.exitOrders + index + 1, in: book.main.epoch, at: time)
                    orders.append(order)
                    events.append(.orderSubmitted(OrderSubmitted(order: order)))
                }
                if !reading.due.isEmpty || reading.isPastDoubts || isNewHour(reading.watch, since: holding.watch) {
                    events.append(.positionMarked(PositionMarked(trade: reading.trade, watch: reading.watch)))
                }
            }
            return events
        }
        return orders
    }

    private func isNewHour(_ new: ExitWatch, since old: ExitWatch) -> Bool {
        new.readThrough.floored(to: .hours(1)) > old.readThrough.floored(to: .hours(1))
    }

    private func beginDay(_ book: Book, marks: [Symbol: Price], _ time: Timestamp) throws(EngineError) {
        guard book.identity != nil, book.main.baselines.day.map({ $0 < parts.limits.tradingDay(of: time) }) ?? true else { return }
        try write(at: time) { book in
            var writer = EventWriter(book: book, time: time)
            BreakerWatch(parts: parts, marks: marks, time: time).startDay(&writer)
            return writer.events
        }
    }

    private func watchLevels(_ blind: BlindWatch, _ disputed: DisputeWatch, marks: [Symbol: Price], _ time: Timestamp) throws(EngineError) {
        try write(at: time) { book in
            var writer = EventWriter(book: book, time: time)
            blind.note(&writer)
            disputed.note(&writer)
            BreakerWatch(parts: parts, marks: marks, time: time).trip(&writer)
            return writer.events
        }
    }

    private func read() throws(EngineError) -> Book {
        do { return try parts.journal.book() } catch { throw .journal(error) }
    }

    private func write(at time: Timestamp, _ decide: (Book) -> [JournalEvent]) throws(EngineError) {
        do { try parts.journal.commit(at: time, decide) } catch { throw .journal(error) }
    }
}

extension Holding {
    /// The first moment whose prices were not looked at yet.
    var readFrom: Timestamp { max(openedAt, watch.readThrough) }

    /// The first candle to read: a fill need not fall on the candles' grid.
    func firstUnread(_ timeframe: Timeframe) -> Timestamp {
        let floor = readFrom.floored(to: timeframe.duration)
        return floor < readFrom ? floor + timeframe.duration : floor
    }
}

extension Order {
    /// The order of a due exit, the `number`th of its position.
    init(exit due: DueExit, of position: Position, number: Int, in epoch: Epoch, at time: Timestamp) {
        let type: OrderType = due.reason.isRung ? .takeProfit : .stopLoss
        self.init(
            id: .exit(epoch, position.trade, number: number), trade: position.trade, symbol: position.symbol, side: .sell,
            type: type, role: .exit(due.reason), quantity: due.quantity, referencePrice: due.price,
            tickSize: position.holding?.instrument.tickSize ?? .ulp, createdAt: time,
            triggerCandle: due.candle)
    }
}
