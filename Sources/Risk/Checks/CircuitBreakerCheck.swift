// Nothing is bought while a breaker is tripped.

struct CircuitBreakerCheck: RiskCheck {
    func evaluate(_ entry: PlannedEntry, _ account: AccountView) -> CheckResult {
        CheckResult(.circuitBreakers(tripped: account.breakers.map(\.name)), passed: account.breakers.isEmpty)
    }
}
