// How several sources are asked at once: what is wanted of each, and what became of it. The live way
// has a deadline, tries and waits; prices in memory are simply read.
public import Kernel
public import Market

public protocol Fetching: Sendable {
    /// How long one round of questions may take in all.
    var deadline: TimeSpan { get }
    /// Whether the same question may be answered otherwise a moment later.
    var mayAskAgain: Bool { get }
    /// Asks every source, at most `width` at once, all of it within `span`; the result has the sources' order.
    func fetchAll<Value: Sendable>(_ sources: [Source<Value>], atOnce width: Int, within span: TimeSpan) async -> [Fetched<Value>]
}

extension Fetching {
    /// Asks all of them at once within the deadline.
    public func fetchAll<Value: Sendable>(_ sources: [Source<Value>]) async -> [Fetched<Value>] {
        await fetchAll(sources, atOnce: .max, within: deadline)
    }
}

/// A value with the moment it speaks of.
public struct SourceValue<Value: Sendable>: Sendable {
    public let value: Value
    public let items: Int
    public let asOf: Timestamp?
    public init(_ value: Value, items: Int = 1, asOf: Timestamp? = nil) {
        self.value = value
        self.items = items
        self.asOf = asOf
    }
}

/// Something to fetch. `Value` is the caller's own enum if sources of several kinds run side by side.
public struct Source<Value: Sendable>: Sendable {
    public let name: String
    public let isRequired: Bool
    /// A reading older than this is stale; nil if age does not matter.
    public let maximumAge: TimeSpan?
    /// Why it is not asked at all, e.g. "no key"; nil if it is.
    public let skipped: String?
    public let fetch: @Sendable () async throws(FeedError) -> SourceValue<Value>

    public init(
        _ name: String, required isRequired: Bool, maximumAge: TimeSpan? = nil, skipped: String? = nil,
        fetch: @escaping @Sendable () async throws(FeedError) -> SourceValue<Value>
    ) {
        self.name = name
        self.isRequired = isRequired
        self.maximumAge = maximumAge
        self.skipped = skipped
        self.fetch = fetch
    }
}

/// A source's report and, if its status is `ok`, its value.
public struct Fetched<Value: Sendable>: Sendable {
    public let report: SourceReport
    public let value: Value?
    public init(report: SourceReport, value: Value?) {
        self.report = report
        self.value = value
    }
}
