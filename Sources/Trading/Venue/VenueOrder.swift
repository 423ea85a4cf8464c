// What a venue says: of an order, a list, its executions, the account. Values as given, exact; what we make
// of them is the engine's.
public import Kernel
public import Market

/// Where a venue says an order stands.
public enum VenueOrderStatus: Hashable, Sendable {
    /// The request was taken; what became of the order must be asked for (venues whose answer is a receipt).
    case acknowledged
    /// A leg that waits for its list's working order.
    case pendingNew
    case new
    case partiallyFilled
    case filled
    case canceled
    /// Ended by the venue: rest of an IOC, no liquidity, the other leg of an OCO, self-trade prevention. May have fills.
    case expired
    case rejected
    /// A word this program does not know. Never guessed: treated as not knowing.
    case unrecognised(String)

    /// Nothing more is expected.
    public var isFinal: Bool {
        switch self {
        case .filled, .canceled, .expired, .rejected: true
        case .acknowledged, .pendingNew, .new, .partiallyFilled, .unrecognised: false
        }
    }
}

/// One execution as the venue books it.
public struct VenueFill: Hashable, Sendable {
    /// Unique per venue and symbol: a trade seen twice counts once.
    public let id: String
    public let order: VenueOrderId
    public let symbol: Symbol
    public let side: Side
    public let quantity: Quantity
    public let price: Price
    /// Charged in base, in quote, or in a third asset; negative for a rebate.
    public let fee: Money
    public let isMaker: Bool?
    /// nil if the answer does not say (executions inside an order's answer).
    public let time: Timestamp?

    public init(
        id: String, order: VenueOrderId, symbol: Symbol, side: Side, quantity: Quantity, price: Price, fee: Money, isMaker: Bool?, time: Timestamp?
    ) {
        self.id = id
        self.order = order
        self.symbol = symbol
        self.side = side
        self.quantity = quantity
        self.price = price
        self.fee = fee
        self.isMaker = isMaker
        self.time = time
    }
}

/// One order as the venue knows it.
public struct VenueOrder: Hashable, Sendable {
    public var id: VenueOrderId
    /// nil if a person placed it without one, or with one outside our alphabet.
    public var clientId: ClientOrderId?
    /// The list it belongs to.
    public var list: VenueOrderId?
    public var symbol: Symbol
    public var side: Side?
    public var type: OrderType?
    public var timeInForce: TimeInForce?
    public var status: VenueOrderStatus
    /// Ordered, in base units; zero or nil if it was ordered by quote amount and nothing is known yet.
    public var quantity: Quantity?
    /// Ordered, in quote units, if it was a market order by amount.
    public var quoteQuantity: FixedDecimal?
    public var price: Price?
    public var trigger: Price?
    public var executedQuantity: Quantity
    /// What the executed quantity cost or brought, before fees, in quote units; nil if the venue does not say.
    public var executedQuote: FixedDecimal?
    /// Executions that came with the answer; an empty list says nothing.
    public var trades: [VenueFill]
    /// Why the venue ended it, in its own words; nil if it did not or does not say.
    public var reason: String?
    public var time: Timestamp?

    public init(
        id: VenueOrderId, clientId: ClientOrderId?, list: VenueOrderId? = nil, symbol: Symbol, side: Side? = nil, type: OrderType? = nil,
        timeInForce: TimeInForce? = nil, status: VenueOrderStatus, quantity: Quantity? = nil, quoteQuantity: FixedDecimal? = nil, price: Price? = nil,
        trigger: Price? = nil, executedQuantity: Quantity = .zero, executedQuote: FixedDecimal? = nil, trades: [VenueFill] = [],
        reason: String? = nil, time: Timestamp? = nil
    ) {
        self.id = id
        self.clientId = clientId
        self.list = list
        self.symbol = symbol
        self.side = side
        self.type = type
        self.timeInForce = timeInForce
        self.status = status
        self.quantity = quantity
        self.quoteQuantity = quoteQuantity
        self.price = price
        self.trigger = trigger
        self.executedQuantity = executedQuantity
        self.executedQuote = executedQuote
        self.trades = trades
        self.reason = reason
        self.time = time
    }

    /// Executed quote over executed base, to 12 places; nil while nothing is executed or the venue does not say.
    public var averagePrice: Price? {
        guard let executedQuote, !executedQuantity.isZero else { return nil }
        return executedQuote.checkedDivided(by: executedQuantity.value, rounding: .nearest).flatMap { Price($0) }
    }
}

public enum VenueListStatus: Hashable, Sendable {
    case executing
    case done
    case rejected
    case unrecognised(String)
}

/// An order list as the venue knows it.
public struct VenueOrderList: Hashable, Sendable {
    public struct Leg: Hashable, Sendable {
        public let id: VenueOrderId
        public let clientId: ClientOrderId?
        public init(id: VenueOrderId, clientId: ClientOrderId?) {
            self.id = id
            self.clientId = clientId
        }
    }
    public let id: VenueOrderId
    public let clientId: ClientOrderId?
    public let symbol: Symbol
    /// nil if the venue's word for it is not known. Venues may call an OTOCO an OTO.
    public let kind: OrderListKind?
    public let status: VenueListStatus
    /// In the venue's order.
    public let legs: [Leg]
    /// The legs as orders, if the answer has them.
    public let orders: [VenueOrder]
    public let time: Timestamp?

    public init(
        id: VenueOrderId, clientId: ClientOrderId?, symbol: Symbol, kind: OrderListKind?, status: VenueListStatus, legs: [Leg],
        orders: [VenueOrder], time: Timestamp?
    ) {
        self.id = id
        self.clientId = clientId
        self.symbol = symbol
        self.kind = kind
        self.status = status
        self.legs = legs
        self.orders = orders
        self.time = time
    }
}

/// What an account holds.
public struct VenueAccount: Hashable, Sendable {
    public struct Balance: Hashable, Sendable {
        /// An asset as the venue names it; not every name is in our alphabet.
        public let asset: String
        public let free: FixedDecimal
        public let locked: FixedDecimal
        public init(asset: String, free: FixedDecimal, locked: FixedDecimal) {
            self.asset = asset
            self.free = free
            self.locked = locked
        }
        public var total: FixedDecimal { free + locked }
    }
    /// In the order of their names.
    public let balances: [Balance]
    public let canTrade: Bool
    /// Shares of the notional; nil if the venue gives them elsewhere.
    public let makerFee: Ratio?
    public let takerFee: Ratio?
    public init(balances: [Balance], canTrade: Bool, makerFee: Ratio? = nil, takerFee: Ratio? = nil) {
        self.balances = balances.sorted { $0.asset < $1.asset }
        self.canTrade = canTrade
        self.makerFee = makerFee
        self.takerFee = takerFee
    }
    public func balance(of currency: Currency) -> Balance? { balances.first { $0.asset == currency.code } }
}

/// What a key may do, as the venue says; nil if it does not.
public struct KeyRestrictions: Hashable, Sendable {
    public let mayRead: Bool?
    public let mayTradeSpot: Bool?
    /// `carillon account` advises against a key that may withdraw (fault 98).
    public let mayWithdraw: Bool?
    public let mayTransfer: Bool?
    public let isBoundToAddresses: Bool?
    public init(mayRead: Bool?, mayTradeSpot: Bool?, mayWithdraw: Bool?, mayTransfer: Bool?, isBoundToAddresses: Bool?) {
        self.mayRead = mayRead
        self.mayTradeSpot = mayTradeSpot
        self.mayWithdraw = mayWithdraw
        self.mayTransfer = mayTransfer
        self.isBoundToAddresses = isBoundToAddresses
    }
}

/// Orders found open. A human may trade what we have no word for: such instruments are named, not dropped.
public struct OpenOrders: Hashable, Sendable {
    public let orders: [VenueOrder]
    /// The venue's names of instruments outside our alphabet that have open orders.
    public let foreign: [String]
    public init(orders: [VenueOrder], foreign: [String] = []) {
        self.orders = orders
        self.foreign = foreign
    }
}
