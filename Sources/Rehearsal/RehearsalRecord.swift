// Trades as they can be held against a backtest's, put together from the journal's events as they pass.
import Events
import Kernel
import Messaging
import Risk
import Strategies
import Synchronization
import Trading

final class RehearsalRecord: Sendable {
    private struct State {
        var result = Rehearsal.Result()
        var orders: [String: Order] = [:]
        var holdings: [TradeId: Holding] = [:]
        var last: [TradeId: (reduced: PositionReduced, candle: Timestamp)] = [:]
    }
    private let state = Mutex(State())
    private let moment: FillRule.Moment
    private let step: TimeSpan

    init(_ moment: FillRule.Moment, _ step: TimeSpan) {
        self.moment = moment
        self.step = step
    }

    func hear(_ event: JournalEvent, _ time: Timestamp) {
        state.withLock { state in
            switch event {
            case .orderSubmitted(let submitted): state.orders[submitted.order.id.text] = submitted.order
            case .positionOpened(let opened): state.holdings[opened.trade] = opened.holding
            case .positionReduced(let reduced):
                guard let order = state.orders.removeValue(forKey: reduced.order.text) else { return }
                state.last[reduced.trade] = (reduced, candle(of: order))
            case .tradeClosed(let closed): close(closed, &state)
            case .strategyJudged(let judged):
                for unjudged in judged.unjudged { state.result.unbought[unjudged.symbol, default: [:]][judged.closedAt] = unjudged.why }
                for signal in judged.signals where signal.side == .buy {
                    state.result.unbought[signal.symbol, default: [:]][judged.closedAt] = signal.review.refusalWords
                    guard let check = signal.review.checks.first(where: { !$0.passed }) else { continue }
                    state.result.refusals[check.check, default: 0] += 1
                }
            case .breakerReset: state.result.resets += 1
            default: break
            }
        }
    }

    func result(cash: FixedDecimal) -> Rehearsal.Result {
        state.withLock { state in
            state.result.cash = cash
            return state.result
        }
    }

    /// An exit at a level belongs to the candle that reached it; one at a close to that candle, unless it fills at the next open.
    private func candle(of order: Order) -> Timestamp {
        if let trigger = order.triggerCandle { return trigger.openTime }
        return moment == .nextOpen && order.role == .exit(.signal) ? order.createdAt : order.createdAt - step
    }

    private func close(_ closed: TradeClosed, _ state: inout State) {
        guard let holding = state.holdings.removeValue(forKey: closed.trade), let last = state.last.removeValue(forKey: closed.trade) else { return }
        state.result.trades.append(
            Rehearsal.Trade(
                symbol: closed.symbol, entry: holding.openedAt, entryPrice: holding.entryPrice, exit: last.candle, exitPrice: last.reduced.price,
                quantity: holding.bought, rungs: closed.exits.count(where: \.isRung), reason: last.reduced.reason, profit: closed.pnl,
                dust: holding.bracket.dust.value.times(holding.entryPrice.value, rounding: .nearest)))
    }
}
