// Whose money: paper money in this version, and only paper.
public import Kernel

public enum AccountMode: String, Codable, Sendable, CaseIterable {
    case paper
    /// Real money; refused by this version.
    case live
}

public struct AccountSettings: Hashable, Codable, Sendable {
    public var mode = AccountMode.paper
    /// What everything is bought with and counted in.
    public var quote = Currency.usdt
    /// What a paper account starts with, in quote units.
    public var startBalance: FixedDecimal = "1000"

    public init() {}

    public func problems() -> [SettingProblem] {
        var list = ProblemList("account")
        if mode == .live { list.add("mode", "live trading is not part of this version; use 'paper'") }
        list.require("startBalance", startBalance, in: "1"..."1000000000")
        return list.problems
    }
}
