// An order list as the core keeps it.
public import Kernel
public import Market
public import Trading

public struct OrderListRecord: Hashable, Sendable {
    /// 1, 2, 3 ... over the whole venue.
    public let id: Int64
    public let clientId: ClientOrderId
    public let account: ParticipantId
    public let symbol: Symbol
    public let kind: OrderListKind
    /// The legs in the order in which they were listed.
    public let orders: [Int64]
    /// Executing while any leg is open or pending.
    public internal(set) var status: VenueListStatus = .executing
    public let createdAt: Timestamp
    public internal(set) var updatedAt: Timestamp
    /// What an intact pair holds locked for both of its legs: quote for buys, base for sells.
    public internal(set) var locked: FixedDecimal = .zero

    let market: Int
    /// Both legs of the OCO stand and none has traded or triggered.
    var pairIsIntact = false

    var working: Int64? { kind == .oco ? nil : orders[0] }
    /// The legs that wait for the working order.
    var pending: ArraySlice<Int64> { kind == .oco ? [] : orders.dropFirst() }
    /// Above and below; nil for an OTO.
    var pair: (above: Int64, below: Int64)? { kind == .oto ? nil : (orders[orders.count - 2], orders[orders.count - 1]) }
}
