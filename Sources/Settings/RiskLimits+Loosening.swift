// Which limits a change of settings loosens. A change within the ceiling is allowed and can still be a
// slip of the finger, so the caller that adopts it can warn loudly or ask a second time.
import Kernel

extension RiskLimits {
    /// The limits that allow more than `old` did, each with both values; empty if none does.
    public func loosened(from old: RiskLimits) -> [SettingProblem] {
        var list = ProblemList("risk")
        func compare<Value: Comparable>(_ key: String, _ path: KeyPath<RiskLimits, Value>, _ text: (Value) -> String, moreIsLooser: Bool = true) {
            let before = old[keyPath: path], now = self[keyPath: path]
            if moreIsLooser ? now > before : now < before { list.add(key, "\(text(now)) allows more than \(text(before))") }
        }
        compare("riskPerTrade", \.riskPerTrade) { $0.percentText }
        compare("heat", \.heat) { $0.percentText }
        compare("dailyLoss", \.dailyLoss) { $0.percentText }
        compare("drawdown", \.drawdown) { $0.percentText }
        compare("kellyFactor", \.kellyFactor) { $0.description }
        compare("maxOpenPositions", \.maxOpenPositions) { String($0) }
        compare("dailyLossAmount", \.dailyLossAmount) { $0.description }
        compare("concentrationInstrument", \.concentrationInstrument) { $0.percentText }
        compare("concentrationAll", \.concentrationAll) { $0.percentText }
        compare("lossStreak", \.lossStreak) { String($0) }
        compare("streakCoolDown", \.streakCoolDown, { $0.plainText }, moreIsLooser: false)
        compare("stoppedOutCoolDown", \.stoppedOutCoolDown, { $0.plainText }, moreIsLooser: false)
        compare("correlationLimit", \.correlationLimit) { $0.description }
        compare("probeRisk", \.probeRisk) { $0.percentText }
        compare("probeUntilTrades", \.probeUntilTrades) { String($0) }
        compare("drawdownConfidence", \.drawdownConfidence) { $0.percentText }
        return list.problems
    }
}
