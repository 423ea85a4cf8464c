// One trade: who gives what to whom, what it costs, and what it ends.
import Kernel
import Market
import Trading

extension ReferenceVenue {
    /// Books one trade: first what both give and get, then the buyer's fee, then the seller's.
    mutating func trade(_ maker: ReferenceMaker, _ quantity: FixedDecimal, with taker: ReferenceMaker, _ takerSide: Side, _ symbol: Symbol) {
        for id in [maker.order, taker.order] { if let id { endOtherLeg(of: order(id)) } }
        let notional = quantity.times(maker.price.value, rounding: .down)
        let buyer = takerSide == .buy ? taker : maker
        let seller = takerSide == .buy ? maker : taker
        for id in [buyer.order, seller.order] { if let id { execute(id, quantity, notional) } }
        add(quantity, of: symbol.base, to: buyer.account)
        add(-notional, of: symbol.quote, to: buyer.account)
        add(-quantity, of: symbol.base, to: seller.account)
        add(notional, of: symbol.quote, to: seller.account)
        let buyerFee = charge(buyer.account, isMaker: takerSide == .sell, symbol, .buy, quantity, notional)
        let sellerFee = charge(seller.account, isMaker: takerSide == .buy, symbol, .sell, quantity, notional)
        trades.append(
            ReferenceTrade(
                id: Int64(trades.filter { $0.symbol == symbol }.count + 1), symbol: symbol, price: maker.price, quantity: quantity,
                notional: notional,
                maker: .init(account: maker.account, order: maker.order, fee: takerSide == .buy ? sellerFee : buyerFee),
                taker: .init(account: taker.account, order: taker.order, fee: takerSide == .buy ? buyerFee : sellerFee),
                takerSide: takerSide, time: now))
        setLast(symbol, maker.price)
        if maker.order == nil { takeFromQuote(maker, quantity) }
        for id in [maker.order, taker.order] { if let id { finishWhereDone(id) } }
    }

    private mutating func execute(_ id: Int64, _ quantity: FixedDecimal, _ notional: FixedDecimal) {
        change(id) { order in
            order.executed = order.executed + quantity
            order.executedQuote = order.executedQuote + notional
            order.status = .partiallyFilled
        }
    }

    /// A market order by amount has no quantity to be done with: it ends where matching ends.
    private mutating func finishWhereDone(_ id: Int64) {
        if let quantity = order(id).kind.quantity, order(id).executed == quantity.value { finish(id) }
    }

    private mutating func takeFromQuote(_ maker: ReferenceMaker, _ quantity: FixedDecimal) {
        for index in quotes.indices where quotes[index].arrival == maker.arrival {
            quotes[index].remaining = quotes[index].remaining - quantity
        }
        quotes.removeAll { $0.remaining.isZero }
    }

    /// Takes the fee of one side of a trade that has just been booked.
    private mutating func charge(_ number: Int, isMaker: Bool, _ symbol: Symbol, _ side: Side, _ quantity: FixedDecimal, _ notional: FixedDecimal)
        -> Money
    {
        let received = side == .buy ? symbol.base : symbol.quote
        let amount = side == .buy ? quantity : notional
        guard number != Self.market else { return Money(.zero, received) }
        let account = account(number)
        let rate = isMaker ? account.maker.value : account.taker.value
        let plain = Money(min(amount, amount.times(rate, rounding: .up).rounded(places: 8, .up)), received)
        let wished = wishedFee(account.payIn, rate, symbol, notional) ?? plain
        // Another asset than the received one pays only where enough of it is free.
        var fee = wished.currency == received && account.payIn == .quote ? plain : wished
        if fee != plain, fee.amount > free(number, fee.currency) { fee = plain }
        if fee.amount.isZero { return Money(.zero, received) }
        add(-fee.amount, of: fee.currency, to: number)
        add(fee.amount, of: fee.currency, to: Self.fees)
        return fee
    }

    private func wishedFee(_ asset: ReferenceFeeAsset, _ rate: FixedDecimal, _ symbol: Symbol, _ notional: FixedDecimal) -> Money? {
        let inQuote = notional.times(rate, rounding: .up)
        switch asset {
        case .received: return nil
        case .quote: return Money(inQuote.rounded(places: 8, .up), symbol.quote)
        case .third(let currency, let prices):
            guard let price = prices[symbol.quote] else { return nil }
            return Money(inQuote.divided(by: price.value, rounding: .up).rounded(places: 8, .up), currency)
        }
    }
}
