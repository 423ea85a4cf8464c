// What further fills of an order do, and what a fee in another asset was worth.
public import Kernel
public import Market
public import Trading

/// More of an entry that is held already has arrived: the whole holding as it is now, bracket included.
public struct PositionIncreased: Hashable, Codable, Sendable {
    public let trade: TradeId
    public let holding: Holding
    /// The dust that this bracket leaves beyond what the one before left; it can be less.
    public let postings: [Posting]
    public init(trade: TradeId, from before: Holding, to holding: Holding) {
        self.trade = trade
        self.holding = holding
        postings = Postings.dust(changing: holding.bracket.dust.value - before.bracket.dust.value, of: holding.instrument.symbol.base)
    }
}

/// A fee was taken in neither of the pair's assets: what it counts at.
public struct FeeValued: Hashable, Codable, Sendable {
    public let fill: String
    public let order: ClientOrderId
    public let trade: TradeId
    public let side: Side
    public let fee: Money
    /// In the pair's quote units, rounded against us.
    public let value: FixedDecimal
    /// Of one unit of the fee's asset, and whose word it is.
    public let price: Price
    public let source: String

    /// nil if the product is no amount.
    public init?(_ fee: UnvaluedFee, price: Price, source: String) {
        guard let value = fee.fee.amount.checkedTimes(price.value, rounding: .up) else { return nil }
        (fill, order, trade, side, self.fee) = (fee.fill, fee.order, fee.trade, fee.side, fee.fee)
        self.value = value
        self.price = price
        self.source = source
    }
}

/// A fee that waits for its value.
public struct UnvaluedFee: Hashable, Codable, Sendable {
    public let fill: String
    public let order: ClientOrderId
    public let trade: TradeId
    public let side: Side
    public let fee: Money
    /// The pair in which the fee's asset has a price in quote units.
    public let pair: Symbol

    /// A fill's id is unique in its instrument alone.
    static func key(_ order: ClientOrderId, _ fill: String) -> String { "\(order):\(fill)" }
    var key: String { Self.key(order, fill) }

    /// nil if the fee needs no price.
    init?(_ fill: Fill, of trade: TradeId) {
        guard !fill.fee.amount.isZero, fill.fee.currency != fill.symbol.base, fill.fee.currency != fill.symbol.quote else { return nil }
        (self.fill, order, self.trade, side, fee) = (fill.id, fill.order, trade, fill.side, fill.fee)
        pair = Symbol(fill.fee.currency, fill.symbol.quote)
    }
}

extension AccountBook {
    mutating func apply(_ increased: PositionIncreased) throws(Contradiction) {
        ledger.post(increased.postings)
        try update(increased.trade) { position throws(Contradiction) in
            try position.move(.fillEntry)
            position.holding = increased.holding
        }
    }

    /// A fee of a trade that has ended meanwhile still lessens what it came to.
    mutating func apply(_ valued: FeeValued) throws(Contradiction) {
        guard unvaluedFees.removeValue(forKey: UnvaluedFee.key(valued.order, valued.fill)) != nil else { throw .noSuchFee(valued.fill) }
        guard let position = positions.values.first(where: { $0.trade == valued.trade && $0.holding != nil }) else {
            record.fees += valued.value
            record.pnl -= valued.value
            return
        }
        try update(position.trade) { position in
            position.holding?.fees += valued.value
            if valued.side == .buy { position.holding?.cost += valued.value } else { position.holding?.proceeds -= valued.value }
        }
    }
}
