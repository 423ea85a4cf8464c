// One of the gate's checks in words: what was found, what is allowed, and both as a reason for not buying.
import Kernel
public import Market
public import Risk

extension CheckResult {
    /// What was found, with its unit.
    public func foundWords(on symbol: Symbol) -> String {
        func amount(_ value: FixedDecimal) -> String { Self.amount(value, symbol) }
        return switch found {
        case .killSwitch(let why): why.map { "halted: \($0)" } ?? "off"
        case .circuitBreakers(let tripped): tripped.isEmpty ? "none tripped" : tripped.map(\.rawValue).joined(separator: ", ")
        case .openPositions(let open, _): "\(open) open"
        case .dailyLossAmount(let lost, _): amount(lost)
        case .dailyLossPercent(let lost, _): Self.percent(lost)
        case .drawdown(let below, _): Self.percent(below)
        case .balance(let free): amount(free)
        case .stopBelowEntry(let stop, _): stop.map { "stop \($0)" } ?? "no stop"
        case .heat(let atRisk, _, _): amount(atRisk)
        case .concentration(let one, let all, _, _): "\(amount(one)) in \(symbol), \(amount(all)) in all"
        case .cash(let cost, _): amount(cost)
        case .feasibility(let plan, _, _): plan.words
        case .unread: "unknown"
        }
    }

    /// What is allowed.
    public func limitWords(on symbol: Symbol) -> String {
        func amount(_ value: FixedDecimal) -> String { Self.amount(value, symbol) }
        return switch found {
        case .killSwitch: "off"
        case .circuitBreakers: "none tripped"
        case .openPositions(_, let limit): "\(limit)"
        case .dailyLossAmount(_, let limit): amount(limit)
        case .dailyLossPercent(_, let limit), .drawdown(_, let limit): Self.percent(limit)
        case .balance: "more than 0"
        case .stopBelowEntry(_, let entry): "below \(entry)"
        case .heat(_, let limit, let share): "\(amount(limit)) = \(Self.percent(share))"
        case .concentration(_, _, let limitOne, let limitAll): "\(amount(limitOne)) and \(amount(limitAll))"
        case .cash(_, let free): "\(amount(free)) free"
        case .feasibility(_, let lot, let minimum): "lot \(lot), minimum \(minimum) \(symbol.quote)"
        case .unread: "unknown"
        }
    }

    /// For people: what was found beside what is allowed.
    public func refusalWords(on symbol: Symbol) -> String {
        let value = foundWords(on: symbol), limit = limitWords(on: symbol)
        return switch check {
        case .killSwitch: "trading is \(value)"
        case .circuitBreakers: "trading is paused (\(value))"
        case .openPositions: "\(value) already, the limit is \(limit)"
        case .dailyLossAmount, .dailyLossPercent: "\(value) lost today, the limit is \(limit)"
        case .drawdown: "\(value) below the highest equity, the limit is \(limit)"
        case .heat: "with it \(value) would be at risk, the limit is \(limit)"
        case .concentration: "it would come to \(value), the limits are \(limit)"
        case .cash: "it costs \(value), there are \(limit)"
        case .balance: "\(value) are free"
        case .feasibility: value
        case .stopBelowEntry: "\(value) must be \(limit)"
        }
    }

    private static func amount(_ value: FixedDecimal, _ symbol: Symbol) -> String { "\(value.text(places: 2)) \(symbol.quote)" }
    private static func percent(_ value: Ratio) -> String { "\(value.percent(2)) %" }
}

extension Feasibility {
    fileprivate var words: String {
        switch self {
        case .rungs(let count): count == 1 ? "1 rung" : "\(count) rungs"
        case .brokenLot(let quantity): "\(quantity) is no whole number of lots"
        case .noFillPrice: "no fill price"
        case .belowMinimum(let notional): "\(notional.text(places: 2)) at the stop is too small to sell"
        case .belowLot: "less than a lot after the fee"
        case .offGrid: "no stop or target on the price grid"
        }
    }
}
