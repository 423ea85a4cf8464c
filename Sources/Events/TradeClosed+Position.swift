// How the last exit of a position becomes the record of its trade.
public import Kernel
import Market
public import Trading

extension TradeClosed {
    /// The record of a position whose last exit is `last`; nil while it still holds something.
    public init?(position: Position, last: PositionReduced, time: Timestamp) {
        guard let holding = position.holding, holding.remaining.isZero else { return nil }
        let pnl = holding.proceeds - holding.cost
        let sold = holding.bracket.quantity
        let gross = holding.proceeds + holding.fees - holding.entryFees
        let risk = position.plannedRisk.isPositive ? position.plannedRisk : holding.cost
        self.init(
            trade: position.trade, symbol: position.symbol, cycle: position.cycle, panel: position.panel,
            openedAt: holding.openedAt, closedAt: time, entryPrice: holding.entryPrice,
            exitPrice: Price(gross.divided(by: sold.value, rounding: .nearest)) ?? last.price,
            quantity: holding.bought, conviction: position.conviction, isProbe: position.isProbe, stop: holding.bracket.stop,
            targets: holding.bracket.rungs.map(\.price),
            exits: (0..<holding.rungsFilled).map(ExitReason.rung) + (last.reason.isRung ? [] : [last.reason]),
            cost: holding.cost, proceeds: holding.proceeds, fees: holding.fees, pnl: pnl,
            rMultiple: Ratio(pnl.divided(by: risk, rounding: .nearest)),
            outcome: Self.outcome(of: holding, last.reason))
    }

    /// Which of the four ladder outcomes this was: rungs taken before a stop, or all of them. A folded ladder that
    /// was taken whole counts as all.
    private static func outcome(of holding: Holding, _ last: ExitReason) -> Int? {
        switch last {
        case .manual, .emergency, .signal, .writtenOff: nil
        case .takeProfit1, .takeProfit2, .takeProfit3: 3
        case .stopLoss, .trailingStop: min(holding.rungsFilled, 2)
        }
    }
}
