// A count that begins anew with every window of the clock, as venues count requests: by their number if
// that is higher than ours.
package import Kernel

package struct CountWindow: Sendable {
    private let span: Int64
    private var index: Int64 = 0
    private var count = 0
    package var limit: Int

    package init(seconds: Int, limit: Int) {
        span = Int64(seconds) * 1_000
        self.limit = limit
    }

    package func used(at now: Timestamp) -> Int { index == now.milliseconds / span ? count : 0 }
    package func end(at now: Timestamp) -> Timestamp { Timestamp(milliseconds: (now.milliseconds / span + 1) * span) }

    /// Whether `cost` more stays within the share; one alone above the share passes, otherwise it never would.
    package func hasRoom(for cost: Int, at now: Timestamp, percent: Int) -> Bool {
        let used = used(at: now)
        return used == 0 || used + cost <= limit * percent / 100
    }

    package mutating func book(_ cost: Int, at now: Timestamp) {
        (index, count) = (now.milliseconds / span, used(at: now) + cost)
    }

    package mutating func take(_ cost: Int, at now: Timestamp, percent: Int) -> Bool {
        guard hasRoom(for: cost, at: now, percent: percent) else { return false }
        book(cost, at: now)
        return true
    }

    /// The venue's own count of this window; in a window we have not used yet it is ignored, as it may be the last window's.
    package mutating func note(_ told: Int, at now: Timestamp) {
        if index == now.milliseconds / span { count = max(count, min(max(0, told), 1_000_000)) }
    }
}
