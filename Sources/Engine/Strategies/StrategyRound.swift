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
    /// The hour's picture, with the candles that strategies read; nil between the hours and if there is none.
    let picture: MarketSnapshot?
    /// What the panel said this hour; empty if nobody was asked.
    let verdicts: [Verdict]
    /// Sales wait for no answer; what is bought is judged later.
    let exitsOnly: Bool
    /// What was sold for an exit condition at these very closes.
    let sold: [Symbol]

    public init(
        parts: Parts, universe: [Symbol], picture: MarketSnapshot? = nil, verdicts: [Verdict] = [], exitsOnly: Bool = false, sold: [Symbol] = []
    ) {
        self.parts = parts
        self.universe = universe
        self.picture = picture
        self.verdicts = verdicts
        self.exitsOnly = exitsOnly
        self.sold = sold
    }

    /// Runs the instances that are due; returns the orders that were sent.
    @discardableResult
    public func run(_ instances: [StrategyInstance]) async throws(EngineError) -> [Order] {
        let time = picture?.asOf ?? parts.clock.now
        let book = try read()
        let due = instances.filter { $0.isDue(at: time, book) && (!exitsOnly || !$0.positions(book).isEmpty) }
        guard !due.isEmpty else { return [] }
        let candles = StrategyCandles(parts: parts, time: time, picture: picture)
        let histories: CandleHistories
        if let picture {
            histories = picture.histories
        } else {
            histories = await candles.histories(due.flatMap { candles.wanted(by: $0, exitsOnly ? [] : $0.symbols(universe), book) })
        }
        let seen = decision(StrategyCandles.Ground(), nil, time, time, histories)
        let readings = due.map { seen.reading($0, book) }
        guard readings.contains(where: \.mayBeWritten) else { return [] }
        let signalled = Set(readings.flatMap { $0.signals.map(\.symbol) })
        let ground =
            signalled.isEmpty
            ? StrategyCandles.Ground()
            : await candles.ground(
                signalled.union(book.main.positions.values.map(\.symbol)), signalled, entries: readings.contains(where: \.hasEntry))
        let offset = await clockOffset()
        let kept = KeptCandles(parts: parts, picture: picture).prepare(histories, ground.hourly, book)
        let now = parts.clock.now, decision = decision(ground, offset, time, now, histories)
        var orders: [Order] = []
        let held = book.main.positions.values.map(\.symbol)
        try write(at: now, blobs: kept.map { [$0.blob] } ?? []) { book in
            // Another process may have bought or sold meanwhile: what is decided is of this very book, and what was sold since the
            // candles were read is not bought back at their close.
            let decision = decision.knowing(sold: held.filter { book.main.position($0) == nil })
            let plan = decision.plan(due.filter { $0.isDue(at: time, book) }.map { decision.reading($0, book) }, book)
            orders = plan.orders
            return plan.events.isEmpty ? [] : (kept.map { [.candlesTaken($0.event)] } ?? []) + plan.events
        }
        try await OrderExecutor(parts: parts).send(orders, marks: ground.prices)
        return orders
    }

    private func decision(
        _ ground: StrategyCandles.Ground, _ offset: Int64?, _ readAt: Timestamp, _ now: Timestamp, _ histories: CandleHistories
    ) -> StrategyDecision {
        StrategyDecision(
            rules: parts.rules, settingsHash: parts.versions.settingsHash, readAt: readAt, time: now, histories: histories,
            hourly: ground.hourly.mapValues { CandleColumns($0) }, instruments: ground.instruments,
            ground: DecisionGround(
                seenAt: readAt, askedAt: nil, halted: parts.killSwitch(), isClockInDoubt: parts.time?.doubt != nil, clockOffset: offset,
                prices: ground.prices, marks: [:], compared: Array(ground.hourly.keys)),
            verdicts: verdicts, universe: universe, exitsOnly: exitsOnly, sold: sold)
    }

    /// The hour has measured it already.
    private func clockOffset() async -> Int64? {
        if let picture { return picture.clockOffset }
        return await ClockCheck(parts).reading()?.offset.milliseconds
    }

    private func read() throws(EngineError) -> Book {
        do { return try parts.journal.book() } catch { throw .journal(error) }
    }

    private func write(at time: Timestamp, blobs: [Blob], _ decide: (Book) -> [JournalEvent]) throws(EngineError) {
        do { try parts.journal.commit(at: time, blobs: blobs, decide) } catch { throw .journal(error) }
    }
}
