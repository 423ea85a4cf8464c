// Announces, sends, and writes down what came of it: in that order, always. Recovery asks about every order
// whose sending was announced and whose answer is not known; nothing is ever sent twice.
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
        for (order, report) in zip(open, await reports(on: open)) { try settle(order, report, marks: marks) }
        return open.count
    }

    /// Asked side by side, so that a venue that does not answer is waited for once; in the orders' own sequence.
    private func reports(on orders: [Order]) async -> [ExecutionReport] {
        await withTaskGroup(of: (Int, ExecutionReport).self) { group in
            for (index, order) in orders.enumerated() { group.addTask { (index, await parts.execution.query(order)) } }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }.sorted { $0.key < $1.key }.map(\.value)
        }
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
