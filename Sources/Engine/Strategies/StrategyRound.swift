// The strategies' turn: every instance whose candles closed since it judged last reads them, says what its
// conditions say, and what follows is announced in one transaction before anything is sent.
public import Analysis
import Events
import Kernel
public import Market
import Ports
public import Strategies
public import Trading

public struct StrategyRound: Sendable {
    let parts: Parts
    /// What an instance without symbols of its own looks at.
    let universe: [Symbol]
    /// What the panel said this hour; empty if nobody was asked.
    let verdicts: [Verdict]
    /// Sales wait for no answer; what is bought is judged later.
    let exitsOnly: Bool
    /// What was sold for an exit condition at these very closes.
    let sold: Set<Symbol>

    public init(parts: Parts, universe: [Symbol], verdicts: [Verdict] = [], exitsOnly: Bool = false, sold: Set<Symbol> = []) {
        self.parts = parts
        self.universe = universe
        self.verdicts = verdicts
        self.exitsOnly = exitsOnly
        self.sold = sold
    }

    /// Runs the instances that are due; returns the orders that were sent.
    @discardableResult
    public func run(_ instances: [StrategyInstance]) async throws(EngineError) -> [Order] {
        let time = parts.clock.now
        let book = try read()
        let due = instances.filter { $0.isDue(at: time, book) && (!exitsOnly || !$0.positions(book).isEmpty) }
        guard !due.isEmpty else { return [] }
        let clock = await ClockCheck(parts).reading()
        let candles = StrategyCandles(parts: parts, time: time)
        let histories = await candles.histories(due.flatMap { candles.wanted(by: $0, exitsOnly ? [] : $0.symbols(universe), book) })
        let readings = due.map {
            StrategyReading($0, at: time, histories, book, symbols: exitsOnly ? [] : $0.symbols(universe), exitsOnly: exitsOnly)
        }
        let signalled = Set(readings.flatMap { $0.signals.map(\.symbol) })
        guard readings.contains(where: \.mayBeWritten) else { return [] }
        let ground = await candles.ground(
            signalled.union(book.positions.values.map(\.symbol)), signalled, entries: readings.contains(where: \.hasEntry))
        let now = parts.clock.now
        let planner = StrategyPlanner(
            parts: parts, time: now, clock: clock, ground: ground, verdicts: verdicts, sold: sold, killSwitch: parts.killSwitch())
        var orders: [Order] = []
        try write(at: now) { book in
            let plan = planner.plan(readings.filter { $0.instance.isDue(at: time, book) }, book)
            orders = plan.orders
            return plan.events
        }
        try await OrderExecutor(parts: parts).send(orders, marks: ground.prices)
        return orders
    }

    private func read() throws(EngineError) -> Book {
        do { return try parts.journal.book() } catch { throw .journal(error) }
    }

    private func write(at time: Timestamp, _ decide: (Book) -> [JournalEvent]) throws(EngineError) {
        do { try parts.journal.commit(at: time, decide) } catch { throw .journal(error) }
    }
}

extension StrategyInstance {
    /// When the newest candles closed.
    func closedAt(_ time: Timestamp) -> Timestamp { time.floored(to: timeframe.duration) }

    func isDue(at time: Timestamp, _ book: Book) -> Bool { book.judged[name].map { $0.closedAt < closedAt(time) } ?? true }

    func symbols(_ universe: [Symbol]) -> [Symbol] { symbols.isEmpty ? universe : symbols }

    func positions(_ book: Book) -> [Position] { book.sortedPositions.filter { $0.strategy?.name == name } }

    /// Strategies on shorter candles than an hour have their turn each minute, the others with the hour.
    var isHourly: Bool { timeframe >= .h1 }
}
