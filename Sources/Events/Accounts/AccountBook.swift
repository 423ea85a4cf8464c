// One account as the journal's entries have left it: its money, its orders, what it holds, and what keeps it from buying. The
// paper money of a journal is one account, and real money another.
public import Kernel
import Market
public import Risk
public import Trading

public struct AccountBook: Hashable, Codable, Sendable {
    public internal(set) var id: AccountId
    public internal(set) var quote: Currency
    /// Stands in the ids of its orders.
    public internal(set) var epoch: Epoch
    public internal(set) var ledger = Ledger()
    /// Orders that are not finished, by client order id.
    public internal(set) var orders: [String: Order] = [:]
    /// What was executed of each known order, by client order id; an order without a fill is not there.
    public internal(set) var executed: [String: Executed] = [:]
    /// Orders that have ended, for as long as their venue may still speak of them, by client order id.
    public internal(set) var ended: [String: EndedOrder] = [:]
    /// What an entry that failed would have opened, by its trade: it may fill all the same.
    public internal(set) var failedEntries: [String: Position] = [:]
    /// Fees in other assets that nobody has valued yet, by order and fill.
    public internal(set) var unvaluedFees: [String: UnvaluedFee] = [:]
    /// Positions that are pending or hold coins, by symbol.
    public internal(set) var positions: [String: Position] = [:]
    public internal(set) var breakers: [String: TrippedBreaker] = [:]
    public internal(set) var baselines = Baselines()
    public internal(set) var record = TradeRecordSummary()
    /// When a symbol was last stopped out.
    public internal(set) var stoppedOut: [String: Timestamp] = [:]
    public internal(set) var lastEquity: FixedDecimal?
    /// The newest journaled price of what is held: what it is valued at while it has none.
    public internal(set) var lastMarks: [String: Price] = [:]

    init(_ id: AccountId, quote: Currency = .usdt, epoch: Epoch = .none) {
        self.id = id
        self.quote = quote
        self.epoch = epoch
    }
}

/// What losses are measured from; adjusted for deposits and withdrawals.
public struct Baselines: Hashable, Codable, Sendable {
    public internal(set) var day: Timestamp?
    public internal(set) var dayEquity: FixedDecimal?
    public internal(set) var highWaterMark: FixedDecimal?
    /// All deposits less all withdrawals.
    public internal(set) var deposited = FixedDecimal.zero
    public internal(set) var firstDepositAt: Timestamp?

    mutating func start(_ started: TradingDayStarted) {
        day = started.day
        dayEquity = started.equity
        highWaterMark = max(highWaterMark ?? started.equity, started.equity)
    }
}

/// Closed trades in numbers, kept small for ever.
public struct TradeRecordSummary: Hashable, Codable, Sendable {
    public internal(set) var closed = 0
    public internal(set) var won = 0
    /// Losses in a row, now.
    public internal(set) var losingStreak = 0
    public internal(set) var pnl = FixedDecimal.zero
    public internal(set) var fees = FixedDecimal.zero
    /// The four ladder outcomes, by panel.
    public internal(set) var outcomes: [String: [Int]] = [:]

    public func outcomes(of panel: String) -> [Int] { outcomes[panel] ?? [0, 0, 0, 0] }
    /// Trades of a panel that count as evidence.
    public func closed(of panel: String) -> Int { outcomes(of: panel).reduce(0, +) }
}
