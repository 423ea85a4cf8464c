// Closes the hour: marks the account, says what was decided, and queues the summary, all from the
// journal and not from memory, so that a cycle taken up after a crash reports the same.
import Domain
import Ports

struct CycleReporter {
    let parts: Parts
    let snapshot: MarketSnapshot
    let cycle: CycleId
    let time: Timestamp
    let history: [JournalEntry]
    var skipped: String?
    /// Hours without a cycle before this one.
    var missed: CycleMissed?

    func write(_ open: OpenCycle, _ writer: inout EventWriter) {
        var funnel = open.funnel ?? Funnel(listed: 0, liquid: 0, shortlisted: 0, agreed: 0, entered: 0)
        funnel.entered = open.entered
        if skipped == nil { writer.write(.equityMarked(equityMark(writer.book))) }
        writer.write(.cycleClosed(CycleClosed(cycle: cycle, funnel: funnel, skipped: skipped, modelCost: open.modelCost, calls: open.calls)))
        writer.say(.summary(report(writer.book, funnel, open)))
    }

    private var marks: [Symbol: Price] { snapshot.marks }

    private func equityMark(_ book: Book) -> EquityMarked {
        let held = book.openPositions.compactMap { position -> EquityMarked.Mark? in
            guard let holding = position.holding else { return nil }
            return .init(symbol: position.symbol, price: book.value(of: position, marks: marks) ?? holding.entryPrice, quantity: holding.remaining)
        }
        return EquityMarked(equity: book.equity(marks: marks), cash: book.cash, marks: held, holdEverything: book.holdEverything(marks: marks))
    }

    private var decided: Decided? {
        for entry in history.reversed() { if case .decided(let decided) = entry.event { return decided } }
        return nil
    }

    private var opinions: [Opinion] {
        for entry in history.reversed() { if case .opinionsGiven(let given) = entry.event { return given.opinions } }
        return []
    }

    /// What this cycle bought and is still held.
    private func entries(_ book: Book) -> [EntryNotice] {
        let equity = book.equity(marks: marks)
        return book.openPositions.filter { $0.cycle == cycle }
            .compactMap { EntryNotice(position: $0, costs: parts.costs, equity: equity, mode: mode(book)) }
    }

    private func report(_ book: Book, _ funnel: Funnel, _ open: OpenCycle) -> HourlyReport {
        let equity = book.equity(marks: marks)
        let account = AccountView(book, marks: marks, limits: parts.limits, costs: parts.costs, killSwitch: parts.killSwitch(), at: time)
        return HourlyReport(
            time: cycle.hour, next: cycle.hour + parts.settings.cycle.interval, mode: mode(book), world: parts.market.name, quote: book.quote,
            equity: equity, dayChange: book.baselines.dayEquity.flatMap { change(equity, from: $0) },
            sinceStart: change(equity, from: book.baselines.deposited), startedAt: book.baselines.firstDepositAt,
            heat: share(account.heat, of: equity) ?? .zero, heatLimit: parts.limits.heat, cashShare: share(book.cash, of: equity) ?? .zero,
            positions: book.openPositions.compactMap { row($0, book) }, funnel: funnel, entries: entries(book), refused: refused,
            panel: deciders, isPanelAsked: parts.panelTrades || parts.instances.contains(where: \.asksPanel), modelCost: open.modelCost, problems: problems(account, book), notes: notes(book))
    }

    /// The panel, or the strategies that trade in its place.
    private var deciders: String {
        parts.panelTrades ? parts.panel.name : (parts.instances.count == 1 ? "strategy " : "strategies ") + parts.instances.map(\.name).joined(separator: ", ")
    }

    private func row(_ position: Position, _ book: Book) -> HourlyReport.Row? {
        guard let holding = position.holding else { return nil }
        let mark = book.value(of: position, marks: marks) ?? holding.entryPrice
        let next = holding.nextRung
        return .init(symbol: position.symbol, change: change(mark.value, from: holding.entryPrice.value) ?? .zero,
                     toStop: change(holding.protectiveStop.value, from: mark.value) ?? .zero, isTrailing: holding.isTrailing,
                     nextRise: next.flatMap { change($0.price.value, from: holding.entryPrice.value) },
                     nextShare: next.flatMap { share($0.quantity.value, of: holding.bracket.quantity.value) })
    }

    /// What was agreed on, or chosen and then vetoed, and not bought.
    private var refused: [HourlyReport.Refusal] {
        guard let decided else { return unbought }
        // What is held already is shown as held, not as refused.
        let reviewed = decided.reviews.compactMap { review in
            review.refusal.flatMap { $0 == EntryPlanner.alreadyOpen ? nil : HourlyReport.Refusal(symbol: review.symbol, why: $0) }
        }
        let vetoed = decided.verdicts.filter { !$0.isAgreed && $0.agreeing.count >= parts.settings.consensus.agreements && !$0.vetoes.isEmpty }
            .map { HourlyReport.Refusal(symbol: $0.symbol, why: $0.keptOut ?? "vetoed") }
        return reviewed + (parts.panelTrades ? vetoed : []) + unbought
    }

    /// What a strategy wanted to buy, and why it did not.
    private var unbought: [HourlyReport.Refusal] {
        history.flatMap { entry -> [HourlyReport.Refusal] in
            guard case .strategyJudged(let judged) = entry.event else { return [] }
            return judged.signals.compactMap { signal in
                guard signal.side == .buy, let why = signal.refusal, why != EntryPlanner.alreadyOpen, !why.hasPrefix(StrategyPlanner.noRoom) else { return nil }
                return HourlyReport.Refusal(symbol: signal.symbol, why: "\(judged.instance.name): \(why)")
            }
        }
    }

    private func problems(_ account: AccountView, _ book: Book) -> [String] {
        var problems: [String] = []
        if let halt = account.killSwitch { problems.append("Halted: \(halt)") }
        for (name, breaker) in account.breakers { problems.append("Trading paused: \(breaker.why) (breaker \(name.rawValue))") }
        let blind = book.openPositions.map(\.symbol).filter { marks[$0] == nil }
        if !blind.isEmpty { problems.append("No fresh price of \(blind.map(\.description).joined(separator: ", ")): its stop cannot be judged") }
        if let missed { problems.append("\(missed.count == 1 ? "1 hour was" : "\(missed.count) hours were") missed from \(missed.first) on: \(missed.why)") }
        problems += parts.unusable.map { "A strategy cannot trade: \($0)" }
        if let skipped { problems.append("No decision this hour: \(skipped)") }
        for source in snapshot.sources where source.status == .lost || source.status == .stale {
            problems.append("Source \(source.status.rawValue): \(source.name)\(source.detail.isEmpty ? "" : ", \(source.detail)")")
        }
        if let clock = snapshot.clock, clock.verdict >= .haltSends { problems.append("Nothing is bought: \(clock.words), limit 2 s") }
        return problems
    }

    private func notes(_ book: Book) -> [String] {
        marketNotes + unjudged(book) + abstentions
    }

    /// What a strategy could not judge when its candles closed last.
    private func unjudged(_ book: Book) -> [String] {
        parts.instances.compactMap { instance in
            guard let last = book.judged[instance.name], let first = last.unjudged.first else { return nil }
            let others = last.unjudged.count > 1 ? " and \(last.unjudged.count - 1) more" : ""
            return "\(instance.name) could not judge \(first.symbol)\(others): \(first.why)"
        }
    }

    private var abstentions: [String] {
        let abstained = Dictionary(grouping: opinions.filter { $0.action == .abstain }, by: \.analyst)
        return abstained.keys.sorted().map { name in
            let all = abstained[name] ?? []
            let why = all.first?.abstainReason ?? "no reason given"
            return all.count == 1 ? "\(name) abstained: \(why)" : "\(name) abstained on \(all.count): \(why)"
        }
    }

    private func mode(_ book: Book) -> String { book.identity?.mode ?? "paper" }

    private func change(_ value: FixedDecimal, from base: FixedDecimal) -> Ratio? {
        base.isPositive ? Ratio(value.divided(by: base, rounding: .nearest) - .one) : nil
    }

    private func share(_ value: FixedDecimal, of whole: FixedDecimal) -> Ratio? {
        whole.isPositive ? Ratio(value.divided(by: whole, rounding: .nearest)) : nil
    }
}
