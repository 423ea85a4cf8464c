// The rule at the end of a TZif file, in POSIX TZ form (`CET-1CEST,M3.5.0,M10.5.0/3`): how a place's
// clocks go in every year after its table ends.
import Kernel

struct RecurringZoneRule: Sendable {
    /// A day of the year and the local second of that day at which clocks change.
    private struct Change: Sendable {
        enum Day: Sendable {
            /// `Jn`: 1 to 365, 29 February never counted.
            case julian(Int)
            /// `n`: 0 to 365.
            case zeroBased(Int)
            /// `Mm.w.d`: week 5 is the last one; day 0 is Sunday.
            case weekday(month: Int, week: Int, day: Int)
        }
        let day: Day
        let second: Int

        /// Unix seconds of the change in a year, as if its local time were UTC.
        func local(in year: Int) -> Int64? {
            guard let newYear = Timestamp(year: year, month: 1, day: 1) else { return nil }
            let start = newYear.milliseconds / 86_400_000
            let leap = Timestamp(year: year, month: 2, day: 29) != nil
            let days: Int64
            switch day {
            case .julian(let n): days = start + Int64(n - 1 + (leap && n > 59 ? 1 : 0))
            case .zeroBased(let n): days = start + Int64(n)
            case .weekday(let month, let week, let weekday):
                guard let first = Timestamp(year: year, month: month, day: 1) else { return nil }
                let firstDay = first.milliseconds / 86_400_000
                let lead = (Int64(weekday) - (firstDay + 4) % 7 + 14) % 7  // 1970-01-01 was a Thursday
                let found = firstDay + lead + Int64(week - 1) * 7
                let sameMonth = Timestamp(milliseconds: found * 86_400_000).civil.month == month
                days = sameMonth ? found : found - 7
            }
            return days * 86_400 + Int64(second)
        }
    }
    private let standard: ZoneTable.LocalTime
    private let summer: (time: ZoneTable.LocalTime, from: Change, to: Change)?

    /// nil for text that is not such a rule.
    init?(_ text: String) {
        var scan = RuleScanner(Array(text.utf8))
        guard let name = scan.name(), let west = scan.time() else { return nil }
        standard = .init(seconds: -west, name: name)
        if scan.isAtEnd { summer = nil; return }
        guard let summerName = scan.name() else { return nil }
        var seconds = standard.seconds + 3_600
        if !scan.isNext(",") {
            guard let summerWest = scan.time() else { return nil }
            seconds = -summerWest
        }
        guard let from = Self.change(&scan), let to = Self.change(&scan), scan.isAtEnd else { return nil }
        summer = (.init(seconds: seconds, name: summerName), from, to)
    }

    private static func change(_ scan: inout RuleScanner) -> Change? {
        guard scan.take(",") else { return nil }
        let day: Change.Day
        if scan.take("M") {
            guard let month = scan.number(1...12), scan.take("."), let week = scan.number(1...5), scan.take("."),
                let weekday = scan.number(0...6)
            else { return nil }
            day = .weekday(month: month, week: week, day: weekday)
        } else if scan.take("J") {
            guard let n = scan.number(1...365) else { return nil }
            day = .julian(n)
        } else {
            guard let n = scan.number(0...365) else { return nil }
            day = .zeroBased(n)
        }
        guard scan.take("/") else { return Change(day: day, second: 7_200) }
        guard let second = scan.time() else { return nil }
        return Change(day: day, second: second)
    }

    func localTime(atUnix seconds: Int64) -> ZoneTable.LocalTime {
        guard let summer else { return standard }
        let year = Timestamp(milliseconds: (seconds + Int64(standard.seconds)) * 1_000).civil.year
        guard let from = summer.from.local(in: year), let to = summer.to.local(in: year) else { return standard }
        let begins = from - Int64(standard.seconds), ends = to - Int64(summer.time.seconds)
        // In the south summer runs over the new year.
        let isSummer = begins < ends ? (begins..<ends).contains(seconds) : !(ends..<begins).contains(seconds)
        return isSummer ? summer.time : standard
    }
}

/// Reads the small pieces of a POSIX TZ rule.
private struct RuleScanner {
    private let bytes: [UInt8]
    private var at = 0
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { at == bytes.count }
    func isNext(_ character: Character) -> Bool { at < bytes.count && bytes[at] == character.asciiValue }
    mutating func take(_ character: Character) -> Bool {
        guard isNext(character) else { return false }
        at += 1
        return true
    }

    /// `CEST`, or `<+03>`.
    mutating func name() -> String? {
        let quoted = take("<")
        let start = at
        while at < bytes.count, quoted ? bytes[at] != UInt8(ascii: ">") : (bytes[at] | 32 >= 97 && bytes[at] | 32 <= 122) { at += 1 }
        let name = String(decoding: bytes[start..<at], as: UTF8.self)
        guard (3...8).contains(name.utf8.count), name.utf8.allSatisfy({ (33...126).contains($0) }) else { return nil }
        return quoted && !take(">") ? nil : name
    }

    /// `[+-]h[h[h]][:mm[:ss]]` in seconds.
    mutating func time() -> Int? {
        let sign = take("-") ? -1 : 1
        if sign == 1 { _ = take("+") }
        guard let hours = number(0...167) else { return nil }
        var seconds = hours * 3_600
        for unit in [60, 1] where take(":") {
            guard let value = number(0...59) else { return nil }
            seconds += value * unit
        }
        return sign * seconds
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int? {
        var value = 0
        let start = at
        while at < bytes.count, (48...57).contains(bytes[at]), at - start < 3 {
            value = value * 10 + Int(bytes[at]) - 48
            at += 1
        }
        return at > start && range.contains(value) ? value : nil
    }
}
