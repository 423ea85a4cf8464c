// A stop at or above the entry protects nothing.

struct StopBelowEntryCheck: RiskCheck {
    func evaluate(_ entry: PlannedEntry, _ account: AccountView) -> CheckResult {
        CheckResult(
            "stopBelowEntry", passed: entry.stop.map { $0 < entry.price } ?? false,
            value: entry.stop.map { "stop \($0)" } ?? "no stop", limit: "below \(entry.price)")
    }
}
