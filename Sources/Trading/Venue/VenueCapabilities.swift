// What a venue can do, as a value the engine asks before it plans: an ability that is missing is a fact at
// start and no surprise in the middle of an exit.
public import Kernel

public struct VenueCapabilities: Hashable, Sendable {
    /// What the answer to a placed order is worth.
    public enum Acknowledgement: Hashable, Sendable {
        /// Status and fills are in the answer.
        case execution
        /// A receipt only: the order must be asked for before anything is known of it.
        case receipt
    }
    /// What keeps a client order id from being taken twice.
    public enum ClientIdUniqueness: Hashable, Sendable {
        /// Refused while the first order is open; afterwards the same id makes a second order.
        case amongOpenOrders
        /// Refused for ever.
        case forever
        /// Nothing is documented: ask first, always.
        case undocumented
    }

    public var acknowledgement: Acknowledgement
    public var orderTypes: Set<OrderType>
    public var orderLists: Set<OrderListKind>
    /// Whether a market buy is sized in base, in quote, or either.
    public var marketBuyInBase: Bool
    public var marketBuyInQuote: Bool
    /// Orders with a trigger live in a book of their own, with ids and calls of their own.
    public var hasAlgoBook: Bool
    /// A resting stop locks the coins it would sell, so two stops cannot cover the same coins.
    public var stopsLockBalance: Bool
    public var canReplace: Bool
    public var clientIds: ClientIdUniqueness
    public var maximumClientIdLength: Int
    /// Whether `-` and `_` may stand in a client order id; letters and digits always may.
    public var clientIdsTakeDashes: Bool
    /// Executions can be listed with their fees; if not, an order's answer is all there is.
    public var listsTrades: Bool
    public var tellsTime: Bool
    public var tellsKeyRestrictions: Bool
    /// For how long after it was stamped a request can still be taken; nil if the venue has no such rule.
    public var requestLifetime: TimeSpan?
    /// Its memory is our own journal: what was called off there never was, whatever an answer under way says.
    public var remembersByJournal: Bool

    public init(
        acknowledgement: Acknowledgement, orderTypes: Set<OrderType>, orderLists: Set<OrderListKind>, marketBuyInBase: Bool, marketBuyInQuote: Bool,
        hasAlgoBook: Bool, stopsLockBalance: Bool, canReplace: Bool, clientIds: ClientIdUniqueness, maximumClientIdLength: Int,
        clientIdsTakeDashes: Bool,
        listsTrades: Bool, tellsTime: Bool, tellsKeyRestrictions: Bool, requestLifetime: TimeSpan?,
        remembersByJournal: Bool = false
    ) {
        self.acknowledgement = acknowledgement
        self.orderTypes = orderTypes
        self.orderLists = orderLists
        self.marketBuyInBase = marketBuyInBase
        self.marketBuyInQuote = marketBuyInQuote
        self.hasAlgoBook = hasAlgoBook
        self.stopsLockBalance = stopsLockBalance
        self.canReplace = canReplace
        self.clientIds = clientIds
        self.maximumClientIdLength = maximumClientIdLength
        self.clientIdsTakeDashes = clientIdsTakeDashes
        self.listsTrades = listsTrades
        self.tellsTime = tellsTime
        self.tellsKeyRestrictions = tellsKeyRestrictions
        self.requestLifetime = requestLifetime
        self.remembersByJournal = remembersByJournal
    }

    /// Whether this venue takes the id; derived ids (`ClientOrderId.entry`, `.exit`) fit every venue.
    public func takes(_ id: ClientOrderId) -> Bool {
        id.text.utf8.count <= maximumClientIdLength && (clientIdsTakeDashes || id.isPortable)
    }
}
