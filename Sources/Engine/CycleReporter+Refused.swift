// What was agreed on, or chosen and then vetoed, or wanted by a strategy, and not bought, each with its reason.
import Analysis
import Events
import Ports
import Risk
import Settings
import Trading

extension CycleReporter {
    var refused: [HourlyReport.Unbought] {
        guard let decided else { return unbought }
        let reviewed = decided.reviews.compactMap { unbought($0, by: nil) }
        let vetoed = decided.verdicts.filter { !$0.isAgreed && $0.agreeing.count >= parts.settings.consensus.agreements }
            .compactMap { verdict -> HourlyReport.Unbought? in
                guard case .vetoed = verdict.keptOut else { return nil }
                return verdict.vetoes.first.map {
                    HourlyReport.Unbought(symbol: verdict.symbol, reason: .vetoed(by: $0.analyst, why: $0.why))
                }
            }
        return reviewed + (parts.panelTrades ? vetoed : []) + unbought
    }

    /// What a strategy wanted to buy, and why it did not.
    private var unbought: [HourlyReport.Unbought] {
        history.flatMap { entry -> [HourlyReport.Unbought] in
            guard case .strategyJudged(let judged) = entry.event else { return [] }
            return judged.signals.filter { $0.side == .buy }.compactMap { unbought($0.review, by: judged.instance.name) }
        }
    }

    /// What is held already is shown as held, and a strategy whose places are taken is no news.
    private func unbought(_ review: Review, by strategy: String?) -> HourlyReport.Unbought? {
        switch review.refusal {
        case nil, .alreadyOpen, .noRoom: nil
        case .some(let refusal):
            HourlyReport.Unbought(symbol: review.symbol, reason: review.refusedBy.map { .check($0) } ?? .refused(refusal), strategy: strategy)
        }
    }
}
