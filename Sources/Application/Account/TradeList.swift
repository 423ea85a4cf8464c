// The closed trades of a journal, or of its last days.
package import Events
package import Kernel
package import Messaging
import Ports
import Store
import Trading

package struct TradeList: Sendable {
    package let trades: [TradeClosed]
    /// The moment of the newest entry, from which days are counted back.
    package let now: Timestamp
    package let zone: DisplayZone

    /// - Parameter days: how far back it goes from the newest entry; nil for all.
    package init(_ session: Session, days: Int?) throws {
        now = try session.journal.newestEntry() ?? session.clock.now
        trades = try session.journal.trades(from: days.map { [now] in now - .days($0) } ?? .earliest)
        zone = session.zone
    }
}

extension TradeClosed {
    /// The result as a share of what was paid; nil if nothing was.
    package var share: Ratio? { cost.isPositive ? pnl.checkedDivided(by: cost, rounding: .nearest).map { Ratio($0) } : nil }
}
