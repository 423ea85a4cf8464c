// The trading day's loss as a share of the equity it started with.
import Kernel
import Settings

struct DailyLossPercentCheck: RiskCheck {
    func evaluate(_ entry: PlannedEntry, _ account: AccountView) -> CheckResult {
        let loss = max(.zero, -account.dayResult), limit = account.limits.dailyLoss
        let ratio = account.dayEquity.isPositive ? Ratio(loss.divided(by: account.dayEquity, rounding: .up)) : .one
        return CheckResult(.dailyLossPercent(lost: ratio, limit: limit), passed: ratio < limit)
    }
}
