// What the same money would have become without any strategy: the yardstick beside every equity curve.
public import Kernel
public import Market
public import Statistics
public import Strategies
import Trading

/// Equal parts for every market, each spent at its market's first close with the run's costs, and then held.
/// What a market that begins later is to get lies still until then; selling at the end is not counted.
public struct BuyAndHold: Sendable {
    /// At the moments of the run's marks.
    public let marks: [EquityMark]
    public let statistics: RunStatistics

    public init(_ histories: [CandleHistory], _ terms: TradeTerms, at moments: [Timestamp]) {
        let capital = terms.capital.double, part = capital / Double(max(1, histories.count))
        let kept = (1 - terms.costs.fee.double) / (1 + terms.costs.slippage.double)
        var equity = Array(repeating: histories.isEmpty ? capital : 0, count: moments.count)
        for history in histories {
            var row = -1
            for (index, moment) in moments.enumerated() {
                while row + 1 < history.count, history.openTime[row + 1] <= moment.milliseconds { row += 1 }
                equity[index] += row < 0 ? part : part * kept / history.close[0] * history.close[row]
            }
        }
        marks = zip(moments, equity).map { EquityMark(time: $0, equity: $1) }
        let series = marks.returns(from: capital)
        statistics = RunStatistics(series, periodsPerYear: Annualisation.days(series.times))
    }
}
