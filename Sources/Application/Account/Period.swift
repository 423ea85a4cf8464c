// A period in numbers, each figure counted as the summary and the lab count it.
package import Events
package import Kernel
package import Messaging
import Ports
import Settings
package import Statistics
import Store
package import Trading

/// Trades and equity of some days, in numbers.
package struct Period: Sendable {
    package let name: String
    package let quote: Currency
    package let trades: [TradeClosed]
    package let curve: [EquityMarked]
    package let trading: FlowAdjusted
    /// Paid in less paid out since the period began.
    package let moved: FixedDecimal
    /// What holding everything had come to at the beginning; nil if nothing was offered then.
    package let holding: FixedDecimal?
    /// The lab's figures, counted the same way.
    package let profits: TradeProfits
    package let streaks: Streaks
    package let zone: DisplayZone
    package let start: Timestamp
    package let end: Timestamp

    /// - Parameter days: how far back it goes; nil for the trading day under way.
    package init(_ session: Session, name: String, days: Int?) throws {
        self.name = name
        let book = try session.journal.book()
        quote = book.quote
        zone = DisplayZone.configured(session.settings.report.zone).zone
        end = try session.journal.newestEntry() ?? session.clock.now
        let base = try PeriodBase(session.journal, book, days: days, end: end)
        start = base.time
        let until = end + .seconds(1)
        func entries(_ kind: EventKind) throws -> [JournalEntry] {
            try session.journal.events(kind, from: base.time, to: until).filter { $0.sequence > base.sequence }
        }
        let marks = try entries(.equityMarked), flows = try entries(.cashMoved)
        trades = try session.journal.trades(from: base.time, to: until)
        curve = marks.compactMap { if case .equityMarked(let mark) = $0.event { mark } else { nil } }
        trading = FlowAdjusted(from: base.equity, (marks + flows).sorted { $0.sequence < $1.sequence }, now: book.main.equity(marks: [:]))
        moved = flows.reduce(.zero) { sum, flow in if case .cashMoved(let moved) = flow.event { sum + moved.amount.amount } else { sum } }
        holding = base.holdEverything
        let outcomes = trades.compactMap { TradeOutcome(openedAt: $0.openedAt, closedAt: $0.closedAt, profit: $0.pnl, risk: .zero) }
        profits = TradeProfits(outcomes)
        // What a person sold or gave up is no loss of the strategy's, here as for the breaker.
        streaks = Streaks(trades.lazy.filter { !$0.isByHand }.map { $0.pnl.isPositive ? 1 : $0.pnl.isNegative ? -1 : 0 })
    }

    package var pnl: FixedDecimal { profits.grossProfit + profits.grossLoss }
    package var fees: FixedDecimal { trades.reduce(.zero) { $0 + $1.fees } }

    /// How often each kind of exit sold, in the order of the kinds.
    package var exitCounts: [(ExitReason, Int)] {
        ExitReason.allCases.compactMap { reason in
            let count = trades.reduce(0) { sum, trade in sum + trade.exits.count { $0 == reason } }
            return count > 0 ? (reason, count) : nil
        }
    }
}
