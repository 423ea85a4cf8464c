// The checks of a new order that need no matching, in the order in which a venue names the first that fails.
import Kernel
import Market
import Trading

/// What an account asks for: one order, or a leg of a list.
struct Intent {
    let account: ParticipantId
    let market: Int
    let side: Side
    let kind: OrderKind
    let prevention: SelfTradePrevention
}

extension MatchingCore {
    func openMarket(_ symbol: Symbol) throws(Refusal) -> Int {
        let market = try index(of: symbol)
        guard markets[market].isTrading else { throw .marketClosed }
        return market
    }

    /// Type and numbers by the symbol's rules. A quantity or an amount of nothing breaks them too.
    func checkNumbers(_ intent: Intent) throws(Refusal) {
        let rules = markets[intent.market].rules
        guard rules.orderTypes.contains(intent.kind.type) else { throw .unsupportedType }
        if intent.kind.quantity?.isZero == true { throw .filter(.lot) }
        if case .market(.quote(let amount)) = intent.kind, !amount.isPositive { throw .filter(.notional) }
        if let broken = rules.violation(intent.side, intent.kind, average: markets[intent.market].averagePrice(at: now)) { throw .filter(broken) }
        if case .market(.quote) = intent.kind, !rules.allowsQuoteAmount { throw .quoteAmountNotAllowed }
    }

    /// Whether so many more orders stay within the symbol's counts.
    func checkCounts(_ kinds: [OrderKind], lists: Int, of account: ParticipantId, in market: Int) throws(Refusal) {
        let rules = markets[market].rules, own = markets[market].accounts[account] ?? AccountOrders()
        if let most = rules.maximumOrders, own.open.count + kinds.count > most { throw .filter(.maximumOrders) }
        let algos = kinds.count { $0.trigger != nil }
        if let most = rules.maximumAlgoOrders, algos > 0, own.algoCount + algos > most { throw .filter(.maximumAlgoOrders) }
        if let most = rules.maximumOrderLists, lists > 0, own.listCount + lists > most { throw .filter(.maximumOrderLists) }
    }

    /// Whether a buy keeps the account within the most base units it may own, open buys included.
    func checkPosition(_ intent: Intent) throws(Refusal) {
        guard intent.side == .buy, let most = markets[intent.market].rules.maximumPosition else { return }
        let held = account(intent.account)[markets[intent.market].symbol.base].total
        let ordered = (markets[intent.market].accounts[intent.account]?.open ?? []).reduce(FixedDecimal.zero) { $0 + openBuy($1) }
        let wanted = intent.kind.quantity?.value ?? plan(intent).base
        guard held + ordered + wanted <= most else { throw .filter(.maximumPosition) }
    }

    /// What an open order may still buy; of an intact pair the upper leg speaks for both.
    private func openBuy(_ id: Int64) -> FixedDecimal {
        let order = orders[id.slot]
        guard order.side == .buy, order.seat != .pending else { return .zero }
        if let list = order.listId.map({ lists[$0.slot] }), list.pairIsIntact, list.pair?.below == id { return .zero }
        return order.remaining.value
    }

    func checkClientIds(_ ids: [ClientOrderId], list: ClientOrderId? = nil, of account: ParticipantId) throws(Refusal) {
        let own = self.account(account)
        guard Set(ids).count == ids.count else { throw .duplicateOrder }
        for id in ids { if let newest = own.orders[id], orders[newest.slot].isOpen { throw .duplicateOrder } }
        if let list, let newest = own.lists[list], lists[newest.slot].status != .done { throw .duplicateOrder }
    }

    /// Whether the order would trigger, or as a post-only order trade, in the moment of its placement.
    func checkMarket(_ intent: Intent) throws(Refusal) {
        let market = markets[intent.market]
        if let trigger = intent.kind.trigger, let side = TriggerSide(intent.side, intent.kind), let price = market.referencePrice,
            side.isDue(trigger, at: price)
        {
            throw .wouldTriggerImmediately
        }
        if case .limitMaker(_, let price) = intent.kind, let best = market.book.opposite(intent.side).best?.price {
            guard intent.side == .buy ? price < best : price > best else { throw .wouldMatchImmediately }
        }
    }

    func checkFunds(_ intent: Intent) throws(Refusal) {
        let symbol = markets[intent.market].symbol
        let free = account(intent.account)[intent.side == .buy ? symbol.quote : symbol.base].free
        guard requirement(intent) <= free else { throw .insufficientBalance }
    }

    /// What must be free: the lock of an order that can rest or wait, and what a market order will trade.
    func requirement(_ intent: Intent) -> FixedDecimal {
        switch (intent.kind, intent.side) {
        case (.market(.base(let quantity)), .sell): quantity.value
        case (.market(.quote(let amount)), .buy): amount
        case (.market(.base), .buy): plan(intent).quote
        case (.market(.quote), .sell): plan(intent).base
        case (let kind, let side): kind.quantity.map { kind.need(side, $0) } ?? .zero
        }
    }

    private func plan(_ intent: Intent) -> MatchPlan {
        let wish: Wish =
            switch intent.kind {
            case .market(.quote(let amount)): .quote(amount)
            case let kind: .base(kind.quantity?.value ?? .zero)
            }
        return plan(
            Taker(account: intent.account, order: nil, side: intent.side, limit: intent.kind.price, wish: wish, prevention: intent.prevention),
            in: intent.market)
    }

    /// The account, which the caller vouches for.
    func account(_ id: ParticipantId) -> Account {
        guard let account = accounts[id] else { preconditionFailure("\(id) was never opened") }
        return account
    }
}
