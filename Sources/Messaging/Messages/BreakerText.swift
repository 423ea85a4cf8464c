// A breaker tripped: why, and what must happen for entries to go on.
import Events
import Kernel
import Risk

extension MessageRenderer {
    func breaker(_ notice: BreakerNotice) -> MessageText {
        let reset = "carillon breaker reset \(notice.breaker.rawValue) --reason \"…\""
        let protection = notice.openPositions == 0 ? "Nothing is open." : "Open positions stay protected."
        let resume =
            notice.until.map { "Entries resume \(Format.clockAndZone($0, in: zone)), or: \(reset)" } ?? "Entries resume when you say so: \(reset)"
        return .lines([
            .bold("■ Trading paused: \(SafeText.line(notice.cause.words)) (breaker \(notice.breaker.rawValue))"), .text("\(protection) \(resume)")
        ]
        )
    }
}
