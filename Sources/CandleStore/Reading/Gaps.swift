// What a pair's history lacks, month by month, in candles of the finest interval the month has. A gap that a
// coarser file fills is still a gap, and says so.
public import Kernel
public import Market

/// A run of candles that are not there.
public struct Gap: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// No file has them.
        case missing
        /// Coarser candles stand in.
        case filled(by: Timeframe)
        /// They were there, and their block is damaged.
        case damaged
    }
    /// First opening and last close.
    public let from: Timestamp, to: Timestamp
    public let candles: Int
    public let kind: Kind
}

public struct MonthGaps: Hashable, Sendable {
    public let symbol: Symbol
    public let month: Month
    /// The finest interval of the month, or of the month before if there is no file.
    public let timeframe: Timeframe
    /// How many candles the month should have, between the pair's first and last, and has.
    public let expected: Int, present: Int
    public let gaps: [Gap]
    public var missing: Int { expected - present }
}

extension CandleStore {
    /// Every month from the pair's first candle to its last, in order, those without a gap too.
    public func gaps(of symbol: Symbol) throws(CandleStoreError) -> [MonthGaps] {
        let known = try folder.months(of: symbol)
        guard let first = known.keys.min(), let last = known.keys.max() else { throw .noCandles(symbol, folder: path) }
        let start = try heads(symbol, first, known[first] ?? []).map(\.firstOpen).min() ?? first.start
        let end = try heads(symbol, last, known[last] ?? []).map(\.lastClose).max() ?? last.end
        var timeframe = known[first]?.first ?? .m1
        var result: [MonthGaps] = [], rows = MonthRows(first, timeframe)
        for month in Month.all(from: first, through: last) {
            let stored = known[month] ?? []
            timeframe = stored.first ?? timeframe
            let part = MonthPart(
                symbol: symbol, month: month, timeframes: stored, from: max(month.start, start).floored(to: timeframe.duration),
                to: min(month.end, end))
            result.append(try gaps(part, timeframe, reusing: &rows))
        }
        return result
    }

    private func heads(_ symbol: Symbol, _ month: Month, _ timeframes: [Timeframe]) throws(CandleStoreError) -> [MonthFile] {
        var heads: [MonthFile] = []
        for timeframe in timeframes {
            do throws(CandleStoreError) {
                if let file = try MonthFile(MonthKey(symbol: symbol, timeframe: timeframe, month: month), in: path) { heads.append(file) }
            } catch { guard case .damaged = error else { throw error } }
        }
        return heads
    }

    private func gaps(_ part: MonthPart, _ finest: Timeframe, reusing rows: inout MonthRows) throws(CandleStoreError) -> MonthGaps {
        let step = finest.duration.milliseconds, origin = part.month.start
        func slot(_ time: Timestamp) -> Int { Int((time - origin).milliseconds / step) }
        let range = slot(part.from)..<max(slot(part.from), slot(part.to))
        // nil: there; .missing until a coarser file says otherwise.
        var states = [Gap.Kind?](repeating: .missing, count: part.month.slots(finest))
        var present = 0
        func mark(_ from: Timestamp, _ to: Timestamp, _ kind: Gap.Kind) {
            for slot in slot(from)..<slot(to) where states[slot] == .missing { states[slot] = kind }
        }
        for timeframe in part.timeframes {
            let key = MonthKey(symbol: part.symbol, timeframe: timeframe, month: part.month)
            let damages: [StoreDamage]
            do throws(CandleStoreError) {
                guard let file = try MonthFile(key, in: path) else { continue }
                damages = file.decode(from: part.month.start, to: part.month.end, into: &rows)
            } catch {
                guard case .damaged(let lost) = error, timeframe == finest else { continue }
                for damage in lost { mark(max(damage.from, part.from), min(damage.to, part.to), .damaged) }
                continue
            }
            if timeframe == finest {
                for slot in rows.slots { states[Int(slot)] = nil }
                for damage in damages { mark(damage.from, damage.to, .damaged) }
                present = rows.count
            } else {
                for row in rows.slots.indices {
                    let time = rows.openTime(row)
                    mark(time, time + timeframe.duration, .filled(by: timeframe))
                }
            }
        }
        var gaps: [Gap] = [], at = range.lowerBound
        while at < range.upperBound {
            let kind = states[at]
            var end = at + 1
            while end < range.upperBound, states[end] == kind { end += 1 }
            if let kind { gaps.append(Gap(from: origin + finest.duration * at, to: origin + finest.duration * end, candles: end - at, kind: kind)) }
            at = end
        }
        return MonthGaps(symbol: part.symbol, month: part.month, timeframe: finest, expected: range.count, present: present, gaps: gaps)
    }
}
