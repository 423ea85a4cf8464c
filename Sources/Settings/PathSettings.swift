// Where the other files are: absolute, or relative to the configuration file's folder.

public struct PathSettings: Hashable, Codable, Sendable {
    public var risk = "risk.yaml"
    public var prompts = "../prompts"
    public var strategies = "strategies"

    public init() {}

    public func problems() -> [SettingProblem] {
        var list = ProblemList("")
        for (key, path) in [("risk", risk), ("prompts", prompts), ("strategies", strategies)]
        where path.isEmpty || path.utf8.count > 1_024 || path.utf8.contains(0) {
            list.add(key, "a path has 1 to 1024 characters")
        }
        return list.problems
    }
}
