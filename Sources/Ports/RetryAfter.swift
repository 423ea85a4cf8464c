// How long a server asks us to wait, in the forms servers use: milliseconds, seconds with or without a
// fraction, or an HTTP date. What cannot be read counts as absent.
public import Kernel

extension HTTPResponse {
    /// `retry-after-ms` first, then `retry-after`. A date is measured from the answer's own `date` header if
    /// it has one (so a wrong local clock does no harm), else from `now`. Never negative.
    public func retryAfter(now: Timestamp) -> TimeSpan? {
        if let text = header("retry-after-ms"), let wait = Self.span(text, unit: 1) { return wait }
        guard let text = header("retry-after") else { return nil }
        if let wait = Self.span(text, unit: 1_000) { return wait }
        guard let until = Timestamp(httpDate: text) else { return nil }
        let from = header("date").flatMap { Timestamp(httpDate: $0) } ?? now
        return max(until - from, TimeSpan(milliseconds: 0))
    }

    /// A non-negative decimal number of units, rounded up to milliseconds; at most a year.
    private static func span(_ text: String, unit: Double) -> TimeSpan? {
        guard text.utf8.count <= 20, text.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 }), let number = Double(text) else { return nil }
        return TimeSpan(milliseconds: Int64(min((number * unit).rounded(.up), 31_536_000_000)))
    }
}

extension Timestamp {
    /// Parses the one form RFC 9110 lets servers send, `Sun, 06 Nov 1994 08:49:37 GMT`; nil for anything else.
    public init?(httpDate text: String) {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0].last == ",", parts[5] == "GMT", let month = months.firstIndex(of: String(parts[2])),
            let day = Self.digits(parts[1], 2), let year = Self.digits(parts[3], 4)
        else { return nil }
        let clock = parts[4].split(separator: ":", omittingEmptySubsequences: false).map { Self.digits($0, 2) }
        guard clock.count == 3, let hour = clock[0], let minute = clock[1], let second = clock[2] else { return nil }
        self.init(year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second)
    }

    private static func digits(_ text: Substring, _ count: Int) -> Int? {
        guard text.utf8.count == count, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text)
    }
}
