// The trading day's loss in quote units.
import Kernel
import Settings

struct DailyLossAmountCheck: RiskCheck {
    func evaluate(_ entry: PlannedEntry, _ account: AccountView) -> CheckResult {
        let loss = max(.zero, -account.dayResult)
        return CheckResult(
            "dailyLossAmount", passed: loss < account.limits.dailyLossAmount,
            value: amount(loss, account), limit: amount(account.limits.dailyLossAmount, account))
    }
}
