// The zone in which reports say the time. It never moves the trading day, which is a risk setting.
public import Kernel

/// A time zone by name: `UTC`, a fixed offset such as `+09:00`, or an id of the zone database.
public struct ReportZone: Hashable, Sendable, CustomStringConvertible {
    public let name: String
    /// What to add to UTC; nil if the zone database must say.
    public let offset: TimeSpan?

    public static let utc = ReportZone(name: "UTC", offset: .seconds(0))

    private init(name: String, offset: TimeSpan?) {
        self.name = name
        self.offset = offset
    }

    /// nil for text that can name no zone. Whether the zone database knows an id is for its reader to say.
    public init?(_ text: String) {
        if text == "UTC" { self = .utc; return }
        let bytes = Array(text.utf8)
        if let first = bytes.first, first == 43 || first == 45 {
            guard bytes.count == 6, bytes[3] == 58, let hours = Int(text.dropFirst().prefix(2)), let minutes = Int(text.suffix(2)),
                bytes.dropFirst().allSatisfy({ (48...58).contains($0) }), hours <= 14, minutes <= 59
            else { return nil }
            self.init(name: text, offset: .minutes((hours * 60 + minutes) * (first == 45 ? -1 : 1)))
            return
        }
        // An id becomes a path below the zone database, so nothing may climb out of it.
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let plain = parts.allSatisfy { part in
            guard let first = part.utf8.first, (65...90).contains(first) else { return false }
            return part.utf8.allSatisfy { (97...122).contains($0 | 32) || (48...57).contains($0) || $0 == 95 || $0 == 45 || $0 == 43 }
        }
        guard plain, (2...3).contains(parts.count), bytes.count <= 64 else { return nil }
        self.init(name: text, offset: nil)
    }

    public var description: String { name }
}

extension ReportZone: Codable {
    public init(from decoder: any Decoder) throws {
        guard let zone = ReportZone(try String(from: decoder)) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not a time zone"))
        }
        self = zone
    }
    public func encode(to encoder: any Encoder) throws { try name.encode(to: encoder) }
}

public struct ReportSettings: Hashable, Codable, Sendable {
    public var zone = ReportZone.utc
    public init() {}
}
