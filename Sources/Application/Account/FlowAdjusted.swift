// Equity without what was paid in or out, so that a deposit is no profit and a withdrawal no loss.
import Events
package import Kernel
import Messaging
package import Ports

/// The equity a period began with, and from there what trading made of it.
package struct FlowAdjusted {
    /// What it began with and one value a mark, in the order of the marks; without payments the equity itself.
    package let values: [FixedDecimal]
    /// What the account is worth now: as of the last mark, with what was paid, sold or given up since.
    package let equity: FixedDecimal

    /// From a mark to the next, the growth is (equity + withdrawn) / (previous equity + deposited): money counts from
    /// when it comes and until it goes (time-weighted return; inflows at the start, outflows at the end of each step).
    /// - Parameters:
    ///   - start: the equity before the first of the entries; nil if nothing is known from before the first mark.
    ///   - entries: marks and movements of cash in the journal's order.
    ///   - now: the equity after the last entry; nil if that is not known. What was sold since the last mark is in it.
    package init(from start: FixedDecimal?, _ entries: [JournalEntry], now: FixedDecimal? = nil) {
        var values = [start].compactMap(\.self)
        var previous = start ?? .zero, deposited = FixedDecimal.zero, withdrawn = FixedDecimal.zero
        /// What a unit of equity is worth on this curve; nil if the account was empty.
        var scale: FixedDecimal? = .one
        func mark(_ equity: FixedDecimal) {
            if let last = values.last, !deposited.isZero || !withdrawn.isZero || scale == nil {
                let start = previous + deposited
                let growth = start.isPositive ? (equity + withdrawn).checkedDivided(by: start, rounding: .nearest) : nil
                let value = growth.flatMap { last.checkedTimes($0, rounding: .nearest) } ?? last
                values.append(value)
                scale = equity.isPositive ? value.checkedDivided(by: equity, rounding: .nearest) : nil
            } else {
                values.append(scale.flatMap { equity.checkedTimes($0, rounding: .nearest) } ?? equity)
            }
            (previous, deposited, withdrawn) = (equity, .zero, .zero)
        }
        for entry in entries {
            switch entry.event {
            case .cashMoved(let moved) where moved.amount.amount.isPositive: deposited += moved.amount.amount
            case .cashMoved(let moved): withdrawn = withdrawn - moved.amount.amount
            case .equityMarked(let marked): mark(marked.equity)
            default: break
            }
        }
        if let now, now != previous + deposited - withdrawn { mark(now) }
        self.values = values
        equity = previous + deposited - withdrawn
    }

    /// From the beginning to the last mark; nil if it began with nothing.
    package var change: Ratio? {
        guard let first = values.first, let last = values.last, first.isPositive else { return nil }
        return Ratio(last.divided(by: first, rounding: .nearest) - .one)
    }

    /// Largest fall from a peak, as a share; nil with fewer than two values.
    package var maximumDrawdown: Double? {
        guard values.count > 1 else { return nil }
        var peak = 0.0, worst = 0.0
        for value in values.map(\.double) {
            peak = max(peak, value)
            if peak > 0 { worst = max(worst, 1 - value / peak) }
        }
        return worst
    }

    package var sparkline: String { Format.sparkline(values.map(\.double)) }
}
