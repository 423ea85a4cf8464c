// What the panel agreed on.
import Analysis
import Events
import Kernel
import Market
import Risk
import Settings
import Trading

struct PanelProposal: Proposal {
    let verdict: Verdict
    let view: InstrumentView
    let opinions: [Opinion]
    let rules: EntryRules
    let cycle: CycleId

    var symbol: Symbol { view.symbol }
    var conviction: Ratio { verdict.conviction }
    var instrument: Instrument? { view.instrument }
    var bracket: BracketPlan? { rules.settings.ladderTerms == nil ? nil : rules.settings.bracketPlan }
    var panel: String { rules.panel }
    var strategy: InstanceTag? { nil }

    /// What each voter said, in the panel's order.
    var votes: [PanelVote] {
        rules.seats.filter { $0.role == .voter }.map { seat in
            let opinion = opinions.first { $0.analyst == seat.name && $0.symbol == symbol }
            return PanelVote(analyst: seat.name, agrees: verdict.agreeing.contains(seat.name), conviction: opinion?.conviction)
        }
    }

    func crowded(_ book: Book) -> Refusal? { nil }

    /// An old snapshot or an old answer is not acted on.
    func late(_ ground: DecisionGround, at time: Timestamp) -> Refusal? {
        let limits = rules.settings.cycle
        if let seenAt = ground.seenAt, time - seenAt > limits.snapshotMaxAge {
            return .snapshotOld(age: time - seenAt, limit: limits.snapshotMaxAge)
        }
        if let askedAt = ground.askedAt, time - askedAt > limits.answerMaxAge {
            return .answersOld(age: time - askedAt, limit: limits.answerMaxAge)
        }
        return nil
    }

    var unconfirmed: Refusal? { nil }

    /// Further than it usually moves in an hour, while the analysts thought.
    func strayed(to price: Price) -> Refusal? {
        guard let range = AverageRange.latest(view.columns) else { return .noRange }
        let moved = abs(price.double - view.ticker.last.double), limit = range * rules.settings.cycle.maxMove.double
        return moved > limit ? .moved(by: moved, limit: limit) : nil
    }

    func size(_ entry: Sizing, _ book: Book) -> SizingReport? {
        guard let terms = rules.settings.ladderTerms,
            let stop = entry.price.moved(by: -entry.bracket.stopDistance, tick: entry.instrument.tickSize, .nearest)
        else { return nil }
        let limits = rules.limits, account = entry.account, costs = rules.costs
        let concentration = min(
            account.equity.times(limits.concentrationInstrument.value, rounding: .down) - (account.notionals[symbol] ?? .zero),
            account.equity.times(limits.concentrationAll.value, rounding: .down) - account.notionals.values.reduce(.zero, +))
        // The gate counts slippage in the notional, so the room is made smaller by it.
        let slipped = FixedDecimal.one + costs.slippage.value + "0.002"
        return KellySizing.size(
            SizingRequest(
                instrument: entry.instrument, entry: entry.price, stop: stop, ladder: terms, fee: costs.fee, slippage: costs.slippage,
                conviction: conviction, baseRates: FirstPassage(view.columns, ladder: terms).rates, closedByOutcome: book.outcomes(of: panel),
                closedTrades: book.closedTrades, isPaper: rules.settings.account.mode == .paper, kellyFactor: limits.kellyFactor,
                riskPerTrade: limits.riskPerTrade, drawdownLimit: limits.drawdown, probeUntilTrades: limits.probeUntilTrades,
                probeRisk: limits.probeRisk, priorWeight: limits.priorWeight, drawdownConfidence: limits.drawdownConfidence,
                equity: account.equity, heatLeft: max(.zero, account.equity.times(limits.heat.value, rounding: .down) - account.heat),
                concentrationLeft: max(.zero, concentration).divided(by: slipped, rounding: .down),
                cash: account.freeCash.divided(by: slipped, rounding: .down)))
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
