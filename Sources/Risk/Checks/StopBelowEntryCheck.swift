// A stop at or above the entry protects nothing.

struct StopBelowEntryCheck: RiskCheck {
    func evaluate(_ entry: PlannedEntry, _ account: AccountView) -> CheckResult {
        CheckResult(.stopBelowEntry(stop: entry.stop, entry: entry.price), passed: entry.stop.map { $0 < entry.price } ?? false)
    }
}
