// The panel's hour as a pure function: verdicts and a book come in, the decision with its orders goes out. What it knows beside
// them is in its ground, which is journaled, so the journal alone is enough to make it again.
import Analysis
import Events
import Kernel
import Market
import Ports
import Risk
import Settings
import Trading

struct PanelDecision {
    let rules: EntryRules
    let cycle: CycleId
    let views: [InstrumentView]
    let opinions: [Opinion]
    let time: Timestamp
    /// False if strategies trade: then the panel only confirms.
    let trades: Bool

    struct Outcome {
        let decided: Decided
        let submissions: [OrderSubmitted]
        var orders: [Order] { submissions.map(\.order) }
    }

    /// Reviews the verdicts that go on, best first.
    func made(on ground: DecisionGround, _ verdicts: [Verdict], _ book: Book) -> Outcome {
        let byName = Dictionary(views.map { ($0.symbol, $0) }, uniquingKeysWith: { first, _ in first })
        let planner = EntryPlanner(rules: rules, ground: ground, marks: ground.valuation, time: time) { byName[$0]?.columns }
        var reviews: [Review] = [], submissions: [OrderSubmitted] = [], ahead = book
        for verdict in verdicts where trades && verdict.isAgreed && verdict.keptOut == nil {
            guard let view = byName[verdict.symbol] else { continue }
            let proposal = PanelProposal(verdict: verdict, view: view, opinions: opinions, rules: rules, cycle: cycle)
            let (review, submission) = planner.review(proposal, ahead)
            reviews.append(review)
            guard let submission else { continue }
            submissions.append(submission)
            try? ahead.apply(.orderSubmitted(submission), at: time)
        }
        return Outcome(
            decided: Decided(
                cycle: cycle, verdicts: verdicts, reviews: reviews, costs: rules.costs, limits: rules.limits, ground: ground),
            submissions: submissions)
    }

    /// Of every offered instrument, also if nobody picks it: a later judgement of the analysts needs them all.
    var given: OpinionsGiven {
        OpinionsGiven(
            cycle: cycle, opinions: opinions, baseRates: baseRates, map: [ConvictionMap.prior.intercept, ConvictionMap.prior.slope])
    }

    private var baseRates: [OpinionsGiven.BaseRate] {
        guard let ladder = rules.settings.ladderTerms else { return [] }
        return views.compactMap { view in
            guard let last = view.candles.last else { return nil }
            let first = view.candles[max(0, view.candles.count - FirstPassage.window)]
            return .init(
                symbol: view.symbol, rates: FirstPassage(view.columns, ladder: ladder).rates, windowStart: first.openTime,
                windowEnd: last.closeTime(.h1))
        }
    }
}
