// Announces, sends, and writes down what came of it: in that order, always. Recovery asks where
// sending was announced and no answer is known; nothing is ever sent twice.
import Domain
import Ports

struct OrderExecutor {
    let parts: Parts

    /// Sends orders that were journaled in this step, oldest first, and journals each answer. An entry is
    /// not sent once the kill switch is set, whenever that was: it is ended as never sent.
    func send(_ orders: [Order], marks: [Symbol: Price]) async throws(EngineError) {
        for order in orders {
            let report = try isHalted(order) ? ExecutionReport.absent : await parts.execution.submit(order)
            try settle(order, report, marks: marks)
        }
    }

    private func isHalted(_ order: Order) throws(EngineError) -> Bool {
        guard order.role == .entry else { return false }
        if parts.killSwitch() != nil { return true }
        return try read().killSwitch != nil
    }

    /// Ends, by asking the venue, every order of an earlier step that has no final answer; returns how many there were.
    @discardableResult
    func recover(marks: [Symbol: Price]) async throws(EngineError) -> Int {
        let open = try read().unresolvedOrders
        for order in open {
            let report = await parts.execution.query(order)
            try settle(order, report, marks: marks)
        }
        return open.count
    }

    private func settle(_ order: Order, _ report: ExecutionReport, marks: [Symbol: Price]) throws(EngineError) {
        let time = parts.clock.now
        try write(at: time) { book in
            Outcomes(parts: parts, marks: marks, time: time).events(for: order, report, in: book)
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
