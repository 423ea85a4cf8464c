// Nothing is bought while a breaker is tripped.

struct CircuitBreakerCheck: RiskCheck {
    func evaluate(_ entry: PlannedEntry, _ account: AccountView) -> CheckResult {
        let tripped = account.breakers.map { "\($0.name.rawValue): \($0.breaker.why)" }
        return CheckResult(
            "circuitBreakers", passed: tripped.isEmpty,
            value: tripped.isEmpty ? "none tripped" : tripped.joined(separator: "; "), limit: "none tripped")
    }
}
