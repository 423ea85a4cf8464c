// signals.csv: what the panel said of every instrument that somebody wanted in or out, hour by hour, what
// strategies said of theirs, and what was decided.
import Analysis
import Events
import GRDB
import Kernel
import Market
import Trading

extension CSVTable {
    static let signals = CSVTable(
        name: "signals.csv",
        header: ["time (UTC)", "pair", "action", "strategy", "time frame", "confidence", "decision", "reason", "cycle"],
        kinds: ["decided", "strategyJudged"]
    ) { line, _ in
        if line.kind == "strategyJudged" { return try line.decoded(as: StrategyJudged.self).rows(line.at) }
        let decided = try line.decoded(as: DecidedSignals.self)
        return decided.verdicts.filter(\.isSignal).map { verdict in
            let review = decided.reviews.first { $0.symbol == verdict.symbol }
            let (decision, reason) = verdict.outcome(review)
            return [
                .time(line.at), .text(verdict.symbol.description), .text(verdict.action), .text("panel"), .text(Timeframe.h1.rawValue),
                .number(verdict.conviction.value), .text(decision), .text(reason), .text(decided.cycle.description)
            ]
        }
    }
}

/// What a decision's rows are made of. Its sizes and checks are most of the text, so they are not read.
private struct DecidedSignals: Decodable {
    struct Review: Decodable {
        let symbol: Symbol
        let refusal: String?
    }
    let cycle: CycleId
    let verdicts: [Verdict]
    let reviews: [Review]
}

extension StrategyJudged {
    fileprivate func rows(_ at: Timestamp) -> [[CSVCell]] {
        signals.map { signal in
            let reason = signal.refusal ?? signal.readings.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
            return [
                .time(at), .text(signal.symbol.description), .text(signal.side.rawValue.uppercased()), .text(instance.description),
                .text(timeframe.rawValue),
                .empty, .text(signal.order == nil ? "refused" : "ordered"), .text(reason), .text(cycle.description)
            ]
        }
    }
}

extension Verdict {
    /// Somebody has an opinion of weight; the rest of the universe would only fill the file.
    fileprivate var isSignal: Bool { isAgreed || isShortlisted || !agreeing.isEmpty || !opposing.isEmpty }

    fileprivate var action: String {
        if agreeing.count > opposing.count { return "BUY" }
        return opposing.isEmpty ? "HOLD" : "SELL"
    }

    fileprivate func outcome(_ review: DecidedSignals.Review?) -> (decision: String, reason: String) {
        if let review { return review.refusal.map { ("refused", $0) } ?? ("ordered", "agreed: \(agreeing.joined(separator: ", "))") }
        return ("kept out", keptOut ?? "not reviewed")
    }
}
