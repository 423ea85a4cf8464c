// Messages that did not arrive, in one line: how many, since when, and what the channel said.
package import Kernel
package import Messaging
package import Store

package struct UndeliveredWords {
    package let waiting: [Undelivered]
    private let zone: DisplayZone
    private let now: Timestamp

    package init(_ waiting: [Undelivered], zone: DisplayZone, now: Timestamp) {
        self.waiting = waiting
        self.zone = zone
        self.now = now
    }

    /// nil if all arrived.
    package var line: String? {
        guard let first = waiting.first else { return nil }
        let count = waiting.count == 1 ? "1 message" : "\(waiting.count) messages"
        let given = waiting.count(where: \.isGivenUp)
        return "\(count) not delivered since \(Format.moment(first.at, now: now, in: zone))" + (given > 0 ? ", \(given) given up" : "") + ": \(why)"
    }

    /// The newest reason.
    package var why: String { waiting.last { $0.why != nil }?.why.map { SafeText.line($0, limit: 200) } ?? "not tried yet" }
}
