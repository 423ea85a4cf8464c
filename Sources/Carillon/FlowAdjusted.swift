// Equity without what was paid in or out, so that a deposit is no profit and a withdrawal no loss.
import Domain
import Messaging
import Ports

/// The equity a period began with, and from there what trading made of it.
struct FlowAdjusted {
    /// What it began with and one value a mark, in the order of the marks; without payments the equity itself.
    let values: [FixedDecimal]
    /// Paid in less paid out since the last mark, which does not know of it.
    let unmarked: FixedDecimal

    /// From a mark to the next, the growth is (equity + withdrawn) / (previous equity + deposited): money counts from
    /// when it comes and until it goes (time-weighted return; inflows at the start, outflows at the end of each step).
    /// - Parameters:
    ///   - start: the equity before the first of the entries; nil where nothing is known from before the first mark.
    ///   - entries: marks and movements of cash in the journal's order.
    init(from start: FixedDecimal?, _ entries: [JournalEntry]) {
        var values = [start].compactMap(\.self)
        var previous = start ?? .zero, deposited = FixedDecimal.zero, withdrawn = FixedDecimal.zero
        /// What a unit of equity is worth on this curve; nil where the account was empty.
        var scale: FixedDecimal? = .one
        for entry in entries {
            switch entry.event {
            case .cashMoved(let moved) where moved.amount.amount.isPositive: deposited += moved.amount.amount
            case .cashMoved(let moved): withdrawn = withdrawn - moved.amount.amount
            case .equityMarked(let mark):
                if let last = values.last, !deposited.isZero || !withdrawn.isZero || scale == nil {
                    let start = previous + deposited
                    let growth = start.isPositive ? (mark.equity + withdrawn).checkedDivided(by: start, rounding: .nearest) : nil
                    let value = growth.flatMap { last.checkedTimes($0, rounding: .nearest) } ?? last
                    values.append(value)
                    scale = mark.equity.isPositive ? value.checkedDivided(by: mark.equity, rounding: .nearest) : nil
                } else {
                    values.append(scale.flatMap { mark.equity.checkedTimes($0, rounding: .nearest) } ?? mark.equity)
                }
                (previous, deposited, withdrawn) = (mark.equity, .zero, .zero)
            default: break
            }
        }
        self.values = values
        unmarked = deposited - withdrawn
    }

    /// From the beginning to the last mark; nil where it began with nothing.
    var change: Ratio? {
        guard let first = values.first, let last = values.last, first.isPositive else { return nil }
        return Ratio(last.divided(by: first, rounding: .nearest) - .one)
    }

    /// Largest fall from a peak, as a share; nil with fewer than two values.
    var maximumDrawdown: Double? {
        guard values.count > 1 else { return nil }
        var peak = 0.0, worst = 0.0
        for value in values.map(\.double) {
            peak = max(peak, value)
            if peak > 0 { worst = max(worst, 1 - value / peak) }
        }
        return worst
    }

    var sparkline: String { Format.sparkline(values.map(\.double)) }
}
