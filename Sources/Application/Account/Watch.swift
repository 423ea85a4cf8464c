// Since when nobody looked at an account that lives in real time.
package import Events
package import Kernel
import Messaging
import Ports
import Settings

package struct Watch {
    /// When a monitor last finished a step; nil if none ever did.
    package let last: Timestamp?
    package let since: TimeSpan
    package let open: Int
    private let patience: TimeSpan
    private let when: String

    /// nil for a demo, whose time is its own and which nobody looks after once it is over.
    package init?(_ session: Session, _ book: Book) {
        last = Heartbeat(session).last
        guard last != nil || book.identity?.start == nil else { return nil }
        let now = session.clock.now
        let begun = last ?? book.main.baselines.firstDepositAt ?? now
        since = now - begun
        open = book.main.openPositions.count
        // The heartbeat is written at most that often, and a step may take its minute.
        patience = TimeSpan(milliseconds: session.settings.cycle.heartbeat.milliseconds + TimeSpan.minutes(2).milliseconds)
        when = Format.moment(begun, now: now, in: session.zone)
    }

    package var isLate: Bool { since > patience }
    /// With nothing open there is nothing to look after.
    package var isNeeded: Bool { open > 0 }

    package var words: String {
        let what = open == 0 ? "" : " at \(open) open position\(open == 1 ? "" : "s")"
        return last == nil ? "nobody has looked\(what) yet" : "nobody has looked\(what) since \(when), for \(Format.span(since))"
    }
}
