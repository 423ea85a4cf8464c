// What a person is told once and need not act on, as values.
public import Kernel
public import Market
public import Trading

public enum Notice: Hashable, Codable, Sendable {
    case writtenOff(Symbol, TradeId, Quantity, reason: String, cost: FixedDecimal, pnl: FixedDecimal)
    /// Of today's budget for models, in USD.
    case modelsNearBudget(used: FixedDecimal, limit: FixedDecimal)
    case outOfMoney(vendor: String)
    case keyRefused(vendor: String)
    /// Entries of a moment that is still to come were set back.
    case clockCorrected(newest: Timestamp, why: String)
    case hoursMissed(first: CycleId, last: CycleId, why: String)
}
