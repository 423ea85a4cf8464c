// Booking one trade: both orders, both accounts, both fees, the record.
import Kernel
import Market
import Trading

extension MatchingCore {
    mutating func trade(_ taker: Taker, _ maker: BookEntry, _ price: Price, _ quantity: FixedDecimal, _ notional: FixedDecimal, in market: Int) {
        if let order = maker.order { dissolvePair(survivor: order) }
        let symbol = markets[market].symbol, id = Int64(markets[market].trades.count + 1)
        guard let traded = Quantity(quantity) else { preconditionFailure("a trade moves what an order holds") }
        let makerSide: Side = taker.side == .buy ? .sell : .buy
        let makerBasis = FeeBasis(symbol: symbol, side: makerSide, quantity: quantity, notional: notional)
        let takerBasis = FeeBasis(symbol: symbol, side: taker.side, quantity: quantity, notional: notional)
        markets[market].book.take(quantity, from: makerSide, priority: maker.priority)
        note(maker.order, id, traded, notional)
        note(taker.order, id, traded, notional)
        exchange(takerBasis, of: taker.account)
        exchange(makerBasis, of: maker.account)
        let takerFee: Money, makerFee: Money
        if taker.side == .buy {
            takerFee = charge(takerBasis, to: taker.account, isMaker: false)
            makerFee = charge(makerBasis, to: maker.account, isMaker: true)
        } else {
            makerFee = charge(makerBasis, to: maker.account, isMaker: true)
            takerFee = charge(takerBasis, to: taker.account, isMaker: false)
        }
        markets[market].add(
            FillRecord(
                id: id, symbol: symbol, price: price, quantity: traded, notional: notional, takerSide: taker.side,
                maker: .init(account: maker.account, order: maker.order, fee: makerFee),
                taker: .init(account: taker.account, order: taker.order, fee: takerFee), time: now))
        if let order = maker.order, orders[order.slot].remaining.isZero { end(order, .filled, .filled) }
    }

    /// Enters a trade into an order's record and frees what it no longer needs locked.
    private mutating func note(_ id: Int64?, _ trade: Int64, _ quantity: Quantity, _ notional: FixedDecimal) {
        guard let id else { return }
        let slot = id.slot
        orders[slot].executed = orders[slot].executed + quantity
        orders[slot].executedQuote = orders[slot].executedQuote + notional
        orders[slot].fills.append(trade)
        orders[slot].updatedAt = now
        orders[slot].status = .partiallyFilled
        let order = orders[slot]
        if order.quoteAmount != nil { orders[slot].quantity = order.executed }
        let paid = order.side == .buy ? notional : quantity.value
        setLock(id, order.kind.price == nil ? order.locked - paid : order.kind.need(order.side, order.remaining))
        if order.seat == .resting, orders[slot].remaining.isZero { orders[slot].seat = .none }
    }

    private mutating func exchange(_ basis: FeeBasis, of account: ParticipantId) {
        let sign: (FixedDecimal) -> FixedDecimal = { basis.side == .buy ? $0 : -$0 }
        accounts[account]?.credit(sign(basis.quantity), basis.symbol.base)
        accounts[account]?.credit(-sign(basis.notional), basis.symbol.quote)
    }

    private mutating func charge(_ basis: FeeBasis, to id: ParticipantId, isMaker: Bool) -> Money {
        let fee = fee(basis, for: account(id), isMaker: isMaker)
        guard !fee.amount.isZero else { return Money(.zero, basis.receivedAsset) }
        accounts[id]?.credit(-fee.amount, fee.currency)
        accounts[.fees]?.credit(fee.amount, fee.currency)
        return fee
    }

    /// In the asset the account pays in if it has enough free after the trade, else in what it received.
    private func fee(_ basis: FeeBasis, for account: Account, isMaker: Bool) -> Money {
        let rate = account.fees.rate(isMaker: isMaker)
        guard let preferred = basis.preferredFee(rate, account.fees.payIn), account[preferred.currency].free >= preferred.amount else {
            return basis.feeInReceived(rate)
        }
        return preferred
    }
}
