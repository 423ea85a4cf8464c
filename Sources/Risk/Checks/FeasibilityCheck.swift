// The whole plan must be possible: the lot, the minimum notional at entry and at the stop, and at
// least one rung that can be sold after the fee in base is gone.
import Kernel
import Market
import Trading

struct FeasibilityCheck: RiskCheck {
    func evaluate(_ entry: PlannedEntry, _ account: AccountView) -> CheckResult {
        let result = describe(entry)
        return CheckResult(
            "feasibility", passed: result.possible, value: result.text,
            limit: "lot \(entry.instrument.lotStep), minimum \(entry.instrument.minNotional) \(account.quote)")
    }

    private func describe(_ entry: PlannedEntry) -> (possible: Bool, text: String) {
        guard entry.quantity.value.isMultiple(of: entry.instrument.lotStep), !entry.quantity.isZero else {
            return (false, "\(entry.quantity) is no whole number of lots")
        }
        guard let fill = entry.costs.executed(.buy, near: entry.price, tick: entry.instrument.tickSize),
            let fee = Quantity(entry.quantity.value.times(entry.costs.fee.value, rounding: .up)), fee <= entry.quantity
        else {
            return (false, "no fill price")
        }
        do {
            let bracket = try entry.bracket.bracket(received: entry.quantity - fee, at: fill, entry.instrument)
            return (true, bracket.rungs.count == 1 ? "1 rung" : "\(bracket.rungs.count) rungs")
        } catch {
            switch error {
            case .belowMinimum(let notional, _): return (false, "\(notional.text(places: 2)) at the stop is too small to sell")
            case .belowLot: return (false, "less than a lot after the fee")
            case .noPrice: return (false, "no stop or target on the price grid")
            }
        }
    }
}
