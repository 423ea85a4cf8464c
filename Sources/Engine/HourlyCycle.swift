// The hour, top to bottom: recover, observe, ask, agree, review, announce, send, report. Each step
// takes a value and gives one; what it decided is journaled before anything leaves the machine.
import Analysis
public import Events
import Kernel
import Market
import Ports
import Risk
import Settings
import Strategies
public import Trading

public struct HourlyCycle: Sendable {
    let parts: Parts
    public init(_ parts: Parts) { self.parts = parts }

    public enum Outcome: Hashable, Sendable {
        case done(entries: Int)
        /// Nothing was decided, and why.
        case skipped(String)
        /// This hour's cycle is already closed.
        case alreadyDone
    }

    /// Runs, or takes up again, the cycle of `id`.
    /// - Parameter missed: hours in which nobody was at work, journaled as the cycle is opened; nil for none.
    public func run(_ id: CycleId, after missed: CycleMissed? = nil) async throws(EngineError) -> Outcome {
        let book = try read()
        // A clock that stepped back repeats no hour: neither a closed one nor one before the hour under way.
        if let newest = [book.lastCycle, book.openCycle?.id].compactMap(\.self).max(), id <= newest, book.openCycle?.id != id { return .alreadyDone }
        try closeInterrupted(before: id, book)
        let snapshot: MarketSnapshot
        do { snapshot = try await observe(id, missed) } catch {
            // Without a picture of the market nothing is bought; exits read candles of their own.
            if case .noMarket = error { try await StrategyRound(parts: parts, universe: [], exitsOnly: true).run(strategies(asking: nil)) }
            throw error
        }
        let executor = OrderExecutor(parts: parts)
        try await executor.recover(marks: snapshot.marks)
        // Strategies that need no panel run first, and no exit waits for a model.
        try await StrategyRound(parts: parts, universe: snapshot.offered).run(strategies(asking: false))
        let sold = try await StrategyRound(parts: parts, universe: [], exitsOnly: true).run(strategies(asking: true))
        if try read().openCycle?.isDecided != true {
            let askedAt = parts.clock.now
            let opinions = asksPanel ? await parts.panel.opinions(on: snapshot, cycle: id) : []
            let verdicts =
                asksPanel
                ? Consensus(parts.settings.consensus)
                    .judge(opinions, offered: snapshot.offered, panel: parts.panel.seats, volumes: snapshot.volumes) : []
            let agreed = parts.panelTrades ? verdicts.filter(\.isAgreed).map(\.symbol) : []
            let fresh = await Marks(parts: parts).prices(of: agreed, at: parts.clock.now)
            let orders = try decide(id, snapshot, askedAt, opinions, verdicts, fresh)
            try await executor.send(orders, marks: snapshot.marks)
        }
        try await StrategyRound(parts: parts, universe: snapshot.offered, verdicts: try verdicts(of: id), sold: Set(sold.map(\.symbol))).run(
            strategies(asking: true))
        return try close(id, snapshot)
    }

    /// Those on candles of an hour and more.
    /// - Parameter asking: nil for all of them.
    private func strategies(asking: Bool?) -> [StrategyInstance] {
        parts.instances.filter { $0.isHourly && (asking == nil || $0.asksPanel == asking) }
    }

    /// With strategies the panel speaks only if one of them wants to hear it.
    private var asksPanel: Bool { parts.panelTrades || parts.instances.contains(where: \.asksPanel) }

    /// As they were journaled: a cycle taken up after a crash does not ask again.
    private func verdicts(of id: CycleId) throws(EngineError) -> [Verdict] {
        guard parts.instances.contains(where: \.asksPanel) else { return [] }
        let history: [JournalEntry]
        do { history = try parts.journal.entries(about: id.description) } catch { throw .journal(error) }
        for entry in history.reversed() { if case .decided(let decided) = entry.event { return decided.verdicts } }
        return []
    }

    /// A cycle of an earlier hour that was never closed is closed as interrupted: its decision is too old to act on,
    /// and a message named each purchase when it filled.
    private func closeInterrupted(before id: CycleId, _ book: Book) throws(EngineError) {
        guard let open = book.openCycle, open.id != id else { return }
        try write { book in
            guard let open = book.openCycle, open.id != id else { return [] }
            return [.cycleClosed(CycleClosed(interrupted: open))]
        }
    }

    private func observe(_ id: CycleId, _ missed: CycleMissed?) async throws(EngineError) -> MarketSnapshot {
        let book = try read()
        let time = parts.clock.now
        var snapshot: MarketSnapshot
        do {
            snapshot = try await parts.observer.observe(at: time, held: book.sortedPositions.map(\.symbol))
        } catch {
            try skip(id, "\(error.source): \(error.detail)", missed)
            throw .noMarket(error)
        }
        if parts.market.hasQuotes {
            let held = book.openPositions.map(\.symbol)
            snapshot = snapshot.valuing(held, at: await Marks(parts: parts).held(book, at: parts.clock.now))
        }
        let deadline = parts.clock.now + parts.settings.cycle.panelDeadline
        let record = SnapshotRecord(parts: parts, snapshot: snapshot, cycle: id, receivedAt: parts.clock.now)
        do {
            var blobs: [Blob] = []
            let prepared = record.prepare(after: book.openCycle?.id == id ? book.openCycle?.previousSnapshot : book.lastSnapshot)
            blobs = prepared.blobs
            try parts.journal.commit(at: time, blobs: blobs) { book in
                var writer = EventWriter(book: book, time: time, render: parts.render)
                if book.openCycle?.id != id { open(id, snapshot, deadline, missed, &writer) }
                // The same picture taken again after a crash is not written again.
                if writer.book.lastSnapshot?.hash != prepared.event.hash { writer.write(.snapshotTaken(prepared.event)) }
                let watch = BreakerWatch(parts: parts, marks: snapshot.marks, time: time)
                watch.startDay(&writer)
                watch.trip(&writer)
                return writer.events
            }
        } catch { throw .journal(error) }
        return snapshot
    }

    private func open(_ id: CycleId, _ snapshot: MarketSnapshot, _ deadline: Timestamp, _ missed: CycleMissed?, _ writer: inout EventWriter) {
        if let missed { writer.write(.cycleMissed(missed)) }
        writer.write(
            .cycleOpened(
                CycleOpened(
                    cycle: id, codeVersion: parts.versions.code, settingsHash: parts.versions.settingsHash, riskHash: parts.versions.riskHash,
                    promptSetHash: parts.versions.promptSetHash, deadline: deadline, clockOffset: snapshot.clockOffset, isCatchUp: missed != nil)))
    }

    /// Everything between the opinions and the orders, inside the transaction that announces the orders.
    private func decide(
        _ id: CycleId, _ snapshot: MarketSnapshot, _ askedAt: Timestamp, _ opinions: [Opinion], _ verdicts: [Verdict],
        _ fresh: [Symbol: Price]
    ) throws(EngineError) -> [Order] {
        var orders: [Order] = []
        let planner = EntryPlanner(
            parts: parts, snapshot: snapshot, cycle: id, askedAt: askedAt, time: parts.clock.now,
            killSwitch: parts.killSwitch(), fresh: fresh, opinions: opinions)
        let given = OpinionsGiven(
            cycle: id, opinions: opinions, baseRates: baseRates(snapshot),
            map: [ConvictionMap.prior.intercept, ConvictionMap.prior.slope])
        try write { book in
            guard book.openCycle?.id == id, book.openCycle?.isDecided == false else {
                orders = []
                return []
            }
            // If strategies trade, the panel only confirms.
            let plan = parts.panelTrades ? planner.plan(verdicts, book) : EntryPlanner.Plan()
            orders = plan.orders
            let decided = Decided(cycle: id, verdicts: verdicts, reviews: plan.reviews, costs: parts.costs, limits: parts.limits)
            var writer = EventWriter(book: book, time: planner.time, render: parts.render)
            writer.write(.opinionsGiven(given))
            writer.write(.decided(decided))
            for submission in plan.submissions { writer.write(.orderSubmitted(submission)) }
            BuyingWatch(parts: parts).note(decided, &writer)
            return writer.events
        }
        return orders
    }

    /// Of every offered instrument, also if nobody picks it: a later judgement of the analysts needs them all.
    private func baseRates(_ snapshot: MarketSnapshot) -> [OpinionsGiven.BaseRate] {
        guard let ladder = parts.ladderTerms else { return [] }
        return snapshot.views.compactMap { view in
            guard let last = view.candles.last else { return nil }
            let first = view.candles[max(0, view.candles.count - FirstPassage.window)]
            return .init(
                symbol: view.symbol, rates: FirstPassage(view.columns, ladder: ladder).rates, windowStart: first.openTime,
                windowEnd: last.closeTime(.h1))
        }
    }

    private func close(_ id: CycleId, _ snapshot: MarketSnapshot) throws(EngineError) -> Outcome {
        let history: [JournalEntry], mark: String?
        do { (history, mark) = (try parts.journal.entries(about: id.description), try parts.journal.mark()) } catch { throw .journal(error) }
        let time = parts.clock.now
        var entered = 0
        try write { book in
            guard let open = book.openCycle, open.id == id else { return [] }
            entered = open.entered
            var writer = EventWriter(book: book, time: time, render: parts.render)
            let reporter = CycleReporter(parts: parts, snapshot: snapshot, cycle: id, time: time, history: history, missed: book.missed, mark: mark)
            reporter.write(open, &writer)
            return writer.events
        }
        return .done(entries: entered)
    }

    /// Opens and closes a cycle in which nothing could be seen.
    private func skip(_ id: CycleId, _ why: String, _ missed: CycleMissed?) throws(EngineError) {
        let time = parts.clock.now, mark: String?
        do { mark = try parts.journal.mark() } catch { throw .journal(error) }
        try write { book in
            var writer = EventWriter(book: book, time: time, render: parts.render)
            let empty = MarketSnapshot(asOf: time, views: [], universe: [], sources: [])
            if book.openCycle?.id != id { open(id, empty, time, missed, &writer) }
            let open = writer.book.openCycle
            CycleReporter(parts: parts, snapshot: empty, cycle: id, time: time, history: [], skipped: why, missed: writer.book.missed, mark: mark)
                .write(open ?? OpenCycle(id: id, openedAt: time), &writer)
            return writer.events
        }
    }

    private func read() throws(EngineError) -> Book {
        do { return try parts.journal.book() } catch { throw .journal(error) }
    }

    private func write(_ decide: (Book) -> [JournalEvent]) throws(EngineError) {
        do { try parts.journal.commit(at: parts.clock.now, decide) } catch { throw .journal(error) }
    }
}

extension MarketSnapshot {
    var volumes: [Symbol: FixedDecimal] {
        Dictionary(views.compactMap { view in view.ticker.quoteVolume.map { (view.symbol, $0) } }, uniquingKeysWith: { first, _ in first })
    }
}
