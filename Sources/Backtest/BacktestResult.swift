// What a backtest found out: its trades and its money.
public import Kernel
public import Market

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
    /// What was paid for the part that is less than a lot: it is never sold, and a loss within `profit`.
    public let dust: FixedDecimal

    /// The profit over what was paid for the position, fees left aside; nil if that is nothing.
    public var share: Double? {
        let cost = quantity * entryPrice
        return cost > 0 ? profit.double / cost : nil
    }
}

/// Equity at the last close of a day.
public struct EquityMark: Hashable, Sendable {
    public let time: Timestamp
    public let equity: Double
}

public struct BacktestResult: Hashable, Sendable {
    /// In the order of their ends; empty if only counts were asked for.
    public internal(set) var trades: [BacktestTrade] = []
    public internal(set) var tradeCount = 0
    public internal(set) var wins = 0
    /// Rows at which the entry condition held, over all instruments, whatever a panel said of them.
    public internal(set) var signals = 0
    /// Entries that were not bought though their signals were given and there was room.
    public internal(set) var refusals = Refusals()
    /// What all trades lost as dust.
    public var dust: FixedDecimal { trades.reduce(.zero) { $0 + $1.dust } }
    public var refused: Int { refusals.count }
    public internal(set) var finalEquity: FixedDecimal = .zero
    /// A mark a UTC day.
    public internal(set) var marks: [EquityMark] = []
    /// Rows over all instruments.
    public internal(set) var rows = 0
    /// The finer candles in which exits were looked for, if there were any.
    public internal(set) var detail: BacktestDetail?
    /// What recorded answers came to; nil if none were given.
    public internal(set) var panel: PanelTally?
}

/// Why an entry is not bought.
enum Refusal: Error {
    /// The candle after the signal is missing: no price in time.
    case noPrice
    /// It costs more than the money that is free.
    case noMoney
    /// The venue's rules let no position so small be bought and sold in its parts.
    case tooSmall
}

/// How many entries were refused, by reason.
public struct Refusals: Hashable, Sendable {
    public private(set) var noPrice = 0
    public private(set) var noMoney = 0
    public private(set) var tooSmall = 0
    public var count: Int { noPrice + noMoney + tooSmall }

    mutating func add(_ refusal: Refusal) {
        switch refusal {
        case .noPrice: noPrice += 1
        case .noMoney: noMoney += 1
        case .tooSmall: tooSmall += 1
        }
    }
}

/// The finer candles of a run's exits.
public struct BacktestDetail: Hashable, Sendable {
    public let timeframe: Timeframe
    /// Rows over all instruments that were looked at whole, because one of their finer candles is missing.
    public let missing: Int
}
