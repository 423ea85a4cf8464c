// When nobody acted on a stop, in words: which position, how long, when and why.
import Events
package import Kernel
package import Messaging
package import Store

package struct UnguardedWords {
    /// What is wrong now, and what to do about it.
    package let faults: [(words: String, remedy: String)]
    /// What was wrong and cannot be mended.
    package let past: [String]
    /// Both in a few words.
    package let summary: String

    package init(_ audit: JournalAudit.Result, now: Timestamp, zone: DisplayZone, _ folder: HomeFolder) {
        let (wrong, over) = (audit.faults(at: now), audit.past(at: now))
        faults = wrong.map { (Self.words($0, now, zone), folder.command($0.cause == .lasts ? "monitor" : "explain \($0.trade)")) }
        past = over.map { Self.words($0, now, zone) }
        let span = Format.span(.seconds(audit.unprotectedSeconds))
        if wrong.contains(where: { $0.cause == .lasts }) {
            summary = "NOT every position is protected"
        } else if audit.unprotectedSeconds == 0 {
            summary = "every position protected"
        } else {
            summary = "every position protected now, \(span) without protection before"
        }
    }

    /// `T0001 BTC/USDT: its exit came 13 min late, from 14:02 to 14:15 UTC; nobody looked meanwhile`.
    private static func words(_ span: JournalAudit.Unguarded, _ now: Timestamp, _ zone: DisplayZone) -> String {
        let whom = span.trade + (span.symbol.map { " " + $0 } ?? "")
        let from = Format.moment(span.from, now: now, in: zone), name = zone.name(at: span.to)
        if span.cause == .lasts { return "\(whom) has no stop that covers all of it, since \(from) \(name)" }
        let when = "from \(from) to \(Format.moment(span.to, now: now, in: zone)) \(name)", long = Format.span(span.length)
        let what =
            switch span.form {
            case .noStop: "it had no stop for \(long)"
            case .lateExit: "its exit came \(long) late"
            }
        return "\(whom): \(what), \(when); \(why(span.cause))"
    }

    private static func why(_ cause: JournalAudit.Unguarded.Cause) -> String {
        switch cause {
        case .lasts: "it still has none"
        case .nobodyAtWork: "nobody looked meanwhile"
        case .unexplained: "the program was at work, and nothing says why"
        case .trouble(let kind):
            switch kind {
            case .blind: "its price could not be read"
            case .disputed: "its prices contradicted each other"
            case .unsellable: "its sale had no answer"
            case .clock: "the time was not known"
            case .noPrices: "the source gave no prices"
            case .notBuying, .panelSilent: "nothing was bought meanwhile"
            }
        }
    }
}
