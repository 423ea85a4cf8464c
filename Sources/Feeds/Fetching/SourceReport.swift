// What became of one source in one fetch: the line by which a report names a lost one.
import Domain
import Ports

public struct SourceReport: Hashable, Codable, Sendable {
    public enum Status: String, Codable, Sendable {
        /// Answered, and fresh enough to act on.
        case ok
        /// No usable answer inside the deadline.
        case lost
        /// Answered, but with a reading older than its limit; the reading is not used.
        case stale
        /// Not asked, by configuration.
        case skipped
    }
    public let name: String
    /// Without a required source the hour makes no entries.
    public let isRequired: Bool
    public let status: Status
    /// Short and safe to show; empty where all is well.
    public let detail: String
    public let tries: Int
    public let items: Int
    /// The moment the reading speaks of.
    public let asOf: Timestamp?
    public let receivedAt: Timestamp?

    public init(name: String, isRequired: Bool, status: Status, detail: String = "", tries: Int = 0, items: Int = 0,
                asOf: Timestamp? = nil, receivedAt: Timestamp? = nil) {
        self.name = name
        self.isRequired = isRequired
        self.status = status
        self.detail = detail
        self.tries = tries
        self.items = items
        self.asOf = asOf
        self.receivedAt = receivedAt
    }

    /// True where the hour has to do without something it must have.
    public var blocksEntries: Bool { isRequired && status != .ok }
}

/// A value with the moment it speaks of.
public struct Reading<Value: Sendable>: Sendable {
    public let value: Value
    public let items: Int
    public let asOf: Timestamp?
    public init(_ value: Value, items: Int = 1, asOf: Timestamp? = nil) {
        self.value = value
        self.items = items
        self.asOf = asOf
    }
}

/// Something to fetch. `Value` is the caller's own enum where sources of several kinds run side by side.
public struct Source<Value: Sendable>: Sendable {
    public let name: String
    public let isRequired: Bool
    /// A reading older than this is stale; nil where age does not matter.
    public let maximumAge: Duration?
    /// Why it is not asked at all, e.g. "no key"; nil where it is.
    public let skipped: String?
    public let fetch: @Sendable () async throws(FeedError) -> Reading<Value>

    public init(_ name: String, required isRequired: Bool, maximumAge: Duration? = nil, skipped: String? = nil,
                fetch: @escaping @Sendable () async throws(FeedError) -> Reading<Value>) {
        self.name = name
        self.isRequired = isRequired
        self.maximumAge = maximumAge
        self.skipped = skipped
        self.fetch = fetch
    }
}

/// A source's report and, where its status is `ok`, its value.
public struct Fetched<Value: Sendable>: Sendable {
    public let report: SourceReport
    public let value: Value?
}
