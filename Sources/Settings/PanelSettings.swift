// Who is asked. Without a model key the panel is four indicator rules; prompts and indicators may
// sit in it together.
import Kernel

/// One seat of the panel.
public struct AnalystSettings: Hashable, Codable, Sendable {
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// A rule compiled into the program.
        case indicator
        /// A file of the prompts folder, answered by a model.
        case prompt
    }

    /// The rule's name, or the prompt file's name without its ending.
    public var name: String
    public var kind: Kind
    public var role: AnalystRole
    /// Prompts only: the provider's model id.
    public var model: String?
    /// Prompts only: nil is `models.provider`.
    public var provider: ModelProvider?

    public init(_ name: String, _ kind: Kind, _ role: AnalystRole, model: String? = nil, provider: ModelProvider? = nil) {
        self.name = name
        self.kind = kind
        self.role = role
        self.model = model
        self.provider = provider
    }
}

public struct PanelSettings: Hashable, Codable, Sendable {
    public var analysts = [
        AnalystSettings("trend", .indicator, .voter), AnalystSettings("momentum", .indicator, .voter),
        AnalystSettings("meanReversion", .indicator, .voter), AnalystSettings("volatilityRisk", .indicator, .guardian)
    ]

    public init() {}

    /// The indicator rules there are, with the only role each may have.
    public static let indicators: [(name: String, role: AnalystRole)] = [
        ("trend", .voter), ("momentum", .voter), ("meanReversion", .voter), ("volatilityRisk", .guardian)
    ]

    /// `agreements` is how many voters must agree: a panel with fewer voters could never trade.
    public func problems(agreements: Int) -> [SettingProblem] {
        var list = ProblemList("panel")
        if analysts.count > 20 { list.add("", "\(analysts.count) analysts found, at most 20 are asked") }
        var seen: Set<String> = []
        for (index, analyst) in analysts.enumerated() {
            if !seen.insert(analyst.name).inserted { list.add("\(index).name", "\(Echo.quoted(analyst.name)) sits on the panel twice") }
            for (key, message) in Self.problems(of: analyst) { list.add("\(index).\(key)", message) }
        }
        let voters = analysts.count { $0.role == .voter }
        if voters < agreements { list.add("", "\(voters) voters found, consensus.agreements needs at least \(agreements)") }
        return list.problems.map { $0.key == "panel." ? SettingProblem("panel", $0.message) : $0 }
    }

    private static func problems(of analyst: AnalystSettings) -> [(key: String, message: String)] {
        switch analyst.kind {
        case .indicator:
            guard let rule = indicators.first(where: { $0.name == analyst.name }) else {
                return [("name", "no indicator is called \(Echo.quoted(analyst.name)); there are \(indicators.map(\.name).joined(separator: ", "))")]
            }
            if rule.role != analyst.role { return [("role", "\(Echo.quoted(analyst.name)) is a \(rule.role.rawValue)")] }
            if analyst.model != nil { return [("model", "an indicator has no model")] }
            return analyst.provider != nil ? [("provider", "an indicator has no provider")] : []
        case .prompt:
            let plain = analyst.name.utf8.allSatisfy { (97...122).contains($0 | 32) || (48...57).contains($0) || $0 == 45 || $0 == 95 }
            if !plain || !(1...64).contains(analyst.name.utf8.count) {
                return [("name", "a prompt's name has 1 to 64 letters, digits, '-' and '_'")]
            }
            if analyst.name == "candidates", analyst.role != .voter { return [("role", "'candidates' is a voter")] }
            if analyst.name == "risk", analyst.role != .guardian { return [("role", "'risk' is a guard")] }
            return []
        }
    }
}
