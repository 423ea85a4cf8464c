// An order comes to the book: it trades with the best prices first, then rests or ends.
import Kernel
import Trading

extension MatchingCore {
    /// Matches an order that is active from now on.
    mutating func enter(_ id: Int64, inPair: Bool = false) {
        orders[id.slot].workingAt = now
        orders[id.slot].updatedAt = now
        let order = orders[id.slot]
        let taker = taker(order)
        if order.kind.timeInForce == .fillOrKill, !isAvailable(taker, in: order.market) { return end(id, .expired, .fillOrKill) }
        let plan = plan(taker, in: order.market)
        if !inPair { setLock(id, lock(of: order, plan)) }
        carryOut(plan, for: taker, in: order.market)
        finish(id, plan.stop)
    }

    func plan(_ taker: Taker, in market: Int) -> MatchPlan {
        MatchPlan(taker, in: markets[market].book, lot: markets[market].rules.lot.step ?? .ulp)
    }

    /// A market order that was triggered buys as far as its lock and the free balance reach.
    private func taker(_ order: OrderRecord) -> Taker {
        let remaining = order.remaining.value
        let wish: Wish =
            if let amount = order.quoteAmount {
                .quote(amount)
            } else if order.kind.trigger != nil, order.kind.price == nil, order.side == .buy {
                .baseWithin(remaining, budget: order.locked + account(order.account)[order.given].free)
            } else {
                .base(remaining)
            }
        return Taker(account: order.account, order: order.id, side: order.side, limit: order.kind.price, wish: wish, prevention: order.prevention)
    }

    /// What the order holds while it is matched.
    private func lock(of order: OrderRecord, _ plan: MatchPlan) -> FixedDecimal {
        switch (order.kind, order.side) {
        case (.market(.quote(let amount)), .buy): amount
        case (.market(.quote), .sell): plan.base
        case (let kind, .buy) where kind.price == nil: plan.quote
        case (let kind, let side): kind.need(side, order.remaining)
        }
    }

    /// Whether all of the order rests within its limit; own orders count.
    private func isAvailable(_ taker: Taker, in market: Int) -> Bool {
        guard case .base(var rest) = taker.wish else { return true }
        for level in markets[market].book.opposite(taker.side).bestFirst where taker.accepts(level.price) {
            rest = rest - level.total
            if !rest.isPositive { return true }
        }
        return false
    }

    mutating func carryOut(_ plan: MatchPlan, for taker: Taker, in market: Int) {
        for step in plan.steps {
            switch step {
            case .trade(let maker, let price, let quantity, let notional): trade(taker, maker, price, quantity, notional, in: market)
            case .expire(let order): end(order, .expired, .selfTrade)
            }
        }
    }

    /// Rests or ends an order that has had its trades.
    private mutating func finish(_ id: Int64, _ stop: MatchPlan.Stop) {
        let order = orders[id.slot]
        switch order.kind {
        case .market(.quote):
            let isFilled = stop == .fulfilled || stop == .lessThanALot && !order.executed.isZero
            isFilled ? end(id, .filled, .filled) : end(id, .expired, reason(stop, otherwise: .belowLot))
        case _ where order.remaining.isZero: end(id, .filled, .filled)
        case .market, .stopLoss, .takeProfit: end(id, .expired, reason(stop, otherwise: .noFunds))
        case _ where stop == .selfTrade: end(id, .expired, .selfTrade)
        case .limit(_, let price, let force), .stopLossLimit(_, _, let price, let force), .takeProfitLimit(_, _, let price, let force):
            switch force {
            case .goodTillCancel: rest(id, at: price)
            case .immediateOrCancel: end(id, .expired, .immediateOrCancel)
            case .fillOrKill: end(id, .expired, .fillOrKill)
            }
        case .limitMaker(_, let price): rest(id, at: price)
        }
    }

    private func reason(_ stop: MatchPlan.Stop, otherwise: EndReason) -> EndReason {
        switch stop {
        case .selfTrade: .selfTrade
        case .bookEnded: .noLiquidity
        case .fulfilled, .lessThanALot: otherwise
        }
    }

    private mutating func rest(_ id: Int64, at price: Price) {
        let order = orders[id.slot]
        orders[id.slot].seat = .resting
        orders[id.slot].priority = markets[order.market].book.rest(id, order.account, order.side, order.remaining.value, at: price)
    }
}
