// What paper money gets for an order: a pure function of the journaled order and a closed candle, so
// that asking again after a crash gives the same answer.
public import Kernel
public import Market

/// The costs a paper fill pays.
public struct FillCosts: Hashable, Codable, Sendable {
    /// Share of the notional; in base on a buy, in quote on a sell.
    public let fee: Ratio
    /// Share of the price, always against us.
    public let slippage: Ratio
    public init(fee: Ratio, slippage: Ratio) {
        self.fee = fee
        self.slippage = slippage
    }
}

extension FillCosts {
    /// The price after slippage, on the tick grid, rounded against us.
    public func executed(_ side: Side, near price: Price, tick: FixedDecimal) -> Price? {
        side == .buy ? price.moved(by: slippage, tick: tick, .up) : price.moved(by: -slippage, tick: tick, .down)
    }

    /// Fills a whole order near `price`. nil if the slipped price is no price any more.
    public func fill(_ order: Order, near price: Price, tick: FixedDecimal, at time: Timestamp) -> Fill? {
        guard let executed = executed(order.side, near: price, tick: tick) else { return nil }
        let charged: Money
        switch order.side {
        case .buy:
            charged = Money(order.quantity.value.times(fee.value, rounding: .up), order.symbol.base)
        case .sell:
            let notional = order.quantity.value.times(executed.value, rounding: .down)
            charged = Money(notional.times(fee.value, rounding: .up), order.symbol.quote)
        }
        return Fill(
            id: "\(order.id)-1", order: order.id, symbol: order.symbol, side: order.side, quantity: order.quantity,
            price: executed, fee: charged, time: time)
    }

    /// Loss at the stop of `quantity` bought near `entry`: slippage and both fees included; zero or more.
    public func lossAtStop(_ quantity: Quantity, entry: Price, stop: Price) -> FixedDecimal {
        let cost = quantity.value.times(entry.value.times(.one + slippage.value, rounding: .up), rounding: .up)
        let kept = quantity.value.times(.one - fee.value, rounding: .down)
        let back = kept.times(stop.value.times(.one - slippage.value, rounding: .down), rounding: .down)
            .times(.one - fee.value, rounding: .down)
        return max(.zero, cost - back)
    }

    /// The same with the venue's grid: prices slipped to the next tick against us, and what is less than
    /// a lot after the fee in base lost as dust. If a tick or a lot is coarse, this is what a stop really costs.
    public func lossAtStop(_ quantity: Quantity, entry: Price, stop: Price, on instrument: Instrument) -> FixedDecimal {
        let plain = lossAtStop(quantity, entry: entry, stop: stop)
        guard let paid = executed(.buy, near: entry, tick: instrument.tickSize),
            let kept = Quantity(quantity.value.times(.one - fee.value, rounding: .down))
        else { return plain }
        let sold = kept.flooredToLot(instrument.lotStep)
        let received = executed(.sell, near: stop, tick: instrument.tickSize)?.value ?? .zero
        let back = sold.value.times(received, rounding: .down).times(.one - fee.value, rounding: .down)
        return max(plain, quantity.value.times(paid.value, rounding: .up) - back)
    }
}
