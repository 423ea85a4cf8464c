// An order as it is journaled before anything leaves the machine, and what came of it.
public import Kernel
public import Market

public enum Side: String, Codable, Sendable { case buy, sell }

/// Which way a position gains; spot knows one.
public enum PositionSide: String, Codable, Sendable, CaseIterable { case long }
public enum OrderType: String, Codable, Sendable, CaseIterable {
    case market, limit, limitMaker, stopLoss, stopLossLimit, takeProfit, takeProfitLimit
}

/// Why a position, or a part of it, was sold.
public enum ExitReason: String, Codable, Sendable, CaseIterable {
    case stopLoss = "STOP_LOSS"
    case takeProfit1 = "TAKE_PROFIT_1"
    case takeProfit2 = "TAKE_PROFIT_2"
    case takeProfit3 = "TAKE_PROFIT_3"
    case trailingStop = "TRAILING_STOP"
    /// The exit condition of its strategy held.
    case signal = "SIGNAL"
    case manual = "MANUAL"
    case emergency = "EMERGENCY"
    /// Never sold: a person gave it up.
    case writtenOff = "WRITTEN_OFF"

    /// The reason of rung 0, 1 or 2.
    public static func rung(_ index: Int) -> ExitReason { [.takeProfit1, .takeProfit2, .takeProfit3][index] }
}

/// What an order is for.
public enum OrderRole: Hashable, Codable, Sendable {
    case entry
    case exit(ExitReason)
}

/// Our name of an order. The engine's are derived, never random, so that the same decision has the same id
/// after any crash, and are 1 to 32 letters and digits, which every venue takes.
public struct ClientOrderId: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    public let text: String
    public var description: String { text }

    /// The entry of a trade: `C` + the account's epoch + the trade + `E` + the attempt, e.g. `Ck7q2dT0003E1`.
    public static func entry(_ epoch: Epoch, _ trade: TradeId, attempt: Int = 1) -> ClientOrderId {
        ClientOrderId(epoch, trade, "E\(attempt)")
    }

    /// From a position and the order's number in its life, e.g. `Ck7q2dT0003X1`.
    public static func exit(_ epoch: Epoch, _ trade: TradeId, number: Int) -> ClientOrderId {
        ClientOrderId(epoch, trade, "X\(number)")
    }

    /// An id from elsewhere (a person, a venue): 1 to 36 of A-Z, a-z, 0-9, `-` and `_`.
    public init?(_ text: String) {
        guard (1...36).contains(text.utf8.count), text.utf8.allSatisfy({ Self.isAlphanumeric($0) || $0 == 45 || $0 == 95 }) else { return nil }
        self.text = text
    }

    /// Whether every venue takes it.
    public var isPortable: Bool { text.utf8.count <= 32 && text.utf8.allSatisfy(Self.isAlphanumeric) }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool { (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) }

    private init(_ epoch: Epoch, _ trade: TradeId, _ tail: String) {
        text = "C\(epoch)\(trade.text)\(tail)"
        precondition(text.utf8.count <= 32, "client order id too long: \(text)")
    }
    public init(from decoder: any Decoder) throws { text = try String(from: decoder) }
    public func encode(to encoder: any Encoder) throws { try text.encode(to: encoder) }
    public static func < (a: ClientOrderId, b: ClientOrderId) -> Bool { a.text < b.text }
}

/// `C2026010514`: the hour a cycle belongs to.
public struct CycleId: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    public let hour: Timestamp
    public init(hour: Timestamp) { self.hour = hour.floored(to: .minutes(1)) }
    /// `2026010514`, with minutes only if the interval is not whole hours.
    public var stamp: String {
        let c = hour.civil
        let head = "\(c.year.padded(4))\(c.month.padded(2))\(c.day.padded(2))\(c.hour.padded(2))"
        return c.minute == 0 ? head : head + c.minute.padded(2)
    }
    public var description: String { "C\(stamp)" }
    public init?(_ text: String) {
        let digits = text.hasPrefix("C") ? text.dropFirst() : Substring(text)
        guard digits.count == 10 || digits.count == 12, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        func part(_ from: Int, _ count: Int) -> Int { Int(digits.dropFirst(from).prefix(count)) ?? 0 }
        guard
            let hour = Timestamp(
                year: part(0, 4), month: part(4, 2), day: part(6, 2), hour: part(8, 2),
                minute: digits.count == 12 ? part(10, 2) : 0)
        else { return nil }
        self.hour = hour
    }
    public init(from decoder: any Decoder) throws {
        guard let id = CycleId(try String(from: decoder)) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not a cycle id"))
        }
        self = id
    }
    public func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }
    public static func < (a: CycleId, b: CycleId) -> Bool { a.hour < b.hour }
}

/// `T0003`: positions are numbered in the order of their entry.
public struct TradeId: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    public let number: Int
    public init(_ number: Int) { self.number = number }
    public var text: String { "T\(number.padded(4))" }
    public var description: String { text }
    public init?(_ text: String) {
        guard text.hasPrefix("T"), let number = Int(text.dropFirst()), number > 0 else { return nil }
        self.number = number
    }
    public init(from decoder: any Decoder) throws {
        guard let id = TradeId(try String(from: decoder)) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not a trade id"))
        }
        self = id
    }
    public func encode(to encoder: any Encoder) throws { try text.encode(to: encoder) }
    public static func < (a: TradeId, b: TradeId) -> Bool { a.number < b.number }
}

/// One order: all that is needed to send it, to ask for it again, and (on paper) to fill it.
public struct Order: Hashable, Codable, Sendable {
    public let id: ClientOrderId
    public let trade: TradeId
    public let symbol: Symbol
    public let side: Side
    public let type: OrderType
    public let role: OrderRole
    public let quantity: Quantity
    /// The price the decision was made at: the trigger of an exit, the last price of an entry.
    public let referencePrice: Price
    /// The grid its fill price is on.
    public let tickSize: FixedDecimal
    /// When it was journaled.
    public package(set) var createdAt: Timestamp
    /// After this the venue no longer takes it, by the order's own rule.
    public package(set) var validUntil: Timestamp
    /// The candle whose range triggered an exit; nil for market orders.
    public let triggerCandle: TriggerCandle?
    public private(set) var status: OrderStatus
    public package(set) var filled: Quantity

    public init(
        id: ClientOrderId, trade: TradeId, symbol: Symbol, side: Side, type: OrderType, role: OrderRole, quantity: Quantity,
        referencePrice: Price, tickSize: FixedDecimal = .ulp, createdAt: Timestamp, triggerCandle: TriggerCandle? = nil
    ) {
        self.id = id
        self.trade = trade
        self.symbol = symbol
        self.side = side
        self.type = type
        self.role = role
        self.quantity = quantity
        self.referencePrice = referencePrice
        self.tickSize = tickSize
        self.createdAt = createdAt
        validUntil = createdAt + Self.validity
        self.triggerCandle = triggerCandle
        self.status = .initialized
        self.filled = .zero
    }

    public var leavesQuantity: Quantity { quantity - min(quantity, filled) }

    /// From this moment on an order that the venue does not know was never there: its rule is checked by then, and its
    /// answers show what it took.
    public var absentFrom: Timestamp { validUntil + Self.readingLag }
    package static let validity = TimeSpan.seconds(20)
    private static let readingLag = TimeSpan.seconds(70)

    /// As a venue is asked for it.
    public var request: OrderRequest { OrderRequest(id: id, symbol: symbol, side: side, kind: .market(.base(quantity)), validUntil: validUntil) }
    public var reference: OrderReference { OrderReference(symbol, .client(id), type: .market) }

    /// Applies an event by the table; false, and no change, if it contradicts the state.
    /// - Parameter filled: how much is executed by now; nil if the event executes nothing.
    package mutating func handle(_ event: OrderEvent, filled: Quantity? = nil) -> Bool {
        guard let next = status.after(event) else { return false }
        status = next
        self.filled = filled ?? self.filled
        return true
    }
}

/// Which candle made an exit due.
public struct TriggerCandle: Hashable, Codable, Sendable {
    public let openTime: Timestamp
    public let timeframe: Timeframe
    public init(openTime: Timestamp, timeframe: Timeframe) {
        self.openTime = openTime
        self.timeframe = timeframe
    }
    public var closeTime: Timestamp { openTime + timeframe.duration }
}

/// One execution of an order.
public struct Fill: Hashable, Codable, Sendable {
    /// The venue's id of this execution, unique per symbol: a fill seen twice counts once.
    public let id: String
    public let order: ClientOrderId
    public let symbol: Symbol
    public let side: Side
    public let positionSide: PositionSide
    public let quantity: Quantity
    public let price: Price
    public let fee: Money
    /// When the venue says it happened.
    public let time: Timestamp

    public init(
        id: String, order: ClientOrderId, symbol: Symbol, side: Side, quantity: Quantity, price: Price, fee: Money, time: Timestamp,
        positionSide: PositionSide = .long
    ) {
        self.positionSide = positionSide
        self.id = id
        self.order = order
        self.symbol = symbol
        self.side = side
        self.quantity = quantity
        self.price = price
        self.fee = fee
        self.time = time
    }

    /// Quantity times price, exact to 12 places, rounded against us.
    public var notional: Money {
        .notional(quantity, at: price, in: symbol.quote, side == .buy ? .up : .down)
    }
}
