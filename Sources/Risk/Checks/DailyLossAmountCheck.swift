// The trading day's loss in quote units.
import Kernel
import Settings

struct DailyLossAmountCheck: RiskCheck {
    func evaluate(_ entry: PlannedEntry, _ account: AccountView) -> CheckResult {
        let loss = max(.zero, -account.dayResult), limit = account.limits.dailyLossAmount
        return CheckResult(.dailyLossAmount(lost: loss, limit: limit), passed: loss < limit)
    }
}
