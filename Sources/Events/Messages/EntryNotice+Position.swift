// The numbers of an entry message, taken from the position it opened.
public import Kernel
import Market
import Risk
public import Trading

extension EntryNotice {
    /// nil while nothing is held.
    public init?(position: Position, costs: FillCosts, equity: FixedDecimal, mode: String) {
        guard let holding = position.holding else { return nil }
        let risk = holding.lossAtStop(costs)
        self.init(
            trade: position.trade, cycle: position.cycle, symbol: position.symbol, quote: position.symbol.quote, mode: mode,
            tick: holding.instrument.tickSize, quantity: holding.bought, price: holding.entryPrice, cost: holding.cost,
            stop: holding.bracket.stop, stopDistance: position.plan.stopDistance, targets: holding.bracket.rungs.map(\.price), risk: risk,
            riskShare: equity.isPositive ? Ratio(risk.divided(by: equity, rounding: .nearest)) : .zero, isProbe: position.isProbe,
            votes: position.votes, strategy: position.strategy)
    }
}
