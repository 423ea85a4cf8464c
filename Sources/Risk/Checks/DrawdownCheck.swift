// The fall from the highest equity there was.
import Settings

struct DrawdownCheck: RiskCheck {
    func evaluate(_ entry: PlannedEntry, _ account: AccountView) -> CheckResult {
        CheckResult(.drawdown(below: account.drawdown, limit: account.limits.drawdown), passed: account.drawdown < account.limits.drawdown)
    }
}
