// What a simulated fill costs (paper, demo, backtest).
public import Kernel

public struct FillSettings: Hashable, Codable, Sendable {
    /// Of the notional; taken in the base asset on a buy.
    public var fee: Ratio = "0.001"
    /// Adverse, on every fill.
    public var slippage: Ratio = "0.001"

    public init() {}

    public func problems() -> [SettingProblem] {
        var list = ProblemList("fills")
        list.require("fee", fee, in: "0"..."0.05")
        list.require("slippage", slippage, in: "0"..."0.05")
        return list.problems
    }
}
