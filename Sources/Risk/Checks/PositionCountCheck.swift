// At most so many positions, pending ones counted.
import Settings

struct PositionCountCheck: RiskCheck {
    func evaluate(_ entry: PlannedEntry, _ account: AccountView) -> CheckResult {
        let limit = account.limits.maxOpenPositions
        return CheckResult(.openPositions(open: account.positions, limit: limit), passed: account.positions < limit)
    }
}
