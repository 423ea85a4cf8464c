// A figure that may not exist: a finite value, or the reason why there is none. No report shows a
// ratio of nothing, and no infinity or NaN leaves a statistic.
public import Kernel

public enum Statistic: Hashable, Sendable {
    /// Finite.
    case value(Double)
    /// Money, exact.
    case exact(FixedDecimal)
    case absent(Absence)

    /// A number that is not finite is beyond measure.
    public init(_ number: Double) { self = number.isFinite ? .value(number) : .absent(.beyondMeasure) }

    /// The number, nil if there is none.
    public var double: Double? {
        switch self {
        case .value(let number): number
        case .exact(let amount): amount.double
        case .absent: nil
        }
    }

    public var absence: Absence? { if case .absent(let why) = self { why } else { nil } }

    /// A figure made of this one; absent for the same reason.
    func map(_ transform: (Double) -> Double) -> Statistic { double.map { Statistic(transform($0)) } ?? self }
}

/// Why a figure does not exist.
public enum Absence: Hashable, Sendable {
    case noReturns
    case fewerReturns(than: Int)
    case noVariance
    /// Every return is zero, so none was won or lost.
    case onlyZeros
    case noLoss
    case noDrawdown
    /// The number of periods in a year was neither given nor visible in the dates.
    case noAnnualisation
    /// How many variants were tried is not known.
    case noTrials
    /// Fewer of the variants that were tried have a Sharpe ratio than are needed.
    case fewerTrials(than: Int)
    case noTrades
    case fewerTrades(than: Int)
    case noWin
    /// No trade has a planned risk.
    case noRisk
    /// The time over which it would be measured is empty.
    case noTime
    /// Too large for a number.
    case beyondMeasure
}

extension Absence: CustomStringConvertible {
    /// The reason in words: `no loss`.
    public var description: String {
        switch self {
        case .noReturns: "no returns"
        case .fewerReturns(let count): "fewer than \(count) returns"
        case .noVariance: "the returns do not vary"
        case .onlyZeros: "nothing was won or lost"
        case .noLoss: "no loss"
        case .noDrawdown: "no drawdown"
        case .noAnnualisation: "periods per year are not known"
        case .noTrials: "the number of trials is not known"
        case .fewerTrials(let count): "fewer than \(count) trials have a Sharpe ratio"
        case .noTrades: "no trades"
        case .fewerTrades(let count): "fewer than \(count) trades"
        case .noWin: "no win"
        case .noRisk: "no trade has a planned risk"
        case .noTime: "no time has passed"
        case .beyondMeasure: "too large for a number"
        }
    }
}
