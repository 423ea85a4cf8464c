// The gate's checks as versions before 0.2 wrote them, value and limit as text, read back into numbers.
import Kernel
import Market
import Risk

enum OldChecks {
    /// nil for a text of another form.
    static func figures(_ check: RiskCheckName, found: String, limit: String) -> CheckFigures? {
        switch check {
        case .killSwitch: .killSwitch(halted: found == "off" ? nil : OldText.parts(found, "halted: %")?[0] ?? found)
        case .circuitBreakers: .circuitBreakers(tripped: tripped(found))
        case .openPositions:
            OldText.parts(found, "% open").flatMap { Int($0[0]) }.flatMap { open in Int(limit).map { .openPositions(open: open, limit: $0) } }
        case .dailyLossAmount: both(OldText.amount, found, limit).map { .dailyLossAmount(lost: $0, limit: $1) }
        case .dailyLossPercent: both(OldText.percent, found, limit).map { .dailyLossPercent(lost: $0, limit: $1) }
        case .drawdown: both(OldText.percent, found, limit).map { .drawdown(below: $0, limit: $1) }
        case .balance: OldText.amount(found).map { .balance(free: $0) }
        case .stopBelowEntry:
            OldText.parts(limit, "below %").flatMap { Price($0[0]) }.map {
                .stopBelowEntry(stop: OldText.parts(found, "stop %").flatMap { Price($0[0]) }, entry: $0)
            }
        case .heat: heat(found, limit)
        case .concentration: concentration(found, limit)
        case .cash: both(OldText.amount, found, limit).map { .cash(cost: $0, free: $1) }
        case .feasibility: feasibility(found, limit)
        }
    }

    private static func both<Value>(_ read: (String) -> Value?, _ found: String, _ limit: String) -> (Value, Value)? {
        guard let first = read(found), let second = read(limit) else { return nil }
        return (first, second)
    }

    /// `streak: 3 losses in a row; critical: …`; what stood behind the names is in the breakers' own entries.
    private static func tripped(_ text: String) -> [BreakerName] {
        text.components("; ").compactMap { part in part.split(separator: ":").first.flatMap { BreakerName(rawValue: String($0)) } }
    }

    private static func heat(_ found: String, _ limit: String) -> CheckFigures? {
        guard let parts = OldText.parts(limit, "% = %"), let atRisk = OldText.amount(found), let most = OldText.amount(parts[0]),
            let share = OldText.percent(parts[1])
        else { return nil }
        return .heat(atRisk: atRisk, limit: most, share: share)
    }

    private static func concentration(_ found: String, _ limit: String) -> CheckFigures? {
        guard let parts = OldText.parts(found, "% in %, % in all"), let limits = OldText.parts(limit, "% and %"),
            let one = OldText.amount(parts[0]), let all = OldText.amount(parts[2]), let limitOne = OldText.amount(limits[0]),
            let limitAll = OldText.amount(limits[1])
        else { return nil }
        return .concentration(one: one, all: all, limitOne: limitOne, limitAll: limitAll)
    }

    private static func feasibility(_ found: String, _ limit: String) -> CheckFigures? {
        guard let parts = OldText.parts(limit, "lot %, minimum %"), let lot = FixedDecimal(parts[0]), let minimum = OldText.amount(parts[1]),
            let plan = plan(found)
        else { return nil }
        return .feasibility(plan: plan, lot: lot, minimum: minimum)
    }

    private static func plan(_ text: String) -> Feasibility? {
        switch text {
        case "1 rung": return .rungs(1)
        case "no fill price": return .noFillPrice
        case "less than a lot after the fee": return .belowLot
        case "no stop or target on the price grid": return .offGrid
        default: break
        }
        if let parts = OldText.parts(text, "% rungs") { return Int(parts[0]).map { .rungs($0) } }
        if let parts = OldText.parts(text, "% is no whole number of lots") { return Quantity(parts[0]).map { .brokenLot($0) } }
        return OldText.parts(text, "% at the stop is too small to sell").flatMap { FixedDecimal($0[0]) }.map { .belowMinimum(atStop: $0) }
    }
}

extension String {
    fileprivate func components(_ separator: String) -> [String] { split(separator: separator).map(String.init) }
}
