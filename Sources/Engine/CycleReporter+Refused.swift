// What was agreed on, or chosen and then vetoed, or wanted by a strategy, and not bought, each with its reason.
import Analysis
import Events
import Notices
import Ports
import Risk
import Settings
import Trading

extension CycleReporter {
    var refused: [HourlyReport.Refusal] {
        guard let decided else { return unbought }
        // What is held already is shown as held, not as refused.
        let reviewed = decided.reviews.compactMap { review in
            review.refusal.flatMap {
                $0 == EntryPlanner.alreadyOpen ? nil : HourlyReport.Refusal(symbol: review.symbol, reason: Self.reason($0, review.checks))
            }
        }
        let vetoed = decided.verdicts.filter { !$0.isAgreed && $0.agreeing.count >= parts.settings.consensus.agreements && !$0.vetoes.isEmpty }
            .map { HourlyReport.Refusal(symbol: $0.symbol, reason: .words($0.keptOut ?? "vetoed")) }
        return reviewed + (parts.panelTrades ? vetoed : []) + unbought
    }

    /// What a strategy wanted to buy, and why it did not.
    private var unbought: [HourlyReport.Refusal] {
        history.flatMap { entry -> [HourlyReport.Refusal] in
            guard case .strategyJudged(let judged) = entry.event else { return [] }
            return judged.signals.compactMap { signal in
                guard signal.side == .buy, let why = signal.refusal, why != EntryPlanner.alreadyOpen, !why.hasPrefix(StrategyPlanner.noRoom) else {
                    return nil
                }
                return HourlyReport.Refusal(symbol: signal.symbol, reason: Self.reason(why, signal.checks), strategy: judged.instance.name)
            }
        }
    }

    /// The gate's refusals begin with the check's name; its numbers make better words.
    private static func reason(_ refusal: String, _ checks: [CheckResult]) -> HourlyReport.Refusal.Reason {
        if let check = checks.first(where: { !$0.passed && refusal.hasPrefix($0.check + ": ") }) { return .check(check) }
        return .words(refusal.hasPrefix("size: ") ? String(refusal.dropFirst(6)) : refusal)
    }
}
