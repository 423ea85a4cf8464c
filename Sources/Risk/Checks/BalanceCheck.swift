// There must be money at all, and an entry of some size.
import Kernel

struct BalanceCheck: RiskCheck {
    func evaluate(_ entry: PlannedEntry, _ account: AccountView) -> CheckResult {
        CheckResult(.balance(free: account.freeCash), passed: account.equity.isPositive && account.freeCash.isPositive && !entry.quantity.isZero)
    }
}
