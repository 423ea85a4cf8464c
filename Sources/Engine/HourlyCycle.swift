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
        let picture = snapshot.with(try await histories(snapshot))
        // Strategies that need no panel run first, and no exit waits for a model.
        try await StrategyRound(parts: parts, universe: picture.offered, picture: picture).run(strategies(asking: false))
        try await StrategyRound(parts: parts, universe: [], picture: picture, exitsOnly: true).run(strategies(asking: true))
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
        let history = try parts.instances.contains(where: \.asksPanel) ? entries(of: id) : []
        try await StrategyRound(
            parts: parts, universe: picture.offered, picture: picture, verdicts: Self.verdicts(in: history), sold: Self.sold(in: history)
        ).run(strategies(asking: true))
        return try close(id, snapshot)
    }

    /// Those on candles of an hour and more.
    /// - Parameter asking: nil for all of them.
    private func strategies(asking: Bool?) -> [StrategyInstance] {
        parts.instances.filter { $0.isHourly && (asking == nil || $0.asksPanel == asking) }
    }

    /// With strategies the panel speaks only if one of them wants to hear it.
    private var asksPanel: Bool { parts.panelTrades || parts.instances.contains(where: \.asksPanel) }

    private func entries(of id: CycleId) throws(EngineError) -> [JournalEntry] {
        do { return try parts.journal.entries(about: id.description) } catch { throw .journal(error) }
    }

    /// As they were journaled: a cycle taken up after a crash does not ask again.
    private static func verdicts(in history: [JournalEntry]) -> [Verdict] {
        for entry in history.reversed() { if case .decided(let decided) = entry.event { return decided.verdicts } }
        return []
    }

    /// What was sold for an exit condition before the panel was asked, by this process or one that was killed since.
    private static func sold(in history: [JournalEntry]) -> [Symbol] {
        let sales = history.flatMap { entry -> [Symbol] in
            guard case .strategyJudged(let judged) = entry.event, judged.isInterim else { return [] }
            return judged.signals.filter { $0.review.order != nil }.map(\.symbol)
        }
        return Set(sales).sorted()
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
            snapshot = try await parts.observer.observe(at: time, held: book.main.sortedPositions.map(\.symbol))
        } catch {
            try skip(id, "\(error.source): \(error.detail)", missed)
            throw .noMarket(error)
        }
        if parts.market.hasQuotes {
            let held = book.main.openPositions.map(\.symbol)
            snapshot = snapshot.valuing(held, at: await Marks(parts: parts).held(book, at: parts.clock.now))
        }
        let deadline = parts.clock.now + parts.settings.cycle.panelDeadline
        let record = SnapshotRecord(parts: parts, snapshot: snapshot, cycle: id, receivedAt: parts.clock.now)
        do {
            var blobs: [Blob] = []
            let prepared = record.prepare(after: book.openCycle?.id == id ? book.openCycle?.previousSnapshot : book.lastSnapshot)
            // Settings that a decision was made by are kept by their hash, as its candles are.
            let settings = parts.versions.settingsText.map { Blob(hash: parts.versions.settingsHash, bytes: parts.compress(Array($0.utf8))) }
            blobs = prepared.blobs + (settings.map { [$0] } ?? [])
            try parts.journal.commit(at: time, blobs: blobs) { book in
                var writer = EventWriter(book: book, time: time)
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

    /// What the strategies of the hour read, asked for once.
    private func histories(_ snapshot: MarketSnapshot) async throws(EngineError) -> CandleHistories {
        let hourly = strategies(asking: nil), book = try read()
        let candles = StrategyCandles(parts: parts, time: snapshot.asOf, picture: snapshot)
        return await candles.histories(
            hourly.filter { $0.isDue(at: snapshot.asOf, book) }.flatMap { candles.wanted(by: $0, $0.symbols(snapshot.offered), book) })
    }

    /// Everything between the opinions and the orders, inside the transaction that announces the orders.
    private func decide(
        _ id: CycleId, _ snapshot: MarketSnapshot, _ askedAt: Timestamp, _ opinions: [Opinion], _ verdicts: [Verdict],
        _ fresh: [Symbol: Price]
    ) throws(EngineError) -> [Order] {
        var orders: [Order] = []
        let time = parts.clock.now, halted = parts.killSwitch()
        let decision = PanelDecision(
            rules: parts.rules, cycle: id, views: snapshot.views, opinions: opinions, time: time, trades: parts.panelTrades)
        let given = decision.given
        try write { book in
            guard book.openCycle?.id == id, book.openCycle?.isDecided == false else {
                orders = []
                return []
            }
            let held = Set(book.main.positions.values.map(\.symbol))
            let ground = DecisionGround(
                seenAt: snapshot.asOf, askedAt: asksPanel ? askedAt : nil, halted: halted, isClockInDoubt: parts.time?.doubt != nil,
                clockOffset: snapshot.clockOffset, prices: fresh, marks: snapshot.marks.filter { held.contains($0.key) })
            let outcome = decision.made(on: ground, verdicts, book)
            orders = outcome.orders
            var writer = EventWriter(book: book, time: time)
            writer.write(.opinionsGiven(given))
            writer.write(.decided(outcome.decided))
            for submission in outcome.submissions { writer.write(.orderSubmitted(submission)) }
            BuyingWatch(parts: parts).note(outcome.decided, &writer)
            return writer.events
        }
        return orders
    }

    private func close(_ id: CycleId, _ snapshot: MarketSnapshot) throws(EngineError) -> Outcome {
        let history: [JournalEntry], mark: String?
        do { (history, mark) = (try parts.journal.entries(about: id.description), try parts.journal.mark()) } catch { throw .journal(error) }
        let time = parts.clock.now
        var entered = 0
        try write { book in
            guard let open = book.openCycle, open.id == id else { return [] }
            entered = open.entered
            var writer = EventWriter(book: book, time: time)
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
            var writer = EventWriter(book: book, time: time)
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
