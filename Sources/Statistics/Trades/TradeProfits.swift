// Money won and lost by trades: sums exact, a trade that ended at exactly zero neither won nor lost.
public import Kernel

public struct TradeProfits: Hashable, Sendable {
    public let count: Int
    public let won: Int
    public let lost: Int
    public let grossProfit: FixedDecimal
    /// At most 0.
    public let grossLoss: FixedDecimal
    private let largest: FixedDecimal?
    private let smallest: FixedDecimal?

    public init(_ trades: [TradeOutcome]) {
        let profits = trades.map(\.profit), wins = profits.filter(\.isPositive), losses = profits.filter(\.isNegative)
        (count, won, lost) = (profits.count, wins.count, losses.count)
        (grossProfit, grossLoss) = (wins.reduce(.zero, +), losses.reduce(.zero, +))
        (largest, smallest) = (wins.max(), losses.min())
    }

    public var net: Statistic { money(grossProfit + grossLoss) }
    public var gains: Statistic { money(grossProfit) }
    public var losses: Statistic { money(grossLoss) }
    /// Net profit of a trade, rounded to nearest.
    public var expectancy: Statistic { mean(grossProfit + grossLoss, count, .noTrades) }
    public var averageWin: Statistic { mean(grossProfit, won, .noWin) }
    public var averageLoss: Statistic { mean(grossLoss, lost, .noLoss) }
    public var largestWin: Statistic { largest.map { .exact($0) } ?? none(.noWin) }
    public var largestLoss: Statistic { smallest.map { .exact($0) } ?? none(.noLoss) }

    /// Won over won and lost.
    public var winRate: Statistic {
        won + lost > 0 ? .value(Double(won) / Double(won + lost)) : none(.onlyZeros)
    }

    /// Gross profit over gross loss.
    public var factor: Statistic {
        lost > 0 ? Statistic(grossProfit.double / -grossLoss.double) : none(.noLoss)
    }

    /// Average win over average loss.
    public var payoff: Statistic {
        guard lost > 0 else { return none(.noLoss) }
        guard won > 0 else { return none(.noWin) }
        return Statistic(grossProfit.double / Double(won) / (-grossLoss.double / Double(lost)))
    }

    private func none(_ why: Absence) -> Statistic { .absent(count == 0 ? .noTrades : why) }
    private func money(_ sum: FixedDecimal) -> Statistic { count == 0 ? .absent(.noTrades) : .exact(sum) }
    private func mean(_ sum: FixedDecimal, _ n: Int, _ why: Absence) -> Statistic {
        n == 0 ? none(why) : .exact(sum.divided(by: FixedDecimal(n), rounding: .nearest))
    }
}
