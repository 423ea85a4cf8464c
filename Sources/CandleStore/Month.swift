// A calendar month in UTC: the unit the store commits, fetches and speaks of.
public import Kernel
public import Market

public struct Month: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let year: Int
    /// 1 to 12.
    public let month: Int

    /// nil for numbers that are no month, and before 1970 or after 2199.
    public init?(year: Int, month: Int) {
        guard (1_970...2_199).contains(year), (1...12).contains(month) else { return nil }
        self.init(checkedYear: year, month)
    }

    /// January 1970.
    static let first = Month(checkedYear: 1_970, 1)

    private init(checkedYear year: Int, _ month: Int) {
        self.year = year
        self.month = month
    }

    /// Parses `2024-01`.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }), let year = Int(parts[0]), let month = Int(parts[1])
        else { return nil }
        self.init(year: year, month: month)
    }

    /// The month a moment lies in.
    public init?(of time: Timestamp) {
        let civil = time.civil
        self.init(year: civil.year, month: civil.month)
    }

    public var start: Timestamp { Self.start(year, month) }
    /// The first moment of the next month.
    public var end: Timestamp { month == 12 ? Self.start(year + 1, 1) : Self.start(year, month + 1) }
    public var next: Month? { month == 12 ? Month(year: year + 1, month: 1) : Month(year: year, month: month + 1) }
    /// How many candles a month without gaps has.
    public func slots(_ timeframe: Timeframe) -> Int { Int((end - start).milliseconds / timeframe.duration.milliseconds) }

    /// From `first` to `last`, both included; none if they are the wrong way round.
    public static func all(from first: Month, through last: Month) -> [Month] {
        var months: [Month] = [], at: Month? = first
        while let month = at, month <= last {
            months.append(month)
            at = month.next
        }
        return months
    }

    public var description: String { "\(year)-\(month < 10 ? "0" : "")\(month)" }
    public static func < (a: Month, b: Month) -> Bool { (a.year, a.month) < (b.year, b.month) }

    private static func start(_ year: Int, _ month: Int) -> Timestamp {
        guard let start = Timestamp(year: year, month: month, day: 1) else { preconditionFailure("no first of month \(year)-\(month)") }
        return start
    }
}
