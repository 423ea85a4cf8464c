// The fall from the highest equity there was.
import Settings

struct DrawdownCheck: RiskCheck {
    func evaluate(_ entry: PlannedEntry, _ account: AccountView) -> CheckResult {
        CheckResult(
            "drawdown", passed: account.drawdown < account.limits.drawdown,
            value: percent(account.drawdown), limit: percent(account.limits.drawdown))
    }
}
