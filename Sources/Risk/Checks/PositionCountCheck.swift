// At most so many positions, pending ones counted.
import Settings

struct PositionCountCheck: RiskCheck {
    func evaluate(_ entry: PlannedEntry, _ account: AccountView) -> CheckResult {
        CheckResult(
            "openPositions", passed: account.positions < account.limits.maxOpenPositions,
            value: "\(account.positions) open", limit: "\(account.limits.maxOpenPositions)")
    }
}
