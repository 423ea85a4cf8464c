// Time as the whole program counts it: UTC milliseconds since 1970, a duration in milliseconds, and
// civil text without any calendar library. There is no 61st second here: a leap second reads as :59.

/// A span of time in milliseconds.
public struct TimeSpan: Hashable, Comparable, Codable, Sendable {
    public let milliseconds: Int64
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }
    public static func seconds(_ n: Int) -> TimeSpan { TimeSpan(milliseconds: Int64(n) * 1_000) }
    public static func minutes(_ n: Int) -> TimeSpan { TimeSpan(milliseconds: Int64(n) * 60_000) }
    public static func hours(_ n: Int) -> TimeSpan { TimeSpan(milliseconds: Int64(n) * 3_600_000) }
    public static func days(_ n: Int) -> TimeSpan { TimeSpan(milliseconds: Int64(n) * 86_400_000) }
    public static func < (a: TimeSpan, b: TimeSpan) -> Bool { a.milliseconds < b.milliseconds }
    public static func * (a: TimeSpan, n: Int) -> TimeSpan { TimeSpan(milliseconds: a.milliseconds * Int64(n)) }
    public init(from decoder: any Decoder) throws { milliseconds = try Int64(from: decoder) }
    public func encode(to encoder: any Encoder) throws { try milliseconds.encode(to: encoder) }
}

/// A moment in UTC, in milliseconds since 1970-01-01T00:00:00Z.
public struct Timestamp: Hashable, Comparable, Sendable {
    public let milliseconds: Int64
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public static func < (a: Timestamp, b: Timestamp) -> Bool { a.milliseconds < b.milliseconds }
    public static func + (a: Timestamp, d: TimeSpan) -> Timestamp { Timestamp(milliseconds: a.milliseconds + d.milliseconds) }
    public static func - (a: Timestamp, d: TimeSpan) -> Timestamp { Timestamp(milliseconds: a.milliseconds - d.milliseconds) }
    public static func - (a: Timestamp, b: Timestamp) -> TimeSpan { TimeSpan(milliseconds: a.milliseconds - b.milliseconds) }

    /// The last multiple of `step` (since 1970) at or before this moment.
    public func floored(to step: TimeSpan) -> Timestamp {
        let rest = milliseconds % step.milliseconds
        return Timestamp(milliseconds: milliseconds - (rest < 0 ? rest + step.milliseconds : rest))
    }
}

/// A moment's civil parts, UTC (or local, when the caller added an offset first).
public struct CivilTime: Hashable, Sendable {
    public let year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, millisecond: Int
}

extension Timestamp {
    /// Proleptic Gregorian parts (days-from-civil arithmetic, H. Hinnant).
    public var civil: CivilTime {
        let days = floored(to: .days(1)).milliseconds / 86_400_000
        let inDay = Int(milliseconds - days * 86_400_000)
        let shifted = Int(days) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return CivilTime(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
            day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1,
            hour: inDay / 3_600_000, minute: inDay / 60_000 % 60,
            second: inDay / 1_000 % 60, millisecond: inDay % 1_000)
    }

    /// nil for parts that name no moment. A 60th second is read as the 59th.
    public init?(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, millisecond: Int = 0) {
        guard (1...9_999).contains(year), (1...12).contains(month), (1...31).contains(day), (0...23).contains(hour),
            (0...59).contains(minute), (0...60).contains(second), (0...999).contains(millisecond)
        else { return nil }
        let y = month <= 2 ? year - 1 : year
        let era = y / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        let inDay = (hour * 60 + minute) * 60_000 + min(second, 59) * 1_000 + millisecond
        self.init(milliseconds: Int64(days) * 86_400_000 + Int64(inDay))
        guard civil.month == month, civil.day == day else { return nil }
    }

    /// ISO 8601 in UTC, with milliseconds only if there are any: `2026-01-05T14:00:00Z`.
    public var iso8601: String {
        let c = civil
        let head = "\(c.year.padded(4))-\(c.month.padded(2))-\(c.day.padded(2))T\(c.hour.padded(2)):\(c.minute.padded(2)):\(c.second.padded(2))"
        return c.millisecond == 0 ? head + "Z" : head + ".\(c.millisecond.padded(3))Z"
    }
}

extension Timestamp: CustomStringConvertible {
    public var description: String { iso8601 }
}

extension Timestamp: Codable {
    public init(from decoder: any Decoder) throws { milliseconds = try Int64(from: decoder) }
    public func encode(to encoder: any Encoder) throws { try milliseconds.encode(to: encoder) }
}

extension Int {
    /// Decimal text with leading zeros up to `width`.
    public func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
}
