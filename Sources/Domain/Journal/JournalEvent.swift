// Everything that is ever remembered, as one closed list. The journal is these events in order; every
// other table is a reading of them. An event holds no wall-clock fact beyond the moment it speaks of,
// so that a run that was killed and resumed writes the same events.

public enum JournalEvent: Hashable, Sendable {
    case journalOpened(JournalOpened)
    case cashMoved(CashMoved)
    case tradingDayStarted(TradingDayStarted)
    case cycleOpened(CycleOpened)
    case cycleMissed(CycleMissed)
    case snapshotTaken(SnapshotTaken)
    case callReserved(CallReserved)
    case callSettled(CallSettled)
    case opinionsGiven(OpinionsGiven)
    case decided(Decided)
    case strategyJudged(StrategyJudged)
    case orderSubmitted(OrderSubmitted)
    case orderChanged(OrderChanged)
    case positionOpened(PositionOpened)
    case positionMarked(PositionMarked)
    case positionReduced(PositionReduced)
    case positionWrittenOff(PositionWrittenOff)
    case entryFailed(EntryFailed)
    case tradeClosed(TradeClosed)
    case breakerTripped(BreakerTripped)
    case breakerReset(BreakerReset)
    case killSwitchSet(KillSwitchSet)
    case clockCorrected(ClockCorrected)
    case troubleBegan(TroubleBegan)
    case troubleEnded(TroubleEnded)
    case equityMarked(EquityMarked)
    case cycleClosed(CycleClosed)
    case messageQueued(MessageQueued)
}

/// What a journal is of: a second identity on the same journal is refused.
public struct JournalOpened: Hashable, Codable, Sendable {
    /// `synthetic:7`, `candles:<folder name>`, `binance`: which world the prices come from.
    public let world: String
    /// The virtual start of a demo; nil where time is real.
    public let start: Timestamp?
    /// `paper`.
    public let mode: String
    public let quote: Currency
    public init(world: String, start: Timestamp?, mode: String, quote: Currency) {
        self.world = world
        self.start = start
        self.mode = mode
        self.quote = quote
    }
}

public struct CashMoved: Hashable, Codable, Sendable {
    /// Positive for a deposit, negative for a withdrawal.
    public let amount: Money
    public let reason: String
    public let postings: [Posting]
    public init(amount: Money, reason: String) {
        self.amount = amount
        self.reason = reason
        postings = amount.amount.isNegative
            ? Postings.withdrawal(Money(-amount.amount, amount.currency)) : Postings.deposit(amount)
    }
}

/// The baseline of the daily loss limit.
public struct TradingDayStarted: Hashable, Codable, Sendable {
    public let day: Timestamp
    public let equity: FixedDecimal
    public init(day: Timestamp, equity: FixedDecimal) {
        self.day = day
        self.equity = equity
    }
}

public struct CycleOpened: Hashable, Codable, Sendable {
    public let cycle: CycleId
    public let codeVersion: String
    public let settingsHash: String
    public let riskHash: String
    public let promptSetHash: String
    public let deadline: Timestamp
    /// The venue's clock less ours, in milliseconds; nil where the venue tells no time.
    public let clockOffset: Int64?
    /// True where this cycle makes up for an hour that was late.
    public let isCatchUp: Bool
    public init(cycle: CycleId, codeVersion: String, settingsHash: String, riskHash: String, promptSetHash: String,
                deadline: Timestamp, clockOffset: Int64?, isCatchUp: Bool) {
        self.cycle = cycle
        self.codeVersion = codeVersion
        self.settingsHash = settingsHash
        self.riskHash = riskHash
        self.promptSetHash = promptSetHash
        self.deadline = deadline
        self.clockOffset = clockOffset
        self.isCatchUp = isCatchUp
    }
}

public struct CycleMissed: Hashable, Codable, Sendable {
    public let first: CycleId
    public let last: CycleId
    public let count: Int
    public let why: String
    public init(first: CycleId, last: CycleId, count: Int, why: String) {
        self.first = first
        self.last = last
        self.count = count
        self.why = why
    }
}

public struct OpinionsGiven: Hashable, Codable, Sendable {
    /// How often an offered instrument reached the ladder's outcomes on its own candles: what a conviction is
    /// later held against.
    public struct BaseRate: Hashable, Codable, Sendable {
        public let symbol: Symbol
        /// Stop, one rung then out, ..., all.
        public let rates: [Double]
        public let windowStart: Timestamp
        public let windowEnd: Timestamp
        public init(symbol: Symbol, rates: [Double], windowStart: Timestamp, windowEnd: Timestamp) {
            self.symbol = symbol
            self.rates = rates
            self.windowStart = windowStart
            self.windowEnd = windowEnd
        }
    }
    public let cycle: CycleId
    public let opinions: [Opinion]
    /// For every offered instrument, in the order it was shown.
    public let baseRates: [BaseRate]
    /// The map from conviction to odds in force: its intercept and slope.
    public let map: [Double]
    /// Hours after which an opinion is judged.
    public let horizon: Int
    public init(cycle: CycleId, opinions: [Opinion], baseRates: [BaseRate] = [], map: [Double] = [], horizon: Int = 24) {
        self.cycle = cycle
        self.opinions = opinions
        self.baseRates = baseRates
        self.map = map
        self.horizon = horizon
    }
}

public struct OrderSubmitted: Hashable, Codable, Sendable {
    public let order: Order
    /// The pending position of an entry; nil for an exit.
    public let position: Position?
    public init(order: Order, position: Position? = nil) {
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
    public let reason: ExitReason
    public let quantity: Quantity
    public let price: Price
    public let fee: Money
    /// Received, less fees in quote.
    public let proceeds: FixedDecimal
    public let remaining: Quantity
    public init(trade: TradeId, order: ClientOrderId, reason: ExitReason, quantity: Quantity, price: Price, fee: Money,
                proceeds: FixedDecimal, remaining: Quantity) {
        self.trade = trade
        self.order = order
        self.reason = reason
        self.quantity = quantity
        self.price = price
        self.fee = fee
        self.proceeds = proceeds
        self.remaining = remaining
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
    /// Of the four ladder outcomes: 0 stop, 1 and 2 that many rungs then stop, 3 all; nil where a person ended it.
    public let outcome: Int?
    /// A person sold the last of it, or wrote it off.
    public var isByHand: Bool { exits.last == .manual || exits.last == .writtenOff }

    public init(trade: TradeId, symbol: Symbol, cycle: CycleId, panel: String, openedAt: Timestamp, closedAt: Timestamp,
                entryPrice: Price, exitPrice: Price, quantity: Quantity, conviction: Ratio, isProbe: Bool, stop: Price,
                targets: [Price], exits: [ExitReason], cost: FixedDecimal, proceeds: FixedDecimal, fees: FixedDecimal,
                pnl: FixedDecimal, rMultiple: Ratio, outcome: Int?) {
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

public struct BreakerTripped: Hashable, Codable, Sendable {
    public let breaker: BreakerName
    public let why: String
    /// When it ends by itself; nil where a person must reset it.
    public let until: Timestamp?
    public init(breaker: BreakerName, why: String, until: Timestamp?) {
        self.breaker = breaker
        self.why = why
        self.until = until
    }
}

public struct BreakerReset: Hashable, Codable, Sendable {
    public let breaker: BreakerName
    public let reason: String
    public init(breaker: BreakerName, reason: String) {
        self.breaker = breaker
        self.reason = reason
    }
}

public struct KillSwitchSet: Hashable, Codable, Sendable {
    public let engaged: Bool
    public let reason: String
    public init(engaged: Bool, reason: String) {
        self.engaged = engaged
        self.reason = reason
    }
}

/// Equity at a moment, hour by hour.
public struct EquityMarked: Hashable, Codable, Sendable {
    public struct Mark: Hashable, Codable, Sendable {
        public let symbol: Symbol
        public let price: Price
        public let quantity: Quantity
        public init(symbol: Symbol, price: Price, quantity: Quantity) {
            self.symbol = symbol
            self.price = price
            self.quantity = quantity
        }
    }
    public let equity: FixedDecimal
    public let cash: FixedDecimal
    public let marks: [Mark]
    /// The worth, now, of one unit of quote put equally on every offered instrument at the journal's start.
    public let holdEverything: FixedDecimal?
    public init(equity: FixedDecimal, cash: FixedDecimal, marks: [Mark], holdEverything: FixedDecimal?) {
        self.equity = equity
        self.cash = cash
        self.marks = marks
        self.holdEverything = holdEverything
    }
}

public struct MessageQueued: Hashable, Codable, Sendable {
    /// Consecutive: a gap is visible to the reader.
    public let number: Int
    public let kind: MessageKind
    public let html: String
    public let plain: String
    public init(number: Int, kind: MessageKind, html: String, plain: String) {
        self.number = number
        self.kind = kind
        self.html = html
        self.plain = plain
    }
}
