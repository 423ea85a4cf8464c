// How long trades lasted, and how much of the time at least one was open.
import Kernel

public enum TradeTimes {
    /// The mean of closed less opened, in milliseconds.
    public static func averageDuration(_ trades: [TradeOutcome]) -> Statistic {
        guard !trades.isEmpty else { return .absent(.noTrades) }
        let sum = trades.reduce(Int128(0)) { $0 + Int128($1.duration.milliseconds) }
        return Statistic(Double(sum) / Double(trades.count))
    }

    /// The share of the period in which one trade or more was open: overlaps count once, what lies outside not at all.
    public static func exposure(_ history: TradeHistory) -> Statistic {
        let start = history.period.lowerBound, end = history.period.upperBound
        guard end > start else { return .absent(.noTime) }
        var covered: Int64 = 0, until = start
        for trade in history.trades.sorted(by: { $0.openedAt < $1.openedAt }) {
            let from = max(until, trade.openedAt), to = min(end, trade.closedAt)
            guard to > from else { continue }
            covered += (to - from).milliseconds
            until = to
        }
        return .value(Double(covered) / Double((end - start).milliseconds))
    }
}
