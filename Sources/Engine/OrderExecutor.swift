// Sends what the journal has announced and writes down what came of it, in that order, always; nothing is ever sent twice.
import Events
import Kernel
import Market
import Ports
import Trading

struct OrderExecutor {
    let parts: Parts

    /// Sends orders that were journaled in this step, oldest first, and journals each answer. An entry is
    /// not sent once the kill switch is set, whenever that was: it is ended as never sent.
    func send(_ orders: [Order], marks: [Symbol: Price]) async throws(EngineError) {
        for order in orders {
            let fact = try isHalted(order) ? OrderLife.Fact.withheld : await desk.submit(order)
            try await settle(order, fact, marks: marks)
        }
    }

    private func isHalted(_ order: Order) throws(EngineError) -> Bool {
        guard order.role == .entry else { return false }
        if parts.killSwitch() != nil { return true }
        return try read().killSwitch != nil
    }

    /// Asks the venue about every order that has no final answer, also those that another process announced and may be about to
    /// send: what there is is booked at once, and nothing is said to be absent before it can no longer come.
    /// Returns how many there were.
    @discardableResult
    func recover(marks: [Symbol: Price]) async throws(EngineError) -> Int {
        let open = try read().main.unresolvedOrders
        try await look(at: open, marks: marks)
        return open.count
    }

    /// Asks the venue about these orders, ended ones too, and journals what it says.
    func look(at orders: [Order], marks: [Symbol: Price]) async throws(EngineError) {
        for (order, fact) in zip(orders, await facts(on: orders)) {
            if let fact { try await settle(order, fact, marks: marks) }
        }
    }

    /// Asked side by side, so that a venue that does not answer is waited for once; in the orders' own sequence.
    private func facts(on orders: [Order]) async -> [OrderLife.Fact?] {
        let desk = desk, now = parts.clock.now
        return await withTaskGroup(of: (Int, OrderLife.Fact?).self) { group in
            for (index, order) in orders.enumerated() { group.addTask { (index, await desk.ask(order, at: now)) } }
            return await group.reduce(into: [:]) { $0[$1.0] = .some($1.1) }.sorted { $0.key < $1.key }.map(\.value)
        }
    }

    private var desk: OrderDesk { OrderDesk(exchange: parts.exchange) }

    private func settle(_ order: Order, _ fact: OrderLife.Fact, marks: [Symbol: Price]) async throws(EngineError) {
        let time = parts.clock.now, pairs = fact.feePairs
        let marks = pairs.isEmpty ? marks : marks.merging(await Marks(parts: parts).prices(of: pairs, at: time)) { $1 }
        let journalDecides = parts.exchange.capabilities.remembersByJournal
        try write(at: time) { book in
            if journalDecides, book.main.orders[order.id.text] == nil { return [] }
            return Outcomes(parts: parts, marks: marks, time: time).events(for: order, fact, in: book)
        }
    }

    /// Rules what fees in other assets were worth, if those have a price by now.
    func valueFees(at time: Timestamp) async throws(EngineError) {
        let pairs = try Set(read().main.unvaluedFees.values.map(\.pair))
        guard !pairs.isEmpty else { return }
        let marks = await Marks(parts: parts).prices(of: pairs.sorted(), at: time)
        try write(at: time) { book in
            var writer = EventWriter(book: book, time: time)
            Outcomes(parts: parts, marks: marks, time: time).valueFees(&writer)
            return writer.events
        }
    }

    private func read() throws(EngineError) -> Book {
        do { return try parts.journal.book() } catch { throw .journal(error) }
    }

    @discardableResult
    private func write(at time: Timestamp, _ decide: (Book) -> [JournalEvent]) throws(EngineError) -> Book {
        do { return try parts.journal.commit(at: time, decide) } catch { throw .journal(error) }
    }
}

extension OrderLife.Fact {
    /// Pairs that say what fees in other assets are worth.
    fileprivate var feePairs: [Symbol] {
        guard case .found(let order) = self else { return [] }
        let assets = Set(order.trades.map(\.fee.currency)).subtracting([order.symbol.base, order.symbol.quote])
        return assets.map { Symbol($0, order.symbol.quote) }.sorted()
    }
}
