// Times and spans as people say them, in the report zone. The zone's name is left to the caller, who
// says it once in a message.
public import Kernel

extension Format {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// `14:00`.
    public static func clock(_ time: Timestamp, in zone: DisplayZone) -> String {
        let civil = zone.civil(time)
        return civil.hour.padded(2) + ":" + civil.minute.padded(2)
    }

    /// `14:00 UTC`, `16:00 CEST`.
    public static func clockAndZone(_ time: Timestamp, in zone: DisplayZone) -> String {
        clock(time, in: zone) + " " + zone.name(at: time)
    }

    /// `5 Jan`; with the year if it is not the one of `now`: `5 Jan 2025`.
    public static func day(_ time: Timestamp, now: Timestamp, in zone: DisplayZone) -> String {
        let civil = zone.civil(time)
        let text = "\(civil.day) \(months[civil.month - 1])"
        return civil.year == zone.civil(now).year ? text : text + " \(civil.year)"
    }

    /// `09:30` for today, `4 Jan 09:30` for another day of the report zone.
    public static func moment(_ time: Timestamp, now: Timestamp, in zone: DisplayZone) -> String {
        let date = zone.civil(time), today = zone.civil(now)
        let sameDay = (date.year, date.month, date.day) == (today.year, today.month, today.day)
        return sameDay ? clock(time, in: zone) : day(time, now: now, in: zone) + " " + clock(time, in: zone)
    }

    /// `since 5 Jan`, and `since 09:30` if that is today.
    public static func since(_ start: Timestamp, now: Timestamp, in zone: DisplayZone) -> String {
        let text = moment(start, now: now, in: zone)
        return "since " + (text.count == 5 ? text : day(start, now: now, in: zone))
    }

    /// The two largest parts of a span: `45 s`, `12 min`, `3 h 20 min`, `2 d 4 h`; a negative one has a minus sign.
    public static func span(_ duration: TimeSpan) -> String {
        let seconds = duration.milliseconds.magnitude / 1_000
        let sign = duration.milliseconds < 0 && seconds > 0 ? minus : ""
        func parts(_ large: UInt64, _ largeName: String, _ small: UInt64, _ smallName: String) -> String {
            sign + (small == 0 ? "\(large) \(largeName)" : "\(large) \(largeName) \(small) \(smallName)")
        }
        switch seconds {
        case ..<60: return sign + "\(seconds) s"
        case ..<3_600: return sign + "\(seconds / 60) min"
        case ..<86_400: return parts(seconds / 3_600, "h", seconds % 3_600 / 60, "min")
        default: return parts(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h")
        }
    }
}

extension Format {
    /// Words with each moment of the journal's form (`2026-01-05T05:18:00Z`) shown as people say it: `05:18`, `4 Jan 05:18`.
    public static func moments(in words: String, now: Timestamp, in zone: DisplayZone) -> String {
        guard words.contains("Z") else { return words }
        var told = "", rest = words[...]
        while !rest.isEmpty {
            if let (time, end) = leadingMoment(rest) {
                told += moment(time, now: now, in: zone)
                rest = rest[end...]
            } else {
                told.append(rest.removeFirst())
            }
        }
        return told
    }

    /// A moment at the beginning, with or without milliseconds.
    private static func leadingMoment(_ text: Substring) -> (Timestamp, String.Index)? {
        guard text.first?.isNumber == true else { return nil }
        for length in [20, 24] {
            guard let end = text.index(text.startIndex, offsetBy: length, limitedBy: text.endIndex) else { return nil }
            if let time = Timestamp(iso8601: String(text[..<end])) { return (time, end) }
        }
        return nil
    }
}
