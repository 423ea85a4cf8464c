// Never more than is free.

struct CashCheck: RiskCheck {
    func evaluate(_ entry: PlannedEntry, _ account: AccountView) -> CheckResult {
        CheckResult(
            "cash", passed: entry.notional <= account.freeCash,
            value: amount(entry.notional, account), limit: "\(amount(account.freeCash, account)) free")
    }
}
