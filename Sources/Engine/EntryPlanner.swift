// From agreed verdicts to announced orders: likeness, freshness, size, gate, in that order, each
// refusal with its numbers. Pure: it runs inside the transaction that journals its result, so the gate
// sees the account as it is at that very moment.
import Analysis
import Events
import Kernel
import Market
import Ports
import Risk
import Settings
import Trading

struct EntryPlanner {
    let parts: Parts
    let snapshot: MarketSnapshot
    let cycle: CycleId
    /// When the panel was asked: no answer is older.
    let askedAt: Timestamp
    let time: Timestamp
    let killSwitch: String?
    /// Prices now; a symbol without one cannot be known to be near the snapshot's, and is not bought.
    let fresh: [Symbol: Price]
    let opinions: [Opinion]

    static let alreadyOpen = "already open"

    struct Plan {
        var reviews: [EntryReview] = []
        var submissions: [OrderSubmitted] = []
        var orders: [Order] { submissions.map(\.order) }
    }

    /// Reviews the verdicts that go on, best first. One that is refused is not replaced.
    func plan(_ verdicts: [Verdict], _ book: Book) -> Plan {
        var plan = Plan()
        var ahead = book
        for verdict in verdicts where verdict.isAgreed && verdict.keptOut == nil {
            guard let view = snapshot.view(verdict.symbol) else { continue }
            let chosen = plan.submissions.map(\.order.symbol)
            let candidate = Candidate(verdict: verdict, view: view, price: fresh[verdict.symbol] ?? view.ticker.last)
            let (review, submission) = review(candidate, chosen, ahead)
            plan.reviews.append(review)
            if let submission {
                plan.submissions.append(submission)
                try? ahead.apply(.orderSubmitted(submission), at: time)
            }
        }
        return plan
    }

    private struct Candidate {
        let verdict: Verdict
        let view: InstrumentView
        let price: Price
    }

    private func review(_ candidate: Candidate, _ chosen: [Symbol], _ book: Book) -> (EntryReview, OrderSubmitted?) {
        let verdict = candidate.verdict, view = candidate.view
        let likeness = likeness(view, chosen, book)
        func refused(_ why: String, sizing: SizingReport? = nil, checks: [CheckResult] = []) -> (EntryReview, OrderSubmitted?) {
            (
                EntryReview(
                    symbol: view.symbol, conviction: verdict.conviction, price: candidate.price, likeness: likeness,
                    sizing: sizing, checks: checks, refusal: why), nil
            )
        }
        if let why = tooFarOff ?? tooSoon(view.symbol, book) ?? tooLate(candidate) ?? incomparable(view.symbol, book) ?? tooAlike(likeness) {
            return refused(why)
        }
        guard let bracket = parts.bracketPlan, let terms = parts.ladderTerms else { return refused("the bracket's settings make no ladder") }
        let account = AccountView(
            book, marks: snapshot.marks.merging(fresh) { $1 }, limits: parts.limits, costs: parts.costs,
            killSwitch: killSwitch, at: time)
        let sizing = size(candidate, terms, bracket, account, book)
        let entry = PlannedEntry(
            instrument: view.instrument, quantity: sizing?.quantity ?? .zero, price: candidate.price,
            bracket: bracket, costs: parts.costs)
        let gate = RiskGate().review(entry, against: account)
        // The first reason in the order of the rules: the account's state, then the size, then the fit.
        if let refusal = gate.firstRefusal, refusal.check != "balance" || sizing?.refusal == nil {
            return refused("\(refusal.check): \(refusal.value), limit \(refusal.limit)", sizing: sizing, checks: gate.checks)
        }
        if let refusal = sizing?.refusal ?? (sizing == nil ? .malformed : nil) {
            return refused("size: \(refusal.words(sizing))", sizing: sizing, checks: gate.checks)
        }
        guard let approved = gate.approved else { return refused("gate", sizing: sizing, checks: gate.checks) }
        let submission = submission(approved, verdict, sizing, book)
        return (
            EntryReview(
                symbol: view.symbol, conviction: verdict.conviction, price: candidate.price, likeness: likeness, sizing: sizing,
                checks: gate.checks, order: submission.order.id, trade: submission.order.trade, refusal: nil), submission
        )
    }

    // MARK: Reasons before any size

    /// With a wrong clock neither the age of a price nor the hour is known (56).
    private var tooFarOff: String? {
        if let doubt = parts.time?.doubt { return doubt }
        guard let clock = snapshot.clock, clock.verdict >= .haltSends else { return nil }
        return "\(clock.words), limit 2 s"
    }

    private func tooSoon(_ symbol: Symbol, _ book: Book) -> String? {
        if book.position(symbol) != nil { return Self.alreadyOpen }
        guard let stopped = book.stoppedOut[symbol.description], time < stopped + parts.limits.stoppedOutCoolDown else { return nil }
        return "stopped out at \(stopped), not again before \(stopped + parts.limits.stoppedOutCoolDown)"
    }

    /// An old snapshot, an old answer, or a price that ran away while the analysts thought, is not acted on.
    private func tooLate(_ candidate: Candidate) -> String? {
        let limits = parts.settings.cycle
        for (what, since, limit) in [("snapshot is", snapshot.asOf, limits.snapshotMaxAge), ("answers are", askedAt, limits.answerMaxAge)] {
            let age = time - since
            if age > limit { return "the \(what) \(age.milliseconds / 1_000) s old, limit \(limit.milliseconds / 1_000) s" }
        }
        guard fresh[candidate.view.symbol] != nil else { return "no price now" }
        guard let range = AverageRange.latest(candidate.view.columns) else { return "too few candles for a range" }
        let moved = abs(candidate.price.double - candidate.view.ticker.last.double)
        let limit = range * parts.settings.cycle.maxMove.double
        return moved > limit ? "the price moved by \(moved) since the snapshot, limit \(limit)" : nil
    }

    /// What is held and not seen this hour might be the same bet: nobody can tell, so nothing is bought.
    private func incomparable(_ symbol: Symbol, _ book: Book) -> String? {
        let unseen = book.sortedPositions.map(\.symbol).first { $0 != symbol && snapshot.view($0) == nil }
        return unseen.map { "cannot be compared with \($0), which is held and has no sound prices this hour" }
    }

    private func tooAlike(_ likeness: EntryReview.Likeness?) -> String? {
        guard let likeness, likeness.correlation >= parts.limits.correlationLimit.double else { return nil }
        return "moves like \(likeness.symbol) (correlation \((likeness.correlation * 100).rounded() / 100), limit \(parts.limits.correlationLimit))"
    }

    private func likeness(_ view: InstrumentView, _ chosen: [Symbol], _ book: Book) -> EntryReview.Likeness? {
        let others = Set(chosen + book.sortedPositions.map(\.symbol)).subtracting([view.symbol]).sorted()
        let all = others.compactMap { symbol -> EntryReview.Likeness? in
            guard let other = snapshot.view(symbol),
                let correlation = Correlation.hourlyReturns(view.columns, other.columns)
            else { return nil }
            return .init(symbol: symbol, correlation: correlation)
        }
        return all.max { ($0.correlation, $1.symbol) < ($1.correlation, $0.symbol) }
    }

    // MARK: Size and order

    private func size(_ candidate: Candidate, _ terms: LadderTerms, _ bracket: BracketPlan, _ account: AccountView, _ book: Book) -> SizingReport? {
        let instrument = candidate.view.instrument
        guard let stop = candidate.price.moved(by: -bracket.stopDistance, tick: instrument.tickSize, .nearest) else { return nil }
        let limits = parts.limits, panel = parts.panel.name
        let used = account.notionals.values.reduce(.zero, +)
        let concentration = min(
            account.equity.times(limits.concentrationInstrument.value, rounding: .down) - (account.notionals[instrument.symbol] ?? .zero),
            account.equity.times(limits.concentrationAll.value, rounding: .down) - used)
        // The gate counts slippage in the notional, so the room is made smaller by it.
        let slipped = FixedDecimal.one + parts.costs.slippage.value + "0.002"
        return KellySizing.size(
            SizingRequest(
                instrument: instrument, entry: candidate.price, stop: stop, ladder: terms, fee: parts.costs.fee, slippage: parts.costs.slippage,
                conviction: candidate.verdict.conviction, baseRates: FirstPassage(candidate.view.columns, ladder: terms).rates,
                closedByOutcome: book.record.outcomes(of: panel), closedTrades: book.record.closed,
                isPaper: parts.settings.account.mode == .paper, kellyFactor: limits.kellyFactor, riskPerTrade: limits.riskPerTrade,
                drawdownLimit: limits.drawdown, probeUntilTrades: limits.probeUntilTrades, probeRisk: limits.probeRisk,
                priorWeight: limits.priorWeight, drawdownConfidence: limits.drawdownConfidence, equity: account.equity,
                heatLeft: max(.zero, account.equity.times(limits.heat.value, rounding: .down) - account.heat),
                concentrationLeft: max(.zero, concentration).divided(by: slipped, rounding: .down),
                cash: account.freeCash.divided(by: slipped, rounding: .down)))
    }

    /// What each voter said, in the panel's order.
    private func votes(on verdict: Verdict) -> [PanelVote] {
        parts.panel.seats.filter { $0.role == .voter }.map { seat in
            let opinion = opinions.first { $0.analyst == seat.name && $0.symbol == verdict.symbol }
            return PanelVote(analyst: seat.name, agrees: verdict.agreeing.contains(seat.name), conviction: opinion?.conviction)
        }
    }

    private func submission(_ approved: RiskApproved, _ verdict: Verdict, _ sizing: SizingReport?, _ book: Book) -> OrderSubmitted {
        let entry = approved.entry, trade = TradeId(book.nextTrade)
        let id = ClientOrderId.entry(cycle: cycle, symbol: entry.symbol)
        let order = Order(
            id: id, trade: trade, symbol: entry.symbol, side: .buy, type: .market, role: .entry,
            quantity: entry.quantity, referencePrice: entry.price, tickSize: entry.instrument.tickSize,
            createdAt: time)
        let position = Position(
            pending: trade, instrument: entry.instrument, cycle: cycle, entryOrder: id, panel: parts.panel.name,
            conviction: verdict.conviction, isProbe: sizing?.isProbe ?? false, plannedRisk: entry.risk, plan: entry.bracket,
            votes: votes(on: verdict))
        return OrderSubmitted(order: order, position: position)
    }
}

extension Parts {
    var bracketPlan: BracketPlan? {
        BracketPlan(
            stopDistance: settings.bracket.stop,
            rungs: settings.bracket.rungs.map { .init(rise: $0.gain, share: $0.share) }, trailingOffset: settings.bracket.trailing)
    }

    /// The ladder that sizing reckons with: without the trail, so that a rung followed by a trailing stop is
    /// counted as worse than it is (the published returns: -3.39, -1.42, +1.21, +4.94 %).
    var ladderTerms: LadderTerms? {
        LadderTerms(
            stop: -settings.bracket.stop.double, targets: settings.bracket.rungs.map(\.gain.double),
            shares: settings.bracket.rungs.map(\.share.double))
    }
}

/// The latest hourly ATR of a column of candles, in quote units.
enum AverageRange {
    static func latest(_ columns: CandleColumns) -> Double? {
        var atr = ATR(14)
        var value: Double?
        for i in 0..<columns.count {
            value = atr.update(high: columns.high[i], low: columns.low[i], close: columns.close[i])
        }
        return value
    }
}

extension SizingRefusal {
    /// For people.
    func words(_ report: SizingReport?) -> String {
        switch self {
        case .malformed: "the numbers describe no trade"
        case .noEquity: "no equity"
        case .kellyNotPositive: "the odds do not pay for the costs (Kelly \(report?.fractions.map { String($0.raw) } ?? "0"))"
        case .noRoom: "no room left (\(report?.bound?.rawValue ?? "limit"))"
        case .coarseLot: "what is less than a lot cannot be sold, and with it the stop would lose more than is allowed"
        case .belowMinimum:
            "less than the smallest order (\(report?.bound?.rawValue ?? "limit") allows \(report?.caps.last?.notional.text(places: 2) ?? "0"))"
        }
    }
}
