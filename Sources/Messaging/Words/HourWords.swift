// What a summary says is wrong, and the smaller things it notes, in words. Moments stand as they are kept; whoever shows them
// puts them into a zone.
public import Events
import Kernel
import Market
import Risk
import Trading

extension HourProblem {
    public var words: String {
        switch self {
        case .halted(let why): return "Halted: \(why)"
        case .breaker(let name, let cause, let until):
            return "Trading paused: \(cause.words) (breaker \(name.rawValue))" + (until.map { ", until \($0)" } ?? "")
        case .blind(let symbol): return "No fresh price of \(symbol): its stop cannot be judged"
        case .noAgreement(let needed, let voters, let silent):
            return "No agreement is possible: \(needed) of \(voters) voters must agree, \(silent.joined(separator: ", ")) answered nothing"
        case .silent(let analyst, let why): return "\(analyst) answered nothing: \(why)"
        case .missed(let count, let from, let why): return "\(count == 1 ? "1 hour was" : "\(count) hours were") missed from \(from) on: \(why)"
        case .strategyUnusable(let why): return "A strategy cannot trade: \(why)"
        case .skipped(let why): return "No decision this hour: \(why)"
        case .source(let name, let isStale, let detail):
            return "Source \(isStale ? "stale" : "lost"): \(name)\(detail.isEmpty ? "" : ", \(detail)")"
        case .clock(let offset): return "Nothing is bought: \(offset.clockWords), limit 2 s"
        }
    }
}

extension HourNote {
    public var words: String {
        switch self {
        case .keptOut(let faulty, let count):
            if count == 1, let only = faulty.first { return "Kept out: \(only.symbol), \(only.fault.words)" }
            return "Kept out for their prices: " + faulty.map { "\($0.symbol) (\($0.fault.word))" }.joined(separator: ", ")
                + (count > faulty.count ? " and \(count - faulty.count) more" : "")
        case .unasked(let sources): return "Not asked: " + sources.map { "\($0.source) (\($0.why))" }.joined(separator: ", ")
        case .drifting(let offset): return "Careful, \(offset.clockWords)"
        case .nothingOffered(let listed, let steps, let market):
            let out =
                listed == 0
                ? "nothing is listed now"
                : "kept out " + (steps.isEmpty ? "for their prices" : steps.map(\.words).joined(separator: ", "))
            return "Nothing was offered: \(out)\(market.isEmpty ? "" : "; \(market)")"
        case .unjudged(let strategy, let symbol, let others, let why):
            return "\(strategy) could not judge \(symbol)\(others > 0 ? " and \(others) more" : ""): \(why)"
        case .abstained(let analyst, let count, let why):
            return count == 1 ? "\(analyst) abstained: \(why)" : "\(analyst) abstained on \(count): \(why)"
        case .journalMark(let mark): return "Journal mark \(mark): journal verify --mark shows whether entries were lost since"
        }
    }
}

extension HourNote.Step {
    fileprivate var words: String { "\(count) by \(filter.rawValue)\(isUnknown ? " (unknown)" : "")" }
}

extension TimeSpan {
    /// An offset of ours from the venue's clock: `our clock is 3.4 s behind the venue's`.
    var clockWords: String {
        VenueClock(offset: self, roundTrip: TimeSpan(milliseconds: 0), measuredAt: Timestamp(milliseconds: 0)).words
    }
}
