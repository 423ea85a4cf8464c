// Never more than is free.

struct CashCheck: RiskCheck {
    func evaluate(_ entry: PlannedEntry, _ account: AccountView) -> CheckResult {
        CheckResult(.cash(cost: entry.notional, free: account.freeCash), passed: entry.notional <= account.freeCash)
    }
}
