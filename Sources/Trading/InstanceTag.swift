// The strategy behind a position, as its name and version say it.

/// Which strategy opened a position, as the journal keeps it.
public struct InstanceTag: Hashable, Codable, Sendable, CustomStringConvertible {
    public let name: String
    public let strategy: String
    public let version: Int

    public init(name: String, strategy: String, version: Int) {
        self.name = name
        self.strategy = strategy
        self.version = version
    }

    /// `trend-1 (trend-following version 2)`, or shorter if the two names are one.
    public var description: String { name == strategy ? "\(name) version \(version)" : "\(name) (\(strategy) version \(version))" }
}
