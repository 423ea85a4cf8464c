// What a strategy's entry condition asks for at the close it held at.
import Analysis
import Events
import Kernel
import Market
import Risk
import Settings
import Strategies
import Trading

struct StrategyProposal: Proposal {
    let signal: StrategyReading.Signal
    let instance: StrategyInstance
    let closedAt: Timestamp
    let instrument: Instrument?
    /// What the panel said of it; nil if it was not asked.
    let verdict: Verdict?
    /// Sold for an exit condition at this very close.
    let isSold: Bool
    let rules: EntryRules
    /// Further than any market moves between a close and the moment after it: a false price.
    private static let shiftLimit = PriceSanity().shiftLimit

    var symbol: Symbol { signal.symbol }
    /// The panel's if it was asked; a rule that holds has no doubt of its own.
    var conviction: Ratio { instance.asksPanel ? verdict?.conviction ?? .zero : .one }
    var bracket: BracketPlan? { instance.bound.terms.bracket }
    var panel: String { "strategy \(instance.name)" }
    var votes: [PanelVote] { [] }
    var strategy: InstanceTag? { instance.tag }
    var cycle: CycleId { CycleId(hour: closedAt) }

    func crowded(_ book: Book) -> Refusal? {
        if isSold { return .soldAtThisClose }
        let open = instance.positions(book).count, limit = instance.bound.terms.positions
        return open >= limit ? .noRoom(open: open, limit: limit) : nil
    }

    func late(_ ground: DecisionGround, at time: Timestamp) -> Refusal? {
        let age = time - closedAt, limit = rules.settings.cycle.startWindow
        return age > limit ? .closeOld(age: age, limit: limit) : nil
    }

    var unconfirmed: Refusal? {
        guard let least = instance.strategy.aiConviction else { return nil }
        guard let verdict else { return .notAsked }
        guard verdict.isAgreed else { return .notAgreed(verdict.keptOut, veto: veto) }
        return verdict.conviction < least ? .conviction(verdict.conviction, least: least) : nil
    }

    /// What the guard that kept it out said.
    private var veto: String? {
        guard let verdict, case .vetoed(let guardian)? = verdict.keptOut else { return nil }
        return verdict.vetoes.first { $0.analyst == guardian }?.why
    }

    func strayed(to price: Price) -> Refusal? {
        let moved = PriceSanity.difference(price, signal.close)
        return moved > Self.shiftLimit ? .farFromClose(price: price, close: signal.close, share: moved, limit: Self.shiftLimit) : nil
    }

    /// A fixed share of equity: what a strategy was tested with is what it trades with.
    func size(_ entry: Sizing, _ book: Book) -> SizingReport? {
        let budget = entry.account.equity.times(instance.bound.terms.equityShare.value, rounding: .down)
        let quantity = rules.costs.affordable(budget, near: entry.price, on: entry.instrument)
        let planned = PlannedEntry(
            instrument: entry.instrument, quantity: quantity, price: entry.price, bracket: entry.bracket, costs: rules.costs)
        return SizingReport(share: budget, of: planned)
    }
}

extension FillCosts {
    /// As many whole lots as `budget` buys near a price, slippage included; none if that is not even one.
    func affordable(_ budget: FixedDecimal, near price: Price, on instrument: Instrument) -> Quantity {
        guard budget.isPositive, let paid = executed(.buy, near: price, tick: instrument.tickSize),
            let wanted = Quantity(budget.divided(by: paid.value, rounding: .down))
        else { return .zero }
        return wanted.flooredToLot(instrument.lotStep)
    }
}
