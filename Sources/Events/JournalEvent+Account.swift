// What happened to the account as a whole: its money, its days, what keeps it from buying, and what a person is told.
public import Kernel
public import Market
public import Risk
public import Trading

public struct CashMoved: Hashable, Codable, Sendable {
    /// Positive for a deposit, negative for a withdrawal.
    public let amount: Money
    public let reason: String
    public let postings: [Posting]
    /// nil for the journal's own account, here and in other events.
    public let account: AccountId?
    public init(amount: Money, reason: String, account: AccountId? = nil) {
        self.amount = amount
        self.reason = reason
        self.account = account
        postings =
            amount.amount.isNegative
            ? Postings.withdrawal(Money(-amount.amount, amount.currency)) : Postings.deposit(amount)
    }
}

/// The baseline of the daily loss limit.
public struct TradingDayStarted: Hashable, Codable, Sendable {
    public let day: Timestamp
    public let equity: FixedDecimal
    public let account: AccountId?
    public init(day: Timestamp, equity: FixedDecimal, account: AccountId? = nil) {
        self.account = account
        self.day = day
        self.equity = equity
    }
}

public struct BreakerTripped: Hashable, Codable, Sendable {
    public let breaker: BreakerName
    public let cause: BreakerCause
    /// When it ends by itself; nil if a person must reset it.
    public let until: Timestamp?
    public let account: AccountId?
    public init(breaker: BreakerName, cause: BreakerCause, until: Timestamp?, account: AccountId? = nil) {
        self.account = account
        self.breaker = breaker
        self.cause = cause
        self.until = until
    }
}

public struct BreakerReset: Hashable, Codable, Sendable {
    public let breaker: BreakerName
    public let reason: String
    public let account: AccountId?
    public init(breaker: BreakerName, reason: String, account: AccountId? = nil) {
        self.account = account
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
    public let account: AccountId?
    public init(equity: FixedDecimal, cash: FixedDecimal, marks: [Mark], holdEverything: FixedDecimal?, account: AccountId? = nil) {
        self.account = account
        self.equity = equity
        self.cash = cash
        self.marks = marks
        self.holdEverything = holdEverything
    }
}

public struct MessageQueued: Hashable, Codable, Sendable {
    /// Consecutive: a gap is visible to the reader.
    public let number: Int
    /// Words are made when it is delivered or shown.
    public let message: Message

    public init(number: Int, _ message: Message) {
        self.number = number
        self.message = message
    }

    public var kind: MessageKind { message.kind }
}
