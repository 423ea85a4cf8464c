// Why something was not done, in words. The journal and `--json` keep the codes and the numbers.
public import Analysis
import Kernel
import Market
public import Risk
import Trading

extension Review {
    /// Why it was refused, with the numbers of the check that did; nil if it was not.
    public var refusalWords: String? { refusal.map { refusal in refusedBy?.refusalWords(on: symbol) ?? refusal.words } }
}

extension Refusal {
    public var words: String {
        switch self {
        case .alreadyOpen: "already open"
        case .soldAtThisClose: "sold at this very close"
        case .noRoom(let open, let limit): "no room: \(open) of \(limit) positions are open"
        case .stoppedOut(let time, let until): "stopped out at \(time), not again before \(until)"
        case .clockInDoubt: "the time is in doubt"
        case .clockOff(let offset, let limit):
            "\(offset.clockWords), limit \(Self.seconds(limit))"
        case .snapshotOld(let age, let limit): "the snapshot is \(Self.seconds(age)) old, limit \(Self.seconds(limit))"
        case .answersOld(let age, let limit): "the answers are \(Self.seconds(age)) old, limit \(Self.seconds(limit))"
        case .closeOld(let age, let limit): "its candle closed \(Self.minutes(age)) ago, limit \(Self.minutes(limit))"
        case .noPrice: "no price now"
        case .noRules: "the venue's rules for it could not be read"
        case .noRange: "too few candles for a range"
        case .moved(let by, let limit): "the price moved by \(by) since the snapshot, limit \(limit)"
        case .farFromClose(let price, let close, let share, let limit):
            "the price \(price) is \(share.percent(1)) % away from the close \(close), limit \(limit.percent(0)) %"
        case .incomparable(let other): "cannot be compared with \(other), which is held and has no sound prices now"
        case .noHourlyCandles: "its hourly candles could not be read to compare it with what is held"
        case .alike(let other, let correlation, let limit):
            "moves like \(other) (correlation \((correlation * 100).rounded() / 100), limit \(limit))"
        case .notAsked: "the panel was not asked about it"
        case .notAgreed(.vetoed(let guardian), let veto?): "the panel did not agree: \(guardian): \(veto)"
        case .notAgreed(let why, _): "the panel did not agree\(why.map { ": \($0.words)" } ?? "")"
        case .conviction(let found, let least): "the panel's conviction is \(found), at least \(least) is asked for"
        case .noLadder: "the bracket's settings make no ladder"
        case .check(let name): "the check \(name.rawValue) refused it"
        case .size(let why, let bound, let kelly, let allowed): why.words(bound, kelly, allowed)
        case .soldMeanwhile: "sold meanwhile"
        case .saleUnderWay: "a sale is under way"
        case .unread: "for a reason that this version cannot read"
        }
    }

    private static func seconds(_ span: TimeSpan) -> String { "\(span.milliseconds / 1_000) s" }
    private static func minutes(_ span: TimeSpan) -> String { "\(span.milliseconds / 60_000) min" }
}

extension SizingRefusal {
    fileprivate func words(_ bound: SizingBound?, _ kelly: Double?, _ allowed: FixedDecimal?) -> String {
        switch self {
        case .malformed: "the numbers describe no trade"
        case .noEquity: "no equity"
        case .kellyNotPositive: "the odds do not pay for the costs (Kelly \(kelly ?? 0))"
        case .noRoom: "no room left (\(bound?.rawValue ?? "limit"))"
        case .coarseLot: "what is less than a lot cannot be sold, and with it the stop would lose more than is allowed"
        case .belowMinimum: "less than the smallest order (\(bound?.rawValue ?? "limit") allows \(allowed?.text(places: 2) ?? "0"))"
        }
    }
}

extension KeptOut {
    public var words: String {
        switch self {
        case .noShortlist(.notOffered(let symbol)): "no shortlist: \(symbol) was not offered"
        case .noShortlist(.abstained(let why)): "no shortlist: \(why)"
        case .notShortlisted: "not shortlisted"
        case .tooFew(let agree, let needed, let oppose): "\(agree) of \(needed) agree" + (oppose == 0 ? "" : ", \(oppose) oppose")
        case .vetoed(let guardian): "vetoed by \(guardian)"
        case .ranked(let rank, let top): "ranked \(rank), only the best \(top) go on"
        }
    }
}

extension Verdict {
    /// Why it did not go on, with a guard's own words; nil if it did.
    public var keptOutWords: String? {
        guard case .vetoed(let guardian) = keptOut, let veto = vetoes.first(where: { $0.analyst == guardian }) else { return keptOut?.words }
        return "\(veto.analyst): \(veto.why)"
    }
}
