// Dates as feeds write them: RFC 822 with its zones and two-digit years, and RFC 3339. A text that names no
// moment is nil, and an item without a moment cannot prove it is news.
import Kernel

enum FeedDate {
    static func parse(_ text: String) -> Timestamp? {
        let trimmed = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard trimmed.utf8.count <= 64 else { return nil }
        if let moment = Timestamp(iso8601: trimmed), trimmed.utf8.count > 10 { return moment }
        return rfc822(trimmed)
    }

    /// `[Fri, ]20 Nov 2026 10:00[:00] GMT`; a missing zone is read as UTC.
    private static func rfc822(_ text: String) -> Timestamp? {
        var parts = text.split(separator: " ")
        if let first = parts.first, first.first?.isLetter == true { parts.removeFirst() }
        guard parts.count == 4 || parts.count == 5, let day = Int(parts[0]), let month = month(parts[1]),
            let year = year(parts[2])
        else { return nil }
        let clock = parts[3].split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard (2...3).contains(clock.count), let hour = clock[0], let minute = clock[1],
            let second = clock.count == 3 ? clock[2] : 0,
            let offset = parts.count == 5 ? zone(String(parts[4])) : 0
        else { return nil }
        return Timestamp(year: year, month: month, day: day, hour: hour, minute: minute, second: second).map { $0 - .minutes(offset) }
    }

    private static func month(_ text: Substring) -> Int? {
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
            .firstIndex(of: text.prefix(3).lowercased()).map { $0 + 1 }
    }

    /// RFC 2822 §4.3: two digits below 50 are 20xx, other two and three digits count from 1900.
    private static func year(_ text: Substring) -> Int? {
        guard let value = Int(text), value >= 0 else { return nil }
        switch text.utf8.count {
        case 2: return value < 50 ? 2_000 + value : 1_900 + value
        case 4: return value
        default: return nil
        }
    }

    /// Minutes east of UTC.
    private static func zone(_ text: String) -> Int? {
        switch text.uppercased() {
        case "GMT", "UT", "UTC", "Z", "(UTC)", "(GMT)": return 0
        case "EST": return -300
        case "EDT": return -240
        case "CST": return -360
        case "CDT": return -300
        case "MST": return -420
        case "MDT": return -360
        case "PST": return -480
        case "PDT": return -420
        default: break
        }
        guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
        let digits = text.dropFirst().filter { $0 != ":" }
        guard digits.utf8.count == 4, digits.allSatisfy({ ("0"..."9").contains($0) }), let value = Int(digits),
            value / 100 <= 14, value % 100 < 60
        else { return nil }
        return (sign == "-" ? -1 : 1) * (value / 100 * 60 + value % 100)
    }
}
