// What a venue is asked to do. Each kind of order carries just the numbers it has: a market order cannot
// be given a price, nor a stop be sent without its trigger.
public import Kernel
public import Market

public enum TimeInForce: String, Codable, Sendable, CaseIterable {
    case goodTillCancel = "GTC"
    case immediateOrCancel = "IOC"
    case fillOrKill = "FOK"
}

/// How much a market order trades: so many coins, or coins for so much money.
public enum MarketAmount: Hashable, Sendable {
    case base(Quantity)
    /// In quote units, above zero.
    case quote(FixedDecimal)
}

public enum OrderKind: Hashable, Sendable {
    case market(MarketAmount)
    case limit(Quantity, price: Price, TimeInForce)
    /// A limit order that is refused if it would trade at once (post-only).
    case limitMaker(Quantity, price: Price)
    /// A market order once the last price is at or beyond `trigger` on the losing side: at or below it for a
    /// sell, at or above it for a buy.
    case stopLoss(Quantity, trigger: Price)
    case stopLossLimit(Quantity, trigger: Price, price: Price, TimeInForce)
    /// The same on the winning side: at or above `trigger` for a sell, at or below it for a buy.
    case takeProfit(Quantity, trigger: Price)
    case takeProfitLimit(Quantity, trigger: Price, price: Price, TimeInForce)

    public var type: OrderType {
        switch self {
        case .market: .market
        case .limit: .limit
        case .limitMaker: .limitMaker
        case .stopLoss: .stopLoss
        case .stopLossLimit: .stopLossLimit
        case .takeProfit: .takeProfit
        case .takeProfitLimit: .takeProfitLimit
        }
    }

    /// In base units; nil for a market order by quote amount.
    public var quantity: Quantity? {
        switch self {
        case .market(.base(let quantity)), .limit(let quantity, _, _), .limitMaker(let quantity, _), .stopLoss(let quantity, _),
            .stopLossLimit(let quantity, _, _, _), .takeProfit(let quantity, _), .takeProfitLimit(let quantity, _, _, _):
            quantity
        case .market(.quote): nil
        }
    }

    public var price: Price? {
        switch self {
        case .limit(_, let price, _), .limitMaker(_, let price), .stopLossLimit(_, _, let price, _), .takeProfitLimit(_, _, let price, _): price
        case .market, .stopLoss, .takeProfit: nil
        }
    }

    public var trigger: Price? {
        switch self {
        case .stopLoss(_, let trigger), .takeProfit(_, let trigger), .stopLossLimit(_, let trigger, _, _), .takeProfitLimit(_, let trigger, _, _):
            trigger
        case .market, .limit, .limitMaker: nil
        }
    }

    public var timeInForce: TimeInForce? {
        switch self {
        case .limit(_, _, let force), .stopLossLimit(_, _, _, let force), .takeProfitLimit(_, _, _, let force): force
        case .market, .limitMaker, .stopLoss, .takeProfit: nil
        }
    }
}

/// One order as a venue is asked for it.
public struct OrderRequest: Hashable, Sendable {
    public let id: ClientOrderId
    public let symbol: Symbol
    public let side: Side
    public let kind: OrderKind
    /// By our clock: a venue that has a rule for the age of requests refuses it afterwards, and it is not sent any more.
    public let validUntil: Timestamp?
    public init(id: ClientOrderId, symbol: Symbol, side: Side, kind: OrderKind, validUntil: Timestamp? = nil) {
        self.id = id
        self.symbol = symbol
        self.side = side
        self.kind = kind
        self.validUntil = validUntil
    }
}

/// One order of a list: its symbol is the list's.
public struct OrderLeg: Hashable, Sendable {
    public let id: ClientOrderId
    public let side: Side
    public let kind: OrderKind
    public init(id: ClientOrderId, side: Side, kind: OrderKind) {
        self.id = id
        self.side = side
        self.kind = kind
    }
}

/// Orders that hang together (FIX: contingency).
public struct OrderListRequest: Hashable, Sendable {
    public enum Contingency: Hashable, Sendable {
        /// One cancels the other: `above` rests above the market and `below` under it, for one quantity and side.
        case oneCancelsOther(above: OrderLeg, below: OrderLeg)
        /// `pending` is placed once `working` has filled completely.
        case oneTriggersOther(working: OrderLeg, pending: OrderLeg)
        /// An OCO that is placed once `working` has filled completely.
        case oneTriggersOneCancelsOther(working: OrderLeg, above: OrderLeg, below: OrderLeg)

        /// In the order in which they are placed.
        public var legs: [OrderLeg] {
            switch self {
            case .oneCancelsOther(let above, let below): [above, below]
            case .oneTriggersOther(let working, let pending): [working, pending]
            case .oneTriggersOneCancelsOther(let working, let above, let below): [working, above, below]
            }
        }
        public var kind: OrderListKind {
            switch self {
            case .oneCancelsOther: .oco
            case .oneTriggersOther: .oto
            case .oneTriggersOneCancelsOther: .otoco
            }
        }
    }

    public let id: ClientOrderId
    public let symbol: Symbol
    public let contingency: Contingency
    public init(id: ClientOrderId, symbol: Symbol, _ contingency: Contingency) {
        self.id = id
        self.symbol = symbol
        self.contingency = contingency
    }
}

public enum OrderListKind: String, Codable, Sendable, CaseIterable { case oco, oto, otoco }

/// How an order (or a list) is named when asked for or cancelled: by our id, by the venue's, or both.
public struct OrderReference: Hashable, Sendable {
    public enum Name: Hashable, Sendable {
        case client(ClientOrderId)
        case venue(VenueOrderId)
    }
    public let symbol: Symbol
    public let name: Name
    /// What kind of order it was, for venues that keep triggered orders in a book of their own; nil if not known.
    public let type: OrderType?
    public init(_ symbol: Symbol, _ name: Name, type: OrderType? = nil) {
        self.symbol = symbol
        self.name = name
        self.type = type
    }
}

/// A venue's own id of an order or a list: 1 to 64 visible ASCII characters.
public struct VenueOrderId: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    public let text: String
    public init?(_ text: String) {
        guard (1...64).contains(text.utf8.count), text.utf8.allSatisfy({ (33...126).contains($0) }) else { return nil }
        self.text = text
    }
    public init(_ number: Int64) { text = String(number) }
    public var description: String { text }
    public init(from decoder: any Decoder) throws {
        guard let id = VenueOrderId(try String(from: decoder)) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not a venue's order id"))
        }
        self = id
    }
    public func encode(to encoder: any Encoder) throws { try text.encode(to: encoder) }
    public static func < (a: VenueOrderId, b: VenueOrderId) -> Bool { a.text < b.text }
}
