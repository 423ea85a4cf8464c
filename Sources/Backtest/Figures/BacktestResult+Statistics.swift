// A backtest's figures under the names every report uses: daily returns from its marks, outcomes from its trades.
public import Kernel
public import Market
public import Statistics
public import Strategies
import Trading

extension BacktestResult {
    /// The return of each UTC day, the first against `capital`; it ends where nothing is left.
    public func returns(capital: FixedDecimal) -> ReturnSeries { marks.returns(from: capital.double) }

    /// - Parameters:
    ///   - histories: those of the run.
    ///   - trials: how often the strategy was tried, this run included; nil if nobody counted.
    public func statistics(of terms: TradeTerms, over histories: [CandleHistory], trials: Trials? = nil) -> RunStatistics {
        let series = returns(capital: terms.capital)
        return RunStatistics(series, periodsPerYear: Annualisation.days(series.times), trades: tradeHistory(terms, histories), trials: trials)
    }

    private func tradeHistory(_ terms: TradeTerms, _ histories: [CandleHistory]) -> TradeHistory {
        let start = histories.compactMap(\.openTime.first).min() ?? 0
        let end = histories.compactMap { history in history.openTime.last.map { $0 + history.timeframe.duration.milliseconds } }.max() ?? start
        let outcomes = trades.compactMap { $0.outcome(terms) }
        return TradeHistory(outcomes, period: Timestamp(milliseconds: start)...Timestamp(milliseconds: end))
    }
}

extension BacktestTrade {
    /// What statistics need of it. It closed with its last candle, wherever in that the sale was.
    public func outcome(_ terms: TradeTerms) -> TradeOutcome? {
        TradeOutcome(openedAt: entry, closedAt: max(entry, closed), profit: profit, risk: risk(terms))
    }

    /// What it would have lost at its first stop, costs included; the tick of the stop's price is left aside.
    func risk(_ terms: TradeTerms) -> FixedDecimal {
        guard let notional = FixedDecimal(shortest: quantity * entryPrice) else { return .zero }
        return max(.zero, notional.times(terms.lossShare, rounding: .nearest))
    }
}

extension TradeTerms {
    /// Loss at the stop as a share of the notional at entry: with fees f, slippage s and a stop d below,
    /// 1 - (1 - d) (1 - s) (1 - f)² if the fee of a buy is paid in base, 1 + f - (1 - d) (1 - s) (1 - f) if in quote.
    var lossShare: FixedDecimal {
        let one = FixedDecimal.one, fee = costs.fee.value
        let sold = (one - bracket.stopDistance.value).times(one - costs.slippage.value, rounding: .nearest).times(one - fee, rounding: .nearest)
        return switch accounting {
        case .exact: one - sold.times(one - fee, rounding: .nearest)
        case .plain: one + fee - sold
        }
    }
}
