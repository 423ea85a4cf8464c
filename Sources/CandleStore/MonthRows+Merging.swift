// Two sets of candles of one month made one, and coarse candles out of fine ones: complete or absent, because a
// coarse candle with a part missing would have a high that nobody saw (F052).
import Kernel
import Market

extension MonthRows {
    struct Merge: Sendable {
        var rows: MonthRows
        /// Rows only the second had.
        var filled: [Int32] = []
        /// Rows both had with different numbers: the first one's are kept.
        var differing = 0
        /// Rows both had.
        var shared = 0
    }

    /// Rows of both, and if both have one, the first one's; nil if their numbers cannot be kept beside each other.
    static func merged(_ first: MonthRows, over second: MonthRows) -> Merge? {
        precondition(first.month == second.month && first.timeframe == second.timeframe, "two sets of one month")
        var first = first, second = second
        let prices = max(first.pricePlaces, second.pricePlaces), volumes = max(first.volumePlaces, second.volumePlaces)
        guard first.rescale(prices: prices, volumes: volumes), second.rescale(prices: prices, volumes: volumes) else { return nil }
        var merge = Merge(rows: MonthRows(first.month, first.timeframe, pricePlaces: prices, volumePlaces: volumes))
        var a = 0, b = 0
        while a < first.count || b < second.count {
            if b == second.count || (a < first.count && first.slots[a] < second.slots[b]) {
                merge.rows.append(a, of: first)
                a += 1
            } else if a == first.count || second.slots[b] < first.slots[a] {
                merge.rows.append(b, of: second)
                merge.filled.append(second.slots[b])
                b += 1
            } else {
                merge.rows.append(a, of: first)
                merge.shared += 1
                if !first.isSame(a, as: second, b) { merge.differing += 1 }
                a += 1
                b += 1
            }
        }
        return merge
    }

    /// The rows whose slots are none of `known`'s.
    func without(_ known: MonthRows) -> MonthRows {
        let taken = Set(known.slots)
        return filtered { !taken.contains($0) }
    }

    func filtered(_ keeps: (Int32) -> Bool) -> MonthRows {
        var rest = MonthRows(month, timeframe, pricePlaces: pricePlaces, volumePlaces: volumePlaces)
        for row in slots.indices where keeps(slots[row]) { rest.append(row, of: self) }
        return rest
    }

    /// Open of the first, close of the last, the extremes and the sum of all, if no part is missing. nil if a sum of
    /// volumes does not fit.
    func aggregated(to coarse: Timeframe) -> MonthRows? {
        precondition(coarse.duration.milliseconds % timeframe.duration.milliseconds == 0, "\(timeframe) does not divide \(coarse)")
        let parts = Int(coarse.duration.milliseconds / timeframe.duration.milliseconds)
        if parts == 1 { return self }
        var result = MonthRows(month, coarse, pricePlaces: pricePlaces, volumePlaces: volumePlaces)
        var row = 0
        while row < count {
            guard let end = WholeCandle.end(from: row, of: count, parts: parts, place: { Int64(slots[$0]) }) else {
                row += 1
                continue
            }
            guard result.append(slots[row] / Int32(parts), row...end, of: self) else { return nil }
            row = end + 1
        }
        return result
    }

    private mutating func append(_ slot: Int32, _ rows: ClosedRange<Int>, of fine: MonthRows) -> Bool {
        var top = fine.high[rows.lowerBound], bottom = fine.low[rows.lowerBound], sum: Int64 = 0
        for row in rows {
            top = max(top, fine.high[row])
            bottom = min(bottom, fine.low[row])
            let (next, overflow) = sum.addingReportingOverflow(fine.volume[row])
            if overflow { return false }
            sum = next
        }
        slots.append(slot)
        open.append(fine.open[rows.lowerBound])
        high.append(top)
        low.append(bottom)
        close.append(fine.close[rows.upperBound])
        volume.append(sum)
        return true
    }
}
