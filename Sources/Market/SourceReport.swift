// What became of one source in one fetch: the line by which a report names a lost one.
public import Kernel

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
    /// Short and safe to show; empty if all is well.
    public let detail: String
    public let tries: Int
    public let items: Int
    /// The moment the reading speaks of.
    public let asOf: Timestamp?
    public let receivedAt: Timestamp?

    public init(
        name: String, isRequired: Bool, status: Status, detail: String = "", tries: Int = 0, items: Int = 0,
        asOf: Timestamp? = nil, receivedAt: Timestamp? = nil
    ) {
        self.name = name
        self.isRequired = isRequired
        self.status = status
        self.detail = detail
        self.tries = tries
        self.items = items
        self.asOf = asOf
        self.receivedAt = receivedAt
    }

    /// True if the hour has to do without something it must have.
    public var blocksEntries: Bool { isRequired && status != .ok }
}
