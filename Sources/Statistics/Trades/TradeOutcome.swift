// What one finished trade came to: all that statistics over trades need of it.
public import Kernel

public struct TradeOutcome: Hashable, Sendable {
    public let openedAt: Timestamp
    public let closedAt: Timestamp
    /// After all costs, exact.
    public let profit: FixedDecimal
    /// The planned loss at the stop, 0 or more; 0 if none was planned.
    public let risk: FixedDecimal

    /// nil if it closed before it opened or the risk is negative.
    public init?(openedAt: Timestamp, closedAt: Timestamp, profit: FixedDecimal, risk: FixedDecimal) {
        guard closedAt >= openedAt, !risk.isNegative else { return nil }
        (self.openedAt, self.closedAt, self.profit, self.risk) = (openedAt, closedAt, profit, risk)
    }

    public var duration: TimeSpan { closedAt - openedAt }
    /// Profit in units of the planned risk; nil without one.
    public var rMultiple: Double? { risk.isPositive ? profit.double / risk.double : nil }
    /// 1 a win, -1 a loss, 0 neither.
    public var sign: Int { profit.isPositive ? 1 : profit.isNegative ? -1 : 0 }
}

/// The finished trades of a run, in the order they closed, and the time in which they could happen.
public struct TradeHistory: Hashable, Sendable {
    public let trades: [TradeOutcome]
    public let period: ClosedRange<Timestamp>

    public init(_ trades: [TradeOutcome], period: ClosedRange<Timestamp>) {
        (self.trades, self.period) = (trades, period)
    }
}
