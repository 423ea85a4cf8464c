// Everything a page about a backtest tells: the run's own facts, and its yardstick. No clock, no chance: the
// same run gives the same page.
public import Backtest
public import Kernel
public import Market
public import Statistics
public import Strategies

public struct BacktestPage: Sendable {
    let strategy: Strategy
    /// Where the strategy was read from, in words.
    let source: String
    let values: [(name: String, value: FixedDecimal)]
    let terms: TradeTerms
    let histories: [CandleHistory]
    let result: BacktestResult
    /// nil if the checks were left out.
    let leaks: LeakFindings?
    let statistics: RunStatistics
    let hold: BuyAndHold
    /// The share of the capital that was at work on average.
    let exposure: Double
    let gaps: Gaps
    /// How often the strategy was tried, in words; nil if nobody counts.
    let trials: String?

    /// - Parameter values: those of the strategy's parameters, in its order.
    public init(
        _ strategy: Strategy, source: String, values: [(name: String, value: FixedDecimal)], terms: TradeTerms, histories: [CandleHistory],
        result: BacktestResult, statistics: RunStatistics, leaks: LeakFindings?, trials: String? = nil
    ) {
        (self.strategy, self.source, self.values, self.terms) = (strategy, source, values, terms)
        (self.histories, self.result, self.statistics, self.leaks) = (histories, result, statistics, leaks)
        hold = BuyAndHold(histories, terms, at: result.marks.map(\.time))
        gaps = Gaps(histories, result.trades)
        self.trials = trials
        exposure = result.exposure(capital: terms.capital, over: Self.span(histories))
    }

    var span: ClosedRange<Int64> { Self.span(histories) }

    private static func span(_ histories: [CandleHistory]) -> ClosedRange<Int64> {
        let first = histories.compactMap(\.openTime.first).min() ?? 0
        return
            first...max(
                first, histories.compactMap { history in history.openTime.last.map { $0 + history.timeframe.duration.milliseconds } }.max() ?? first)
    }

    /// The currency all markets are quoted in; empty if they differ.
    var currency: String {
        let codes = Set(histories.map(\.instrument.symbol.quote.code))
        return codes.count == 1 ? codes.first ?? "" : ""
    }

    var gapWords: GapWords { GapWords(gaps, of: histories, trades: result.tradeCount) }

    var holdWords: HoldWords {
        HoldWords(run: result.finalEquity.double / terms.capital.double - 1, hold: hold.statistics[.totalReturn]?.double ?? 0, exposure: exposure)
    }

    func row(_ name: String) -> RunStatistics.Row? { statistics.rows.first { $0.name == name } }
}
