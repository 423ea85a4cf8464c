// The zone people read times in. It exists only in views: schedules, decisions and the journal are
// UTC, so a clock change moves a shown hour and nothing else (F060).
public import Kernel

/// The zone in which a report's times are shown: UTC, a fixed offset, or a place with its clock changes.
public struct DisplayZone: Sendable {
    private enum Rules: Sendable {
        case fixed(seconds: Int, name: String)
        case place(ZoneTable)
    }
    private let rules: Rules
    private init(_ rules: Rules) { self.rules = rules }

    public static let utc = DisplayZone(.fixed(seconds: 0, name: "UTC"))

    /// A fixed offset such as `+02:00`, `-03:30` or `+9`; nil for other text and for more than 14 hours.
    public init?(offset text: String) {
        guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
        let parts = text.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ (1...2).contains($0.count) }),
            let hours = Int(parts[0]), parts[0].allSatisfy(\.isASCII), hours >= 0,
            let minutes = parts.count == 2 ? Int(parts[1]) : 0, (0...59).contains(minutes),
            hours * 60 + minutes <= 14 * 60
        else { return nil }
        let seconds = (hours * 3_600 + minutes * 60) * (sign == "-" ? -1 : 1)
        self.init(.fixed(seconds: seconds, name: Self.name(ofOffset: seconds)))
    }

    /// A place from the bytes of its TZif file; nil if they are not one.
    public init?(tzif bytes: [UInt8]) {
        guard let table = ZoneTable(tzif: bytes) else { return nil }
        self.init(.place(table))
    }

    /// The civil time shown for a moment.
    public func civil(_ time: Timestamp) -> CivilTime { (time + .seconds(offset(at: time).seconds)).civil }

    /// The zone's name at that moment: `UTC`, `CEST`, `UTC+3`.
    public func name(at time: Timestamp) -> String { offset(at: time).name }

    /// Seconds to add to UTC at that moment.
    public func secondsFromUTC(at time: Timestamp) -> Int { offset(at: time).seconds }

    private func offset(at time: Timestamp) -> (seconds: Int, name: String) {
        switch rules {
        case .fixed(let seconds, let name): return (seconds, name)
        case .place(let table):
            let local = table.localTime(at: time)
            // Places without letters of their own are called `+03` in the tables.
            let nameless = local.name.utf8.first.map { $0 == 43 || $0 == 45 } ?? true
            return (local.seconds, nameless ? Self.name(ofOffset: local.seconds) : local.name)
        }
    }

    private static func name(ofOffset seconds: Int) -> String {
        guard seconds != 0 else { return "UTC" }
        let minutes = abs(seconds) / 60
        let tail = minutes % 60 == 0 ? "" : ":" + (minutes % 60).padded(2)
        return "UTC" + (seconds < 0 ? "−" : "+") + "\(minutes / 60)" + tail
    }
}
