// Announces, sends, and writes down what came of it: in that order, always. Recovery asks where
// sending was announced and no answer is known; nothing is ever sent twice.
import Domain
import Ports

struct OrderExecutor {
    let parts: Parts

    /// Sends orders that were journaled in this step, oldest first, and journals each answer. An entry is
    /// not sent once the kill switch is set, whenever that was: it is ended as never sent.
    func send(_ orders: [Order], marks: [Symbol: Price], instruments: [Symbol: Instrument]) async throws(EngineError) {
        for order in orders {
            let report = try isHalted(order) ? ExecutionReport.absent : await parts.exchange.submit(order)
            try settle(order, report, marks: marks, instrument: instruments[order.symbol])
        }
    }

    private func isHalted(_ order: Order) throws(EngineError) -> Bool {
        guard order.role == .entry else { return false }
        if parts.killSwitch() != nil { return true }
        return try read().killSwitch != nil
    }

    /// Ends, by asking the venue, every order of an earlier step that has no final answer; returns how many were
    /// asked about. An instrument need not be offered any more to be bought, so rules that are not `known` are asked
    /// for; an entry whose rules cannot be read now, and so could get no bracket, is left for the next step.
    @discardableResult
    func recover(marks: [Symbol: Price], known: [Symbol: Instrument] = [:]) async throws(EngineError) -> Int {
        let book = try read()
        let open = book.unresolvedOrders
        guard !open.isEmpty else { return 0 }
        let bare = Set(open.map(\.symbol)).filter { book.position($0)?.holding == nil && known[$0] == nil }
        let rules = known.merging(await rules(of: bare.sorted())) { known, _ in known }
        let answerable = open.filter { book.position($0.symbol)?.holding != nil || rules[$0.symbol] != nil }
        for order in answerable {
            let report = await parts.exchange.query(order)
            try settle(order, report, marks: marks, instrument: rules[order.symbol])
        }
        return answerable.count
    }

    private func rules(of symbols: [Symbol]) async -> [Symbol: Instrument] {
        let market = parts.market, time = parts.clock.now
        let fetched = await parts.fetching.fetchAll(symbols.map { symbol in
            Source("\(symbol) instrument", required: false) { () throws(FeedError) in Reading(try await market.instrument(symbol, at: time)) }
        })
        return Dictionary(zip(symbols, fetched).compactMap { symbol, fetched in (fetched.value ?? nil).map { (symbol, $0) } },
                          uniquingKeysWith: { first, _ in first })
    }

    private func settle(_ order: Order, _ report: ExecutionReport, marks: [Symbol: Price], instrument: Instrument?) throws(EngineError) {
        let time = parts.clock.now
        try write(at: time) { book in
            let known = book.position(order.symbol)?.holding?.instrument ?? instrument
            return Outcomes(parts: parts, marks: marks, time: time).events(for: order, report, instrument: known, in: book)
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
