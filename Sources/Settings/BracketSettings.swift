// The exits every entry gets: a stop below, a ladder of targets above, and a stop that trails.
// Promise: the shares of the ladder are exactly the whole, so exits can sum to what was bought.
public import Kernel

/// One target of the ladder.
public struct Rung: Hashable, Codable, Sendable {
    /// How far above the entry it stands.
    public var gain: Ratio
    /// The share of the position it sells.
    public var share: Ratio
    public init(gain: Ratio, share: Ratio) {
        self.gain = gain
        self.share = share
    }
}

public struct BracketSettings: Hashable, Codable, Sendable {
    /// How far below the entry the protective stop stands.
    public var stop: Ratio = "0.03"
    public var rungs = [Rung(gain: "0.03", share: "0.33"), Rung(gain: "0.05", share: "0.33"), Rung(gain: "0.08", share: "0.34")]
    /// How far below the high the trailing stop follows, once the first rung has filled.
    public var trailing: Ratio = "0.02"

    public init() {}

    public func problems() -> [SettingProblem] {
        var list = ProblemList("bracket")
        list.require("stop", stop, in: "0.001"..."0.2")
        list.require("trailing", trailing, in: "0.001"..."0.2")
        guard rungs.count == 3 else {
            list.add("rungs", "\(rungs.count) rungs found, the ladder has 3")
            return list.problems
        }
        for (index, rung) in rungs.enumerated() {
            list.require("rungs.\(index).gain", rung.gain, in: "0.001"..."1")
            list.require("rungs.\(index).share", rung.share, in: "0.01"..."1")
            if index > 0, rung.gain <= rungs[index - 1].gain {
                list.add("rungs.\(index).gain", "\(rung.gain.percentText) is not above the rung before, \(rungs[index - 1].gain.percentText)")
            }
        }
        let sum = Ratio(rungs.reduce(.zero) { $0 + $1.share.value })
        if sum != .one { list.add("rungs", "the shares sum to \(sum.percentText), they must sum to exactly 100 %") }
        return list.problems
    }
}
