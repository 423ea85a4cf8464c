// What an analyst says about one instrument: the value every later stage works on.
public import Kernel
public import Market
public import Settings

/// What an analyst would do. `abstain` is the only answer that is not one.
public enum Action: String, Codable, Sendable, CaseIterable {
    case buy, hold, sell, abstain
}

/// One analyst's opinion of one offered instrument in one cycle.
public struct Opinion: Hashable, Codable, Sendable {
    public let analyst: String
    public let role: AnalystRole
    /// Vendor and model, or `indicators`: analysts of one family are not independent.
    public let family: String
    public let symbol: Symbol
    public let action: Action
    /// As stated, 0 to 1; never a probability. nil if the analyst abstains.
    public let conviction: Ratio?
    public let reason: String
    /// Why there is no opinion; nil if there is one.
    public let abstainReason: String?

    public init(
        analyst: String, role: AnalystRole, family: String, symbol: Symbol, action: Action,
        conviction: Ratio, reason: String
    ) {
        precondition(action != .abstain, "an abstention has a reason, not a conviction")
        self.analyst = analyst
        self.role = role
        self.family = family
        self.symbol = symbol
        self.action = action
        self.conviction = conviction
        self.reason = reason
        self.abstainReason = nil
    }

    public init(abstaining analyst: String, role: AnalystRole, family: String, symbol: Symbol, because why: String) {
        self.analyst = analyst
        self.role = role
        self.family = family
        self.symbol = symbol
        self.action = .abstain
        self.conviction = nil
        self.reason = ""
        self.abstainReason = why
    }
}
