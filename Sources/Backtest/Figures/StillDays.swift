// Days of which no candle is there, be it that the venue stood still or that a file has a hole. The money stood still, and
// the calendar went on: a year of candles spread over two years is two years.
import Kernel
import Statistics

enum StillDays {
    private static let day: Int64 = 86_400_000

    /// For each of some days, ascending midnights, how many passed since the one before it without a candle; empty if none
    /// did. Weekends are none if no candle at all is of a weekend: that market is closed then.
    static func before(_ midnights: [Int64]) -> [Int] {
        guard let first = midnights.first, let last = midnights.last, (last - first) / day + 1 > Int64(midnights.count) else { return [] }
        let closes = !midnights.contains { Annualisation.isWeekend($0 / day) }
        return [0] + zip(midnights, midnights.dropFirst()).map { between($0 / day, $1 / day, closes: closes).count }
    }

    /// The days between two, as `before` counts them.
    static func between(_ first: Int64, _ second: Int64, closes: Bool) -> [Int64] {
        guard second - first > 1 else { return [] }
        return ((first + 1)..<second).filter { !closes || !Annualisation.isWeekend($0) }
    }
}

extension [EquityMark] {
    /// The return of each UTC day against the one before it, the first mark's against `start`; 0 on a day without a mark.
    func returns(from start: Double) -> ReturnSeries {
        let day = TimeSpan.days(1).milliseconds, days = map { $0.time.floored(to: .days(1)).milliseconds / day }
        let closes = !days.contains(where: Annualisation.isWeekend)
        var series = ReturnSeries(), before = start, last: Int64?
        for (mark, today) in zip(self, days) where before > 0 {
            let value = mark.equity / before - 1
            guard value.isFinite, value >= -1 else { break }
            let still = (last.map { StillDays.between($0, today, closes: closes) } ?? []).map { ($0, 0.0) }
            for (number, value) in still + [(today, value)] { try? series.append(value, at: Timestamp(milliseconds: number * day)) }
            (before, last) = (mark.equity, today)
        }
        return series
    }
}
