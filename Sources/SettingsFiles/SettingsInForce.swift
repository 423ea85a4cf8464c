// The settings a long-running process goes by, between two cycles. Promise: a valid version is always
// in force. A broken file changes nothing; a new version is adopted when two looks in a row have
// found the same, so a file saved in two strokes is never adopted between them.
public import Settings

public struct SettingsInForce: Hashable, Sendable {
    public let configuration: LoadedConfiguration
    /// Names the version in force; journaled with each decision.
    public let hash: String
    /// Why the files as they are now are not in force; nil if they are or are about to be.
    public let problems: ConfigurationError?
    /// The hash of a valid version that was seen once.
    private let pending: String?

    public var settings: CarillonSettings { configuration.settings }

    /// The first version of a process. `hash` as in `LoadedConfiguration.version`.
    public init(_ configuration: LoadedConfiguration, hash: ([UInt8]) -> String) {
        self.init(configuration, configuration.version(hash: hash), nil, nil)
    }

    private init(_ configuration: LoadedConfiguration, _ hash: String, _ problems: ConfigurationError?, _ pending: String?) {
        self.configuration = configuration
        self.hash = hash
        self.problems = problems
        self.pending = pending
    }

    /// What is in force after another look at the files; `hash` as in `init`.
    public func adopting(_ look: Result<LoadedConfiguration, ConfigurationError>, hash: ([UInt8]) -> String) -> SettingsInForce {
        switch look {
        case .failure(let error):
            return SettingsInForce(configuration, self.hash, error, nil)
        case .success(let found) where !found.unusable.isEmpty:
            return SettingsInForce(configuration, self.hash, ConfigurationError(found.unusable), nil)
        case .success(let found):
            let version = found.version(hash: hash)
            if version == self.hash || version == pending { return SettingsInForce(found, version, nil, nil) }
            return SettingsInForce(configuration, self.hash, nil, version)
        }
    }
}
