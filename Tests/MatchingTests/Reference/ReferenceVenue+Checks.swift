// What a new order must pass: one function a question, asked in the venue's order by those who place.
import Kernel
import Market
import Trading

extension ReferenceVenue {
    /// The rules of kind and number, for an order on its own and for every leg of a list.
    func checkKind(_ symbol: Symbol, _ side: Side, _ kind: OrderKind) throws(ReferenceRefusal) {
        if !rules(of: symbol)!.orderTypes.contains(kind.type) { throw .unsupportedType }
        if let filter = brokenNumberRule(symbol, side, kind) { throw .filter(filter) }
        if case .market(.quote) = kind, !rules(of: symbol)!.allowsQuoteAmount { throw .quoteAmountNotAllowed }
    }

    /// The rules of count, for orders that are placed together.
    func checkCounts(_ account: Int, _ symbol: Symbol, _ kinds: [OrderKind], isList: Bool) throws(ReferenceRefusal) {
        let rules = rules(of: symbol)!
        let open = orders.filter { $0.account == account && $0.symbol == symbol && $0.isOpen }
        if let maximum = rules.maximumOrders, open.count + kinds.count > maximum { throw .filter(.maximumOrders) }
        let newAlgo = kinds.filter { $0.trigger != nil }.count
        let algo = open.filter { $0.kind.trigger != nil && $0.workingAt == nil }.count
        if let maximum = rules.maximumAlgoOrders, newAlgo > 0, algo + newAlgo > maximum { throw .filter(.maximumAlgoOrders) }
        let openLists = lists.filter { $0.account == account && $0.symbol == symbol && isExecuting($0) }.count
        if let maximum = rules.maximumOrderLists, isList, openLists + 1 > maximum { throw .filter(.maximumOrderLists) }
    }

    /// A buy must not lead to more than the most base units an account may own.
    func checkPosition(_ account: Int, _ symbol: Symbol, _ side: Side, _ kind: OrderKind, _ prevention: ReferencePrevention) throws(ReferenceRefusal)
    {
        guard side == .buy, let maximum = rules(of: symbol)!.maximumPosition else { return }
        var owned = total(account, symbol.base)
        for order in orders where order.account == account && order.symbol == symbol && order.side == .buy {
            guard order.isOpen, order.status != .pendingNew else { continue }
            // Of a pair that stands only the first leg counts.
            if let other = otherLeg(of: order), other.isOpen, other.id < order.id { continue }
            owned = owned + order.remaining
        }
        let new = kind.quantity?.value ?? walk(account, symbol, side, kind, prevention).base
        if owned + new > maximum { throw .filter(.maximumPosition) }
    }

    func checkClientId(_ account: Int, _ id: ClientOrderId) throws(ReferenceRefusal) {
        if orders.contains(where: { $0.account == account && $0.isOpen && $0.clientId == id }) { throw .duplicateOrder }
    }

    /// Whether a trigger is met by the price that is looked at now.
    func isTriggered(_ symbol: Symbol, _ side: Side, _ kind: OrderKind) -> Bool {
        guard let trigger = kind.trigger, let last = triggerPrice(symbol) else { return false }
        let isStop = kind.type == .stopLoss || kind.type == .stopLossLimit
        let waitsForFall = (side == .sell) == isStop
        return waitsForFall ? last <= trigger : last >= trigger
    }

    func checkTrigger(_ symbol: Symbol, _ side: Side, _ kind: OrderKind) throws(ReferenceRefusal) {
        if isTriggered(symbol, side, kind) { throw .wouldTriggerImmediately }
    }

    /// A post-only order must not meet anybody.
    func checkPostOnly(_ symbol: Symbol, _ side: Side, _ kind: OrderKind) throws(ReferenceRefusal) {
        guard case .limitMaker(_, let price) = kind else { return }
        guard let best = makers(side == .buy ? .sell : .buy, symbol).first?.price else { return }
        if isWithin(price, side, best) { throw .wouldMatchImmediately }
    }

    /// What an order on its own needs to have free.
    func checkBalance(_ account: Int, _ symbol: Symbol, _ side: Side, _ kind: OrderKind, _ prevention: ReferencePrevention) throws(ReferenceRefusal) {
        let given = side == .buy ? symbol.quote : symbol.base
        if neededFree(account, symbol, side, kind, prevention) > free(account, given) { throw .insufficientBalance }
    }

    /// Base units for a sell, quote units for a buy.
    func neededFree(_ account: Int, _ symbol: Symbol, _ side: Side, _ kind: OrderKind, _ prevention: ReferencePrevention) -> FixedDecimal {
        switch (side, kind) {
        case (.sell, .market(.base(let quantity))): quantity.value
        case (.buy, .market(.quote(let amount))): amount
        case (.buy, .market(.base)): walk(account, symbol, side, kind, prevention).quote
        case (.sell, .market(.quote)): walk(account, symbol, side, kind, prevention).base
        case (.sell, _): need(of: side, kind, remaining: kind.quantity!.value, symbol, in: symbol.base)
        case (.buy, _): need(of: side, kind, remaining: kind.quantity!.value, symbol, in: symbol.quote)
        }
    }

    /// What a market order, or a fired stop with a budget, will trade against the book as it stands.
    func walk(_ account: Int, _ symbol: Symbol, _ side: Side, _ kind: OrderKind, _ prevention: ReferencePrevention, budget: FixedDecimal? = nil) -> (
        base: FixedDecimal, quote: FixedDecimal
    ) {
        var base = FixedDecimal.zero, quote = FixedDecimal.zero
        for maker in makers(side == .buy ? .sell : .buy, symbol) {
            if maker.account == account, prevention == .expireMaker { continue }
            if maker.account == account, prevention != .none { break }
            var quantity: FixedDecimal
            if case .market(.quote(let amount)) = kind {
                quantity = min(maker.remaining, lots(amount - quote, at: maker.price, symbol))
            } else {
                quantity = min(maker.remaining, kind.quantity!.value - base)
                if let budget { quantity = min(quantity, lots(budget - quote, at: maker.price, symbol)) }
            }
            if quantity.isZero { break }
            base = base + quantity
            quote = quote + quantity.times(maker.price.value, rounding: .down)
            if quantity < maker.remaining { break }
        }
        return (base, quote)
    }

    /// What an amount of quote is worth at a price, in whole lots.
    func lots(_ amount: FixedDecimal, at price: Price, _ symbol: Symbol) -> FixedDecimal {
        if !amount.isPositive { return .zero }
        let quantity = amount.divided(by: price.value, rounding: .down)
        guard let step = rules(of: symbol)!.lot.step else { return quantity }
        return quantity.rounded(toMultipleOf: step, .down)
    }
}
