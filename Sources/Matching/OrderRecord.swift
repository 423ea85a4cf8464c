// An order as the core keeps it, from its placement for ever.
public import Kernel
public import Market
public import Trading

/// Why an order is open no more.
public enum EndReason: String, Hashable, Sendable, CaseIterable {
    case filled
    /// By its owner, alone or with its list.
    case canceled
    /// The rest of an immediate-or-cancel order.
    case immediateOrCancel
    case fillOrKill
    /// A market order's rest: the book ran out.
    case noLiquidity
    /// A market order by quote amount whose amount buys no lot.
    case belowLot
    /// A triggered market buy that its lock and the free balance no longer pay.
    case noFunds
    case selfTrade
    /// The other leg of its OCO traded, triggered or expired.
    case otherLeg
    /// A pending leg whose working order expired.
    case workingEnded
    /// A pending leg that was refused when its turn came.
    case refusedOnTrigger
}

public struct OrderRecord: Hashable, Sendable {
    /// 1, 2, 3 ... over the whole venue.
    public let id: Int64
    public let listId: Int64?
    public let clientId: ClientOrderId
    public let account: ParticipantId
    public let symbol: Symbol
    public let side: Side
    public let kind: OrderKind
    public let prevention: SelfTradePrevention
    /// In base units; for a market order by quote amount what was executed.
    public internal(set) var quantity: Quantity
    public internal(set) var executed: Quantity = .zero
    /// The notionals of its trades, before fees.
    public internal(set) var executedQuote: FixedDecimal = .zero
    public internal(set) var status: VenueOrderStatus
    public let createdAt: Timestamp
    public internal(set) var updatedAt: Timestamp
    /// Since when it takes part in trading; nil while it waits for a trigger or its list.
    public internal(set) var workingAt: Timestamp?
    /// Ids of its trades in its symbol.
    public internal(set) var fills: [Int64] = []
    public internal(set) var endReason: EndReason?
    /// The id its owner gave the cancel.
    public internal(set) var cancelId: ClientOrderId?
    /// What it holds locked by itself: quote for a buy, base for a sell. The legs of an intact OCO hold nothing; their list does.
    public internal(set) var locked: FixedDecimal = .zero

    let market: Int
    var seat = Seat.none
    /// When it came to rest, as a number of the book; meaningful while it rests.
    var priority: Int64 = 0

    /// Where the core finds an open order.
    enum Seat: Hashable, Sendable { case none, pending, waiting, resting }

    public var isOpen: Bool { !status.isFinal }
    public var isWorking: Bool { workingAt != nil }
    /// Ordered in quote units, if it was a market order by amount.
    public var quoteAmount: FixedDecimal? {
        if case .market(.quote(let amount)) = kind { amount } else { nil }
    }
    public var remaining: Quantity { quantity - executed }
    /// The currency it gives: quote for a buy, base for a sell.
    var given: Currency { side == .buy ? symbol.quote : symbol.base }
}

extension OrderKind {
    /// What an order of this kind locks for so much of it: base for a sell, else quote at its price or trigger, rounded up.
    func need(_ side: Side, _ quantity: Quantity) -> FixedDecimal {
        guard side == .buy else { return quantity.value }
        guard let price = price ?? trigger else { preconditionFailure("a market order's need is what it will trade") }
        return quantity.value.times(price.value, rounding: .up)
    }
}
