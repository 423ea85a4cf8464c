// The trading day's loss as a share of the equity it started with.
import Kernel
import Settings

struct DailyLossPercentCheck: RiskCheck {
    func evaluate(_ entry: PlannedEntry, _ account: AccountView) -> CheckResult {
        let loss = max(.zero, -account.dayResult)
        let ratio = account.dayEquity.isPositive ? Ratio(loss.divided(by: account.dayEquity, rounding: .up)) : .one
        return CheckResult(
            "dailyLossPercent", passed: ratio < account.limits.dailyLoss,
            value: percent(ratio), limit: percent(account.limits.dailyLoss))
    }
}
