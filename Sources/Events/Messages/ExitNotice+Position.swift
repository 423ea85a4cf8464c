// The numbers of an exit message, taken from the position it reduced.
import Kernel
import Market
public import Trading

extension ExitNotice {
    /// - Parameters:
    ///   - holding: as it was before this exit.
    ///   - reduced: the exit.
    public init(position: Position, holding: Holding, reduced: PositionReduced, closed: TradeClosed?) {
        // This part's share of the cost, by sellable quantity; dust is paid for by all parts.
        let cost = holding.cost.times(reduced.quantity.value.divided(by: holding.bracket.quantity.value, rounding: .nearest), rounding: .nearest)
        let pnl = reduced.proceeds - cost
        self.init(
            trade: position.trade, symbol: position.symbol, quote: position.symbol.quote,
            tick: holding.instrument.tickSize, reason: reduced.reason,
            quantity: reduced.quantity, price: reduced.price, pnl: pnl,
            pnlShare: cost.isPositive ? Ratio(pnl.divided(by: cost, rounding: .nearest)) : .zero,
            remaining: reduced.remaining, trailingOffset: holding.bracket.trailingOffset,
            isTrailing: reduced.reason.isRung && !reduced.remaining.isZero, closed: closed,
            dust: holding.bracket.dust, dustShare: holding.dustShare)
    }
}
