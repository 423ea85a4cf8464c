// What a period is measured from: the equity before anything in it happened, never a mark after its first purchases.
package import Events
package import Kernel
import Ports
package import Store

package struct PeriodBase {
    package let time: Timestamp
    /// The entry that says so; what follows belongs to the period.
    package let sequence: Int64
    /// nil if the journal knows none.
    package let equity: FixedDecimal?
    package let holdEverything: FixedDecimal?

    /// - Parameter days: nil for the trading day under way, which begins with the equity that the day's loss is measured from.
    package init(_ journal: SQLiteJournal, _ book: Book, days: Int?, end: Timestamp) throws {
        let start = days.map { end - .days($0) } ?? book.main.baselines.day ?? end - .days(1)
        let opening = try journal.events(.cashMoved).first
        if days == nil, let day = try journal.events(.tradingDayStarted, from: start, to: end + .seconds(1)).last,
            case .tradingDayStarted(let started) = day.event
        {
            self.init(
                time: min(start, day.at), sequence: day.sequence, equity: started.equity,
                try Self.mark(journal, before: day.sequence, at: day.at)?.holdEverything ?? .one)
        } else if let opening, opening.at >= start, case .cashMoved(let first) = opening.event {
            // The account began within the period, with its first deposit.
            self.init(time: opening.at, sequence: opening.sequence, equity: first.amount.amount, .one)
        } else {
            let mark = try Self.mark(journal, before: .max, at: start)
            self.init(time: start, sequence: mark?.sequence ?? 0, equity: mark?.equity, mark?.holdEverything)
        }
    }

    private init(time: Timestamp, sequence: Int64, equity: FixedDecimal?, _ holdEverything: FixedDecimal?) {
        self.time = time
        self.sequence = sequence
        self.equity = equity
        self.holdEverything = holdEverything
    }

    /// The last mark before a moment and an entry; looked for in the month before, because an account that was left alone longer
    /// has nothing to compare.
    private static func mark(_ journal: SQLiteJournal, before sequence: Int64, at time: Timestamp) throws -> (
        sequence: Int64, equity: FixedDecimal, holdEverything: FixedDecimal?
    )? {
        let entry = try journal.events(.equityMarked, from: time - .days(31), to: time + TimeSpan(milliseconds: 1)).last {
            $0.sequence < sequence
        }
        guard let entry, case .equityMarked(let mark) = entry.event else { return nil }
        return (entry.sequence, mark.equity, mark.holdEverything)
    }
}
