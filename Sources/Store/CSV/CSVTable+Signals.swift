// signals.csv: what the panel said of every instrument that somebody wanted in or out, hour by hour, what
// strategies said of theirs, and what was decided.
import Analysis
import Events
import GRDB
import Kernel
import Market
import Messaging
import Risk
import Trading

extension CSVTable {
    static let signals = CSVTable(
        name: "signals.csv",
        header: ["time (UTC)", "pair", "action", "strategy", "time frame", "confidence", "decision", "reason", "cycle"],
        kinds: [.decided, .strategyJudged]
    ) { line, _ in
        switch line.event {
        case .strategyJudged(let judged): judged.rows(line.at)
        case .decided(let decided): decided.rows(line.at)
        default: []
        }
    }
}

extension Decided {
    fileprivate func rows(_ at: Timestamp) -> [[CSVCell]] {
        verdicts.filter(\.isSignal).map { verdict in
            let (decision, reason) = verdict.outcome(reviews.first { $0.symbol == verdict.symbol })
            return [
                .time(at), .text(verdict.symbol.description), .text(verdict.action), .text("panel"), .text(Timeframe.h1.rawValue),
                .number(verdict.conviction.value), .text(decision), .text(reason), .text(cycle.description)
            ]
        }
    }
}

extension StrategyJudged {
    fileprivate func rows(_ at: Timestamp) -> [[CSVCell]] {
        signals.map { signal in
            let reason = signal.review.refusalWords ?? signal.readings.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
            return [
                .time(at), .text(signal.symbol.description), .text(signal.side.rawValue.uppercased()), .text(instance.description),
                .text(timeframe.rawValue),
                .empty, .text(signal.review.order == nil ? "refused" : "ordered"), .text(reason), .text(cycle.description)
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

    fileprivate func outcome(_ review: Review?) -> (decision: String, reason: String) {
        if let review { return review.refusalWords.map { ("refused", $0) } ?? ("ordered", "agreed: \(agreeing.joined(separator: ", "))") }
        return ("kept out", keptOutWords ?? "not reviewed")
    }
}
