// A sized entry before the gate, and the only type that may be sent after it.
public import Kernel
public import Market
public import Settings
public import Trading

public struct PlannedEntry: Hashable, Codable, Sendable {
    public let instrument: Instrument
    public let quantity: Quantity
    /// The last price the plan was made at.
    public let price: Price
    public let bracket: BracketPlan
    public let costs: FillCosts
    public init(instrument: Instrument, quantity: Quantity, price: Price, bracket: BracketPlan, costs: FillCosts) {
        self.instrument = instrument
        self.quantity = quantity
        self.price = price
        self.bracket = bracket
        self.costs = costs
    }

    public var symbol: Symbol { instrument.symbol }
    /// What the fill will cost at most, slippage included.
    public var notional: FixedDecimal {
        let slipped = costs.executed(.buy, near: price, tick: instrument.tickSize) ?? price
        return quantity.value.times(slipped.value, rounding: .up)
    }
    /// The stop as it will stand after a fill at the expected price; nil if there is none below it.
    public var stop: Price? {
        guard let fill = costs.executed(.buy, near: price, tick: instrument.tickSize),
            let stop = fill.moved(by: -bracket.stopDistance, tick: instrument.tickSize, .nearest), stop < fill
        else { return nil }
        return stop
    }
    /// Loss at that stop: slippage, both fees, ticks and dust included.
    public var risk: FixedDecimal {
        stop.map { costs.lossAtStop(quantity, entry: price, stop: $0, on: instrument) } ?? notional
    }
}

/// An entry that passed every check. Only the gate makes one, and nothing else can be submitted.
public struct RiskApproved: Hashable, Sendable {
    public let entry: PlannedEntry
    fileprivate init(_ entry: PlannedEntry) { self.entry = entry }
}

/// Where the account stands at the moment of a decision.
public struct AccountView: Sendable {
    public let limits: RiskLimits
    public let quote: Currency
    public let equity: FixedDecimal
    /// Cash that no unfinished order may still take.
    public let freeCash: FixedDecimal
    public let dayResult: FixedDecimal
    public let dayEquity: FixedDecimal
    public let drawdown: Ratio
    public let killSwitch: String?
    public let breakers: [(name: BreakerName, breaker: TrippedBreaker)]
    /// Open and pending.
    public let positions: Int
    /// Loss if every open and pending position ends at its stop.
    public let heat: FixedDecimal
    /// Worth of what is held or ordered, by symbol.
    public let notionals: [Symbol: FixedDecimal]

    /// Taken from the book, by `AccountView.init(_:marks:…)` of Events.
    package init(
        limits: RiskLimits, quote: Currency, equity: FixedDecimal, freeCash: FixedDecimal, dayResult: FixedDecimal, dayEquity: FixedDecimal,
        drawdown: Ratio, killSwitch: String?, breakers: [(name: BreakerName, breaker: TrippedBreaker)], positions: Int, heat: FixedDecimal,
        notionals: [Symbol: FixedDecimal]
    ) {
        self.limits = limits
        self.quote = quote
        self.equity = equity
        self.freeCash = freeCash
        self.dayResult = dayResult
        self.dayEquity = dayEquity
        self.drawdown = drawdown
        self.killSwitch = killSwitch
        self.breakers = breakers
        self.positions = positions
        self.heat = heat
        self.notionals = notionals
    }
}

extension Position {
    /// What is lost if everything held ends at its protective stop; a pending one counts as filled.
    public func lossAtStop(_ costs: FillCosts) -> FixedDecimal {
        guard let holding else { return plannedRisk }
        return holding.lossAtStop(costs)
    }
}

extension Holding {
    /// What the rest of it cost, fees included, less what the protective stop would bring; zero or more.
    public func lossAtStop(_ costs: FillCosts) -> FixedDecimal {
        guard !bracket.quantity.isZero else { return cost }
        let share = remaining.value.divided(by: bracket.quantity.value, rounding: .up)
        let received = costs.executed(.sell, near: protectiveStop, tick: instrument.tickSize)?.value ?? .zero
        let back = remaining.value.times(received, rounding: .down).times(.one - costs.fee.value, rounding: .down)
        return max(.zero, cost.times(share, rounding: .up) - back)
    }
}

/// The checks in their fixed order. All are evaluated and kept; the first refusal is the reason shown.
public struct RiskGate: Sendable {
    public static let checks: [any RiskCheck] = [
        KillSwitchCheck(), CircuitBreakerCheck(), PositionCountCheck(), DailyLossAmountCheck(), DailyLossPercentCheck(),
        DrawdownCheck(), BalanceCheck(), StopBelowEntryCheck(), HeatCheck(), ConcentrationCheck(), CashCheck(), FeasibilityCheck()
    ]
    public init() {}

    public func review(_ entry: PlannedEntry, against account: AccountView) -> GateReview {
        let results = Self.checks.map { $0.evaluate(entry, account) }
        let approved = results.allSatisfy(\.passed) ? RiskApproved(entry) : nil
        return GateReview(checks: results, approved: approved)
    }
}

public struct GateReview: Sendable {
    public let checks: [CheckResult]
    /// nil if any check refused.
    public let approved: RiskApproved?
    public var firstRefusal: CheckResult? { checks.first { !$0.passed } }
}

/// One rule an entry must pass.
public protocol RiskCheck: Sendable {
    func evaluate(_ entry: PlannedEntry, _ account: AccountView) -> CheckResult
}

extension RiskCheck {
    /// A share of equity, in quote units, rounded down.
    func share(_ ratio: Ratio, of account: AccountView) -> FixedDecimal { account.equity.times(ratio.value, rounding: .down) }
}
