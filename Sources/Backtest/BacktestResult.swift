// What a backtest found out: its trades and its money.
import Domain

/// A position from its purchase to its last sale.
public struct BacktestTrade: Hashable, Sendable {
    public enum Ending: String, CaseIterable, Sendable {
        case stop, trailing, target, signal
        /// The history ended.
        case end
    }
    /// Which of the histories.
    public let instrument: Int
    /// When it was bought.
    public let entry: Timestamp
    /// After slippage.
    public let entryPrice: Double
    /// The candle of the last sale: when it opened and when it closed.
    public let exit: Timestamp
    public let closed: Timestamp
    /// Of the last sale, after slippage.
    public let exitPrice: Double
    public let ending: Ending
    public let rungs: Int
    /// Bought, before any fee in base.
    public let quantity: Double
    /// After all costs, in quote.
    public let profit: FixedDecimal
}

/// Equity at the last close of a day.
public struct EquityMark: Hashable, Sendable {
    public let time: Timestamp
    public let equity: Double
}

public struct BacktestResult: Hashable, Sendable {
    /// In the order of their ends; empty where only counts were asked for.
    public internal(set) var trades: [BacktestTrade] = []
    public internal(set) var tradeCount = 0
    public internal(set) var wins = 0
    /// Rows at which the entry condition held, over all instruments, whatever a panel said of them.
    public internal(set) var signals = 0
    /// Entries that the account or the venue's rules refused, or that had no price in time.
    public internal(set) var refused = 0
    public internal(set) var finalEquity: FixedDecimal = .zero
    /// A mark a UTC day.
    public internal(set) var marks: [EquityMark] = []
    /// Rows over all instruments.
    public internal(set) var rows = 0
    /// Where exits were looked for in finer candles.
    public internal(set) var detail: BacktestDetail?
    /// What recorded answers came to; nil where none were given.
    public internal(set) var panel: PanelTally?
}

/// The finer candles of a run's exits.
public struct BacktestDetail: Hashable, Sendable {
    public let timeframe: Timeframe
    /// Rows over all instruments that were looked at whole, because one of their finer candles is missing.
    public let missing: Int
}
