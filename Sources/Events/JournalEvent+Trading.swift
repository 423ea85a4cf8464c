// What happened to orders and positions, from the announcement of an order to the end of a trade.
public import Kernel
public import Market
public import Trading

public struct OrderSubmitted: Hashable, Codable, Sendable {
    public let order: Order
    /// The pending position of an entry; nil for an exit.
    public let position: Position?
    public let account: AccountId?
    public init(order: Order, position: Position? = nil, account: AccountId? = nil) {
        self.account = account
        self.order = order
        self.position = position
    }
}

/// The venue's answer, or our reading of its silence.
public struct OrderChanged: Hashable, Codable, Sendable {
    public let order: ClientOrderId
    public let event: OrderEvent
    public let detail: String
    public let fill: Fill?
    public let postings: [Posting]
    public init(order: ClientOrderId, event: OrderEvent, detail: String = "", fill: Fill? = nil) {
        self.order = order
        self.event = event
        self.detail = detail
        self.fill = fill
        postings = fill.map(Postings.fill) ?? []
    }
}

/// An entry has filled and its bracket is armed: one event, so that neither exists without the other.
public struct PositionOpened: Hashable, Codable, Sendable {
    public let trade: TradeId
    public let holding: Holding
    /// Dust that the bracket cannot cover.
    public let postings: [Posting]
    public init(trade: TradeId, symbol: Symbol, holding: Holding) {
        self.trade = trade
        self.holding = holding
        postings = Postings.dust(holding.bracket.dust, of: symbol.base)
    }
}

/// A reading of the candles that changed nothing but the watch: the hourly bookmark.
public struct PositionMarked: Hashable, Codable, Sendable {
    public let trade: TradeId
    public let watch: ExitWatch
    public init(trade: TradeId, watch: ExitWatch) {
        self.trade = trade
        self.watch = watch
    }
}

public struct PositionReduced: Hashable, Codable, Sendable {
    public let trade: TradeId
    public let order: ClientOrderId
    public let side: PositionSide
    public let reason: ExitReason
    public let quantity: Quantity
    public let price: Price
    public let fee: Money
    /// Received, less fees in quote.
    public let proceeds: FixedDecimal
    public let remaining: Quantity
    public init(
        trade: TradeId, order: ClientOrderId, reason: ExitReason, quantity: Quantity, price: Price, fee: Money,
        proceeds: FixedDecimal, remaining: Quantity, side: PositionSide = .long
    ) {
        self.trade = trade
        self.order = order
        self.side = side
        self.reason = reason
        self.quantity = quantity
        self.price = price
        self.fee = fee
        self.proceeds = proceeds
        self.remaining = remaining
    }

    /// A fee in base counts at the price of the sale; one in another asset waits for its value.
    func feeInQuote(of symbol: Symbol) -> FixedDecimal {
        switch fee.currency {
        case symbol.quote: fee.amount
        case symbol.base: fee.amount.times(price.value, rounding: .up)
        default: .zero
        }
    }
}

public struct EntryFailed: Hashable, Codable, Sendable {
    public let trade: TradeId
    public let symbol: Symbol
    public let why: String
    public init(trade: TradeId, symbol: Symbol, why: String) {
        self.trade = trade
        self.symbol = symbol
        self.why = why
    }
}

/// The record of a finished trade.
public struct TradeClosed: Hashable, Codable, Sendable {
    public let trade: TradeId
    public let symbol: Symbol
    public let cycle: CycleId
    public let panel: String
    public let side: PositionSide
    public let account: AccountId?
    public let openedAt: Timestamp
    public let closedAt: Timestamp
    public let entryPrice: Price
    /// Quantity-weighted mean of all exits.
    public let exitPrice: Price
    public let quantity: Quantity
    public let conviction: Ratio
    public let isProbe: Bool
    public let stop: Price
    public let targets: [Price]
    public let exits: [ExitReason]
    public let cost: FixedDecimal
    public let proceeds: FixedDecimal
    public let fees: FixedDecimal
    /// Proceeds less cost, after all fees.
    public let pnl: FixedDecimal
    /// pnl over the planned loss at the stop.
    public let rMultiple: Ratio
    /// Of the four ladder outcomes: 0 stop, 1 and 2 that many rungs then stop, 3 all; nil if a person ended it.
    public let outcome: Int?
    /// A person sold the last of it, or wrote it off.
    public var isByHand: Bool { exits.last == .manual || exits.last == .writtenOff }

    public init(
        trade: TradeId, symbol: Symbol, cycle: CycleId, panel: String, openedAt: Timestamp, closedAt: Timestamp,
        entryPrice: Price, exitPrice: Price, quantity: Quantity, conviction: Ratio, isProbe: Bool, stop: Price,
        targets: [Price], exits: [ExitReason], cost: FixedDecimal, proceeds: FixedDecimal, fees: FixedDecimal,
        pnl: FixedDecimal, rMultiple: Ratio, outcome: Int?, side: PositionSide = .long, account: AccountId? = nil
    ) {
        self.side = side
        self.account = account
        self.trade = trade
        self.symbol = symbol
        self.cycle = cycle
        self.panel = panel
        self.openedAt = openedAt
        self.closedAt = closedAt
        self.entryPrice = entryPrice
        self.exitPrice = exitPrice
        self.quantity = quantity
        self.conviction = conviction
        self.isProbe = isProbe
        self.stop = stop
        self.targets = targets
        self.exits = exits
        self.cost = cost
        self.proceeds = proceeds
        self.fees = fees
        self.pnl = pnl
        self.rMultiple = rMultiple
        self.outcome = outcome
    }
}
