// The whole plan must be possible: the lot, the minimum notional at entry and at the stop, and at
// least one rung that can be sold after the fee in base is gone.
import Kernel
import Market
import Trading

struct FeasibilityCheck: RiskCheck {
    func evaluate(_ entry: PlannedEntry, _ account: AccountView) -> CheckResult {
        let plan = plan(entry)
        return CheckResult(
            .feasibility(plan: plan, lot: entry.instrument.lotStep, minimum: entry.instrument.minNotional), passed: plan.isPossible)
    }

    private func plan(_ entry: PlannedEntry) -> Feasibility {
        guard entry.quantity.value.isMultiple(of: entry.instrument.lotStep), !entry.quantity.isZero else { return .brokenLot(entry.quantity) }
        guard let fill = entry.costs.executed(.buy, near: entry.price, tick: entry.instrument.tickSize),
            let fee = Quantity(entry.quantity.value.times(entry.costs.fee.value, rounding: .up)), fee <= entry.quantity
        else { return .noFillPrice }
        do {
            return .rungs(try entry.bracket.bracket(received: entry.quantity - fee, at: fill, entry.instrument).rungs.count)
        } catch {
            switch error {
            case .belowMinimum(let notional, _): return .belowMinimum(atStop: notional)
            case .belowLot: return .belowLot
            case .noPrice: return .offGrid
            }
        }
    }
}
