// What an incoming order will do to the book, worked out before anything is done: the same plan answers
// "can it be paid?" and is then carried out, so that the two never differ.
import Kernel
import Trading

/// How much an incoming order still wants.
enum Wish: Hashable {
    case base(FixedDecimal)
    /// Base, as far as so much quote reaches.
    case baseWithin(FixedDecimal, budget: FixedDecimal)
    case quote(FixedDecimal)

    var isFulfilled: Bool {
        switch self {
        case .base(let rest), .baseWithin(let rest, _), .quote(let rest): rest.isZero
        }
    }

    /// The most base it takes at a price, in whole lots if money decides.
    func most(at price: Price, lot: FixedDecimal) -> FixedDecimal {
        switch self {
        case .base(let rest): rest
        case .baseWithin(let rest, let budget): min(rest, Self.lots(for: budget, at: price, lot))
        case .quote(let rest): Self.lots(for: rest, at: price, lot)
        }
    }

    mutating func take(_ quantity: FixedDecimal, _ notional: FixedDecimal) {
        switch self {
        case .base(let rest): self = .base(rest - quantity)
        case .baseWithin(let rest, let budget): self = .baseWithin(rest - quantity, budget: budget - notional)
        case .quote(let rest): self = .quote(rest - notional)
        }
    }

    private static func lots(for amount: FixedDecimal, at price: Price, _ lot: FixedDecimal) -> FixedDecimal {
        // More than a decimal holds is more than any order has.
        (amount.checkedDivided(by: price.value, rounding: .down) ?? Quantity.ceiling).rounded(toMultipleOf: lot, .down)
    }
}

/// An order that comes to the book.
struct Taker {
    let account: ParticipantId
    /// nil for a quote of the market.
    let order: Int64?
    let side: Side
    /// No trade happens beyond it; nil for a market order.
    let limit: Price?
    let wish: Wish
    let prevention: SelfTradePrevention

    func accepts(_ price: Price) -> Bool {
        guard let limit else { return true }
        return side == .buy ? price <= limit : price >= limit
    }

    func prevents(_ entry: BookEntry) -> Bool { prevention != .none && entry.account == account && entry.order != nil }
}

struct MatchPlan {
    enum Step {
        case trade(BookEntry, Price, quantity: FixedDecimal, notional: FixedDecimal)
        /// The taker's own order, ended by self-trade prevention.
        case expire(order: Int64)
    }
    enum Stop { case fulfilled, bookEnded, lessThanALot, selfTrade }

    private(set) var steps: [Step] = []
    private(set) var base = FixedDecimal.zero
    private(set) var quote = FixedDecimal.zero
    private(set) var stop = Stop.bookEnded

    /// - Parameter lot: the grid of quantities if money decides how much.
    init(_ taker: Taker, in book: OrderBook, lot: FixedDecimal) {
        var wish = taker.wish
        for level in book.opposite(taker.side).bestFirst {
            guard taker.accepts(level.price) else { return }
            for entry in level.entries {
                if taker.prevents(entry) {
                    if taker.prevention.expiresMaker, let order = entry.order { steps.append(.expire(order: order)) }
                    guard taker.prevention.expiresTaker else { continue }
                    stop = .selfTrade
                    return
                }
                take(entry, level.price, &wish, lot)
                guard stop == .bookEnded else { return }
            }
        }
        if case .quote = wish, case .trade(_, let price, _, _) = steps.last(where: \.isTrade), wish.most(at: price, lot: lot).isZero {
            stop = .fulfilled
        }
    }

    private mutating func take(_ entry: BookEntry, _ price: Price, _ wish: inout Wish, _ lot: FixedDecimal) {
        let quantity = min(entry.rest, wish.most(at: price, lot: lot))
        guard quantity.isPositive else {
            stop = .lessThanALot
            return
        }
        let notional = quantity.times(price.value, rounding: .down)
        steps.append(.trade(entry, price, quantity: quantity, notional: notional))
        base = base + quantity
        quote = quote + notional
        wish.take(quantity, notional)
        // A taker that leaves a maker standing goes to no other: the order is complete, or its money buys no further lot here.
        if wish.isFulfilled { stop = .fulfilled } else if quantity < entry.rest { stop = .lessThanALot }
    }
}

extension MatchPlan.Step {
    fileprivate var isTrade: Bool { if case .trade = self { true } else { false } }
}
