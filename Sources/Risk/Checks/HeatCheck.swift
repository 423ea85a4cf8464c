// What is lost if every open and pending position and this one end at their stops.
import Settings

struct HeatCheck: RiskCheck {
    func evaluate(_ entry: PlannedEntry, _ account: AccountView) -> CheckResult {
        let heat = account.heat + entry.risk
        let limit = share(account.limits.heat, of: account)
        return CheckResult(.heat(atRisk: heat, limit: limit, share: account.limits.heat), passed: heat <= limit)
    }
}
