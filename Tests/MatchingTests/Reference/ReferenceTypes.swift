// What the reference venue is made of: plain structs in plain arrays, nothing derived, nothing indexed.
// The only types it shares with the core it judges are the values of Kernel, Market and Trading.
import Kernel
import Market
import Trading

enum ReferenceRefusal: Error, Hashable {
    case unknownSymbol, marketClosed, unsupportedType, quoteAmountNotAllowed, invalidList, duplicateOrder, unknownOrder
    case wouldTriggerImmediately, wouldMatchImmediately, insufficientBalance
    case filter(InstrumentFilter)
}

enum ReferencePrevention: Hashable { case none, expireTaker, expireMaker, expireBoth }

enum ReferenceFeeAsset: Hashable {
    case received, quote
    /// A third currency; so many units of each quote currency buy one of it.
    case third(Currency, prices: [Currency: Price])
}

struct ReferenceAccount {
    var number: Int
    var maker: Ratio
    var taker: Ratio
    var payIn: ReferenceFeeAsset
}

/// All that an account has of a currency, locked or not. What is locked is never stored.
struct ReferenceHolding {
    var account: Int
    var currency: Currency
    var total: FixedDecimal
}

enum ReferenceReason: String, Hashable, CaseIterable {
    case filled, canceled, immediateOrCancel, fillOrKill, noLiquidity, belowLot, noFunds, selfTrade, otherLeg, workingEnded, refusedOnTrigger
}

struct ReferenceOrder {
    var id: Int64
    var list: Int64?
    var clientId: ClientOrderId
    var account: Int
    var symbol: Symbol
    var side: Side
    var kind: OrderKind
    var prevention: ReferencePrevention
    var executed = FixedDecimal.zero
    var executedQuote = FixedDecimal.zero
    var status = VenueOrderStatus.new
    var createdAt: Timestamp
    var updatedAt: Timestamp
    /// When it began to trade or to rest; nil while it waits for a trigger or for its list.
    var workingAt: Timestamp?
    /// Its place in the queue; nil while it is not in the book.
    var arrival: Int?
    /// Counts completed fills over the venue, so that lists go on in the order in which their working orders filled.
    var completion: Int?
    var reason: ReferenceReason?
    /// The id its owner gave the cancel.
    var cancelId: ClientOrderId?
    /// What a market order holds back while it is matched: all that it will give, base or quote. Others hold back
    /// what their price and rest say.
    var walk: FixedDecimal?
    /// What a fired stop that buys at market may spend in all.
    var budget: FixedDecimal?

    var isOpen: Bool { status == .new || status == .partiallyFilled || status == .pendingNew }
    /// Accepted, with a trigger that has not come.
    var waits: Bool { status == .new && kind.trigger != nil && workingAt == nil }
    var rests: Bool { isOpen && arrival != nil }
    /// Base units still to trade; nothing for a market order by quote amount, which has no such number.
    var remaining: FixedDecimal { (kind.quantity?.value ?? executed) - executed }
}

/// One price of the market account's ladder.
struct ReferenceQuote {
    var symbol: Symbol
    var side: Side
    var price: Price
    var remaining: FixedDecimal
    var arrival: Int
}

struct ReferenceList {
    var id: Int64
    var clientId: ClientOrderId
    var account: Int
    var symbol: Symbol
    var kind: OrderListKind
    /// In the order in which they are placed; the first one works where the list is an OTO or an OTOCO.
    var orders: [Int64]
    var createdAt: Timestamp
}

struct ReferenceTrade: Hashable {
    /// One side of it; the order is nil for the market's own quotes.
    struct Party: Hashable {
        var account: Int
        var order: Int64?
        var fee: Money
    }
    var id: Int64
    var symbol: Symbol
    var price: Price
    var quantity: FixedDecimal
    var notional: FixedDecimal
    var maker: Party
    var taker: Party
    var takerSide: Side
    var time: Timestamp
}
