// Closes the hour: marks the account, says what was decided, and queues the summary, all from the
// journal and not from memory, so that a cycle taken up after a crash reports the same.
import Analysis
import Events
import Kernel
import Market
import Ports
import Risk
import Settings
import Strategies
import Trading

struct CycleReporter {
    let parts: Parts
    let snapshot: MarketSnapshot
    let cycle: CycleId
    let time: Timestamp
    let history: [JournalEntry]
    var skipped: String?
    /// Hours without a cycle before this one.
    var missed: CycleMissed?
    /// The journal's newest entry before this hour was closed, if it has a chain.
    var mark: String?

    func write(_ open: OpenCycle, _ writer: inout EventWriter) {
        var funnel = open.funnel ?? Funnel(listed: 0, liquid: 0, shortlisted: 0, agreed: 0, entered: 0)
        funnel.entered = open.entered
        if skipped == nil { writer.write(.equityMarked(equityMark(writer.book))) }
        let report = report(writer.book, open)
        let keys = report.problems.map(\.what.key)
        writer.write(
            .cycleClosed(
                CycleClosed(
                    cycle: cycle, funnel: funnel, skipped: skipped, modelCost: open.modelCost, calls: open.calls,
                    problems: keys.isEmpty ? nil : keys)))
        writer.say(.summary(report))
    }

    var marks: [Symbol: Price] { snapshot.marks }

    private func equityMark(_ book: Book) -> EquityMarked {
        let held = book.main.openPositions.compactMap { position -> EquityMarked.Mark? in
            guard let holding = position.holding else { return nil }
            return .init(
                symbol: position.symbol, price: book.main.value(of: position, marks: marks) ?? holding.entryPrice, quantity: holding.remaining)
        }
        return EquityMarked(
            equity: book.main.equity(marks: marks), cash: book.main.cash, marks: held, holdEverything: book.holdEverything(marks: marks))
    }

    var decided: Decided? {
        for entry in history.reversed() { if case .decided(let decided) = entry.event { return decided } }
        return nil
    }

    var opinions: [Opinion] {
        for entry in history.reversed() { if case .opinionsGiven(let given) = entry.event { return given.opinions } }
        return []
    }

    /// What this cycle bought and is still held.
    private func entries(_ book: Book) -> [EntryNotice] {
        let equity = book.main.equity(marks: marks)
        return book.main.openPositions.filter { $0.cycle == cycle }
            .compactMap { EntryNotice(position: $0, costs: parts.costs, equity: equity, mode: mode(book)) }
    }

    private func report(_ book: Book, _ open: OpenCycle) -> HourlyReport {
        let equity = book.main.equity(marks: marks)
        let account = AccountView(book, marks: marks, limits: parts.limits, costs: parts.costs, killSwitch: parts.killSwitch(), at: time)
        return HourlyReport(
            time: cycle.hour, next: cycle.hour + parts.settings.cycle.interval, mode: mode(book), world: parts.market.name, quote: book.quote,
            equity: equity, dayChange: book.main.baselines.dayEquity.flatMap { change(equity, from: $0) },
            sinceStart: change(equity, from: book.main.baselines.deposited), startedAt: book.main.baselines.firstDepositAt,
            holdingAll: book.holdEverything(marks: marks).map { Ratio($0 - .one) }, positions: book.main.openPositions.compactMap { row($0) },
            entries: entries(book), refused: refused, deciders: deciders, models: modelCost(book, open),
            troubles: book.troubles, problems: problems(account, book), notes: notes(book))
    }

    /// nil unless a model sits on the panel and is asked.
    private func modelCost(_ book: Book, _ open: OpenCycle) -> HourlyReport.ModelCost? {
        let asks = parts.panelTrades || parts.instances.contains(where: \.asksPanel)
        guard asks, parts.settings.panel.analysts.contains(where: { $0.kind == .prompt }) else { return nil }
        return .init(hour: open.modelCost, today: book.budget.used(at: time), limit: parts.settings.models.dailyBudget)
    }

    private var deciders: HourlyReport.Deciders {
        parts.panelTrades ? .panel(parts.panel.name) : .strategies(parts.instances.map(\.name))
    }

    private func row(_ position: Position) -> HourlyReport.Row? {
        guard let holding = position.holding else { return nil }
        let mark = marks[position.symbol]
        return .init(
            symbol: position.symbol, now: mark.flatMap { change($0.value, from: holding.entryPrice.value) },
            atStop: change(holding.protectiveStop.value, from: holding.entryPrice.value) ?? .zero,
            targetIn: mark.flatMap { mark in holding.nextRung.flatMap { change($0.price.value, from: mark.value) } })
    }

    private func mode(_ book: Book) -> String { book.identity?.mode ?? "paper" }

    private func change(_ value: FixedDecimal, from base: FixedDecimal) -> Ratio? {
        base.isPositive ? Ratio(value.divided(by: base, rounding: .nearest) - .one) : nil
    }
}
