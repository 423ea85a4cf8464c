// What is wrong in an hour, as a value. What lasts has the same key in each hour, so that a person is called once.
public import Kernel
public import Market
public import Risk

public enum HourProblem: Hashable, Codable, Sendable {
    /// A person halted everything, with that person's words.
    case halted(why: String)
    case breaker(BreakerName, BreakerCause, until: Timestamp?)
    /// What is held has no fresh price.
    case blind(Symbol)
    /// So many of the voters answered nothing that too few are left.
    case noAgreement(needed: Int, voters: Int, silent: [String])
    /// An analyst answered nothing that it was asked.
    case silent(analyst: String, why: String)
    /// Hours without a cycle before this one.
    case missed(count: Int, from: Timestamp, why: String)
    case strategyUnusable(String)
    case skipped(why: String)
    case source(name: String, isStale: Bool, detail: String)
    case clock(offset: TimeSpan)

    /// What it is about, the same in each hour it lasts.
    public var key: String {
        switch self {
        case .halted: "halt"
        case .breaker(let name, _, _): "breaker:\(name.rawValue)"
        case .blind(let symbol): "blind:\(symbol)"
        case .noAgreement: "noAgreement"
        case .silent(let analyst, _): "silent:\(analyst)"
        case .missed: "missed"
        case .strategyUnusable(let words): "strategy:\(words)"
        case .skipped: "skipped"
        case .source(let name, _, _): "source:\(name)"
        case .clock: "clock"
        }
    }
}
