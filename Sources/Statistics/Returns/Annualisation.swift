// How many periods make a year, as far as the dates themselves tell.
public import Kernel

public enum Annualisation {
    private static let day: Int64 = 86_400_000

    /// Periods per year of strictly ascending moments; nil with fewer than two. The step is the median one.
    /// - A day: 365; 252 if weekends passed and none of the moments lies on one (a market that closes).
    /// - Less than a day: 365 days of steps; on weekdays only, 252 times the median number of moments in a day.
    /// - More than a day: 365.25 days over the step to the nearest whole number (52 weeks, 12 months, 4 quarters),
    ///   at least 1.
    public static func periodsPerYear(_ times: [Timestamp]) -> Double? {
        guard let first = times.first, let last = times.last, times.count > 1 else { return nil }
        let step = lowerMedian(zip(times, times.dropFirst()).map { ($1 - $0).milliseconds })
        if step > day { return max(1, (365.25 * Double(day) / Double(step)).rounded()) }
        guard closesAtWeekends(times, first, last) else { return 365 * Double(day) / Double(step) }
        return 252 * (step == day ? 1 : Double(lowerMedian(momentsPerDay(times))))
    }

    /// Of a run given by its days, ascending: 365 times the share of the passed days that are among them. nil with fewer than two.
    public static func days(_ times: [Timestamp]) -> Double? {
        guard let first = times.first, let last = times.last, times.count > 1 else { return nil }
        return 365 * Double(times.count) / Double(dayNumber(last) - dayNumber(first) + 1)
    }

    private static func lowerMedian(_ values: [Int64]) -> Int64 { values.sorted()[(values.count - 1) / 2] }

    private static func dayNumber(_ time: Timestamp) -> Int64 { time.floored(to: .days(1)).milliseconds / day }
    /// - Parameter day: since 1970, which began with a Thursday.
    public static func isWeekend(_ day: Int64) -> Bool { ((day + 4) % 7 + 7) % 7 % 6 == 0 }

    private static func closesAtWeekends(_ times: [Timestamp], _ first: Timestamp, _ last: Timestamp) -> Bool {
        let passed = dayNumber(first)...dayNumber(last)
        return passed.prefix(7).contains(where: isWeekend) && !times.contains { isWeekend(dayNumber($0)) }
    }

    private static func momentsPerDay(_ times: [Timestamp]) -> [Int64] {
        var counts: [Int64] = [], current: Int64?
        for time in times {
            let day = dayNumber(time)
            if day == current { counts[counts.count - 1] += 1 } else { counts.append(1) }
            current = day
        }
        return counts
    }
}
