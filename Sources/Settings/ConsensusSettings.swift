// What counts as agreement, and how many picks survive it.
public import Kernel

public struct ConsensusSettings: Hashable, Codable, Sendable {
    /// Conviction from which a buy agrees and a sell opposes.
    public var floor: Ratio = "0.70"
    /// How many voters must agree.
    public var agreements = 2
    /// How many agreed instruments go to the gate.
    public var top = 3
    /// About how many shortlisted instruments decisions are asked, the best first.
    public var shortlist = 8

    public init() {}

    public func problems() -> [SettingProblem] {
        var list = ProblemList("consensus")
        list.require("floor", floor, in: "0.5"..."1")
        list.require("agreements", agreements, in: 1...20)
        list.require("top", top, in: 1...20)
        // The wire schema of a shortlist has room for eight.
        list.require("shortlist", shortlist, in: 1...8)
        return list.problems
    }
}
