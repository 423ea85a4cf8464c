// What a person is told, as values: numbers first, words when they are rendered.
public import Kernel
public import Market
public import Risk
public import Trading

public enum Message: Hashable, Codable, Sendable {
    case summary(HourlyReport)
    case entry(EntryNotice)
    case exit(ExitNotice)
    case breaker(BreakerNotice)
    case troubleBegan(Trouble)
    /// What it was, and how it ended.
    case troubleEnded(Trouble, how: String, at: Timestamp)
    case critical(BreakerCause)
    case notice(Notice)
    /// Queued by a version that made the words at once.
    case worded(MessageKind, MessageText)

    public var kind: MessageKind {
        switch self {
        case .summary(let report): report.isUrgent ? .urgentSummary : .summary
        case .entry: .entry
        case .exit: .exit
        case .breaker: .breaker
        case .troubleBegan(let trouble): trouble.kind.isUrgent ? .critical : .notice
        case .troubleEnded: .notice
        case .critical: .critical
        case .notice: .notice
        case .worded(let kind, _): kind
        }
    }
}

public struct EntryNotice: Hashable, Codable, Sendable {
    public let trade: TradeId
    public let cycle: CycleId
    public let symbol: Symbol
    public let quote: Currency
    public let mode: String
    public let tick: FixedDecimal
    public let quantity: Quantity
    public let price: Price
    public let cost: FixedDecimal
    public let stop: Price
    public let stopDistance: Ratio
    public let targets: [Price]
    public let risk: FixedDecimal
    public let riskShare: Ratio
    public let isProbe: Bool
    /// Voters in the panel's order.
    public let votes: [PanelVote]
    /// Whose rules bought it; nil for the panel.
    public let strategy: InstanceTag?

    public init(
        trade: TradeId, cycle: CycleId, symbol: Symbol, quote: Currency, mode: String, tick: FixedDecimal,
        quantity: Quantity, price: Price, cost: FixedDecimal, stop: Price, stopDistance: Ratio, targets: [Price],
        risk: FixedDecimal, riskShare: Ratio, isProbe: Bool, votes: [PanelVote], strategy: InstanceTag? = nil
    ) {
        self.trade = trade
        self.cycle = cycle
        self.symbol = symbol
        self.quote = quote
        self.mode = mode
        self.tick = tick
        self.quantity = quantity
        self.price = price
        self.cost = cost
        self.stop = stop
        self.stopDistance = stopDistance
        self.targets = targets
        self.risk = risk
        self.riskShare = riskShare
        self.isProbe = isProbe
        self.votes = votes
        self.strategy = strategy
    }
}

public struct ExitNotice: Hashable, Codable, Sendable {
    public let trade: TradeId
    public let symbol: Symbol
    public let quote: Currency
    public let tick: FixedDecimal
    public let reason: ExitReason
    public let quantity: Quantity
    public let price: Price
    /// Of this part, after fees, in quote units and as a share of what it cost.
    public let pnl: FixedDecimal
    public let pnlShare: Ratio
    public let remaining: Quantity
    public let trailingOffset: Ratio?
    public let isTrailing: Bool
    /// Set with the last exit.
    public let closed: TradeClosed?
    /// What no whole lot holds, as a share of what was bought: it is paid for and never sold, so it counts as lost.
    public let dust: Quantity
    public let dustShare: Ratio

    public init(
        trade: TradeId, symbol: Symbol, quote: Currency, tick: FixedDecimal, reason: ExitReason, quantity: Quantity,
        price: Price, pnl: FixedDecimal, pnlShare: Ratio, remaining: Quantity, trailingOffset: Ratio?,
        isTrailing: Bool, closed: TradeClosed?, dust: Quantity = .zero, dustShare: Ratio = .zero
    ) {
        self.dust = dust
        self.dustShare = dustShare
        self.trade = trade
        self.symbol = symbol
        self.quote = quote
        self.tick = tick
        self.reason = reason
        self.quantity = quantity
        self.price = price
        self.pnl = pnl
        self.pnlShare = pnlShare
        self.remaining = remaining
        self.trailingOffset = trailingOffset
        self.isTrailing = isTrailing
        self.closed = closed
    }
}

public struct BreakerNotice: Hashable, Codable, Sendable {
    public let breaker: BreakerName
    public let cause: BreakerCause
    public let until: Timestamp?
    public let openPositions: Int

    public init(breaker: BreakerName, cause: BreakerCause, until: Timestamp?, openPositions: Int) {
        self.breaker = breaker
        self.cause = cause
        self.until = until
        self.openPositions = openPositions
    }
}
