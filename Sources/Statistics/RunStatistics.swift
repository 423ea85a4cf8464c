// Every figure of a run in one value, in a fixed order: what terminal, JSON, CSV and pages all iterate.

/// How a figure's number is to be read.
public enum StatisticUnit: String, Sendable {
    case ratio
    /// A share: 0.01 is one percent.
    case percent = "share"
    /// A whole number of periods.
    case periods
    /// A whole number of trades.
    case trades
    /// Milliseconds.
    case duration
    /// Of the account's currency.
    case money
}

public struct RunStatistics: Sendable {
    public struct Row: Hashable, Sendable {
        /// The key in JSON and CSV.
        public let name: String
        /// Words for people.
        public let title: String
        public let unit: StatisticUnit
        public let value: Statistic
    }

    public let rows: [Row]
    public let monthly: MonthlyReturns

    /// - Parameters:
    ///   - periodsPerYear: above 0; nil if nobody knows; then no annual figure exists.
    ///   - trades: nil if the run is known by its returns only; then it has no rows of trades.
    ///   - trials: how often it was tried before; nil if nobody counted; then nothing can be deflated.
    public init(_ series: ReturnSeries, periodsPerYear: Double?, trades: TradeHistory? = nil, trials: Trials? = nil) {
        let figures = ReturnFigures(series, periodsPerYear: periodsPerYear, trials: trials)
        var rows = ReturnStatistic.allCases.map { Row(name: $0.rawValue, title: $0.title, unit: $0.unit, value: figures[$0]) }
        if let trades {
            let figures = TradeFigures(trades)
            rows += TradeStatistic.allCases.map { Row(name: $0.rawValue, title: $0.title, unit: $0.unit, value: figures[$0]) }
        }
        self.rows = rows
        monthly = MonthlyReturns(series)
    }

    public subscript(_ name: ReturnStatistic) -> Statistic? { value(name.rawValue) }
    public subscript(trade name: TradeStatistic) -> Statistic? { value(name.rawValue) }
    private func value(_ name: String) -> Statistic? { rows.first { $0.name == name }?.value }
}
