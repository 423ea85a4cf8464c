// One of the gate's checks with its numbers: what was found, and what is allowed. Words for them are made where they are shown.
public import Kernel
import Market
import Settings
import Trading

/// The checks in the gate's order.
public enum RiskCheckName: String, Codable, CaseIterable, Sendable {
    case killSwitch, circuitBreakers, openPositions, dailyLossAmount, dailyLossPercent, drawdown, balance, stopBelowEntry, heat, concentration
    case cash, feasibility
}

/// What one check found beside what is allowed. Amounts are in quote units.
public enum CheckFigures: Hashable, Codable, Sendable {
    /// A person's words; nil if nothing is halted.
    case killSwitch(halted: String?)
    case circuitBreakers(tripped: [BreakerName])
    case openPositions(open: Int, limit: Int)
    case dailyLossAmount(lost: FixedDecimal, limit: FixedDecimal)
    case dailyLossPercent(lost: Ratio, limit: Ratio)
    case drawdown(below: Ratio, limit: Ratio)
    case balance(free: FixedDecimal)
    case stopBelowEntry(stop: Price?, entry: Price)
    /// `share` is the limit as a share of equity.
    case heat(atRisk: FixedDecimal, limit: FixedDecimal, share: Ratio)
    case concentration(one: FixedDecimal, all: FixedDecimal, limitOne: FixedDecimal, limitAll: FixedDecimal)
    case cash(cost: FixedDecimal, free: FixedDecimal)
    case feasibility(plan: Feasibility, lot: FixedDecimal, minimum: FixedDecimal)
    /// Written by a version whose numbers cannot be read.
    case unread(RiskCheckName)
}

/// Whether an entry can be carried out as planned.
public enum Feasibility: Hashable, Codable, Sendable {
    case rungs(Int)
    case brokenLot(Quantity)
    case noFillPrice
    case belowMinimum(atStop: FixedDecimal)
    case belowLot
    case offGrid

    public var isPossible: Bool { if case .rungs = self { true } else { false } }
}

public struct CheckResult: Hashable, Codable, Sendable {
    public let found: CheckFigures
    public let passed: Bool

    public init(_ found: CheckFigures, passed: Bool) {
        self.found = found
        self.passed = passed
    }

    public var check: RiskCheckName {
        switch found {
        case .killSwitch: .killSwitch
        case .circuitBreakers: .circuitBreakers
        case .openPositions: .openPositions
        case .dailyLossAmount: .dailyLossAmount
        case .dailyLossPercent: .dailyLossPercent
        case .drawdown: .drawdown
        case .balance: .balance
        case .stopBelowEntry: .stopBelowEntry
        case .heat: .heat
        case .concentration: .concentration
        case .cash: .cash
        case .feasibility: .feasibility
        case .unread(let check): check
        }
    }
}
