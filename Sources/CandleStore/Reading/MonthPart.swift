// How a question about a span of time becomes questions about months, and how the layers of a month become one.
import Kernel
import Market

/// A month, the part of it that is wanted, and the intervals there are for it.
struct MonthPart {
    let symbol: Symbol
    let month: Month
    /// Finest first.
    var timeframes: [Timeframe]
    let from: Timestamp, to: Timestamp

    /// The months with candles of `timeframe` or finer ones that open at or after `start` and are closed at `end`.
    static func all(_ symbol: Symbol, _ timeframe: Timeframe, _ known: [Month: [Timeframe]], _ start: Timestamp?, _ end: Timestamp?) -> [MonthPart] {
        let step = timeframe.duration
        return known.keys.sorted().compactMap { month in
            let wanted = max(start ?? month.start, month.start), floor = wanted.floored(to: step)
            let from = floor == wanted ? wanted : floor + step, to = min(end ?? month.end, month.end).floored(to: step)
            let timeframes = (known[month] ?? []).filter { $0 <= timeframe }
            guard from < to, !timeframes.isEmpty else { return nil }
            return MonthPart(symbol: symbol, month: month, timeframes: timeframes, from: from, to: to)
        }
    }
}

extension MonthRows {
    /// Adds up to the interval of `stored`, and takes from there what that does not give. Returns where it did; nil if numbers
    /// do not fit beside each other.
    mutating func coarsen(filledBy stored: MonthRows) -> [CoarseFill]? {
        guard let derived = aggregated(to: stored.timeframe), let merge = MonthRows.merged(derived, over: stored) else { return nil }
        self = merge.rows
        return Spans.of(merge.filled).map {
            CoarseFill(timeframe: timeframe, from: openTime(ofSlot: $0.lowerBound), to: openTime(ofSlot: $0.upperBound))
        }
    }

    /// Adds up to `coarse`; false if a sum does not fit.
    mutating func coarsen(to coarse: Timeframe) -> Bool {
        if timeframe == coarse { return true }
        guard let derived = aggregated(to: coarse) else { return false }
        self = derived
        return true
    }
}

enum Spans {
    /// Ascending numbers as runs, the ends not included.
    static func of(_ slots: some Sequence<Int32>) -> [Range<Int32>] {
        var spans: [Range<Int32>] = []
        for slot in slots {
            if let last = spans.last, last.upperBound == slot {
                spans[spans.count - 1] = last.lowerBound..<(slot + 1)
            } else {
                spans.append(slot..<(slot + 1))
            }
        }
        return spans
    }
}
