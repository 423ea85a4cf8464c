// Not too much in one instrument, nor in all together.
import Kernel
import Settings

struct ConcentrationCheck: RiskCheck {
    func evaluate(_ entry: PlannedEntry, _ account: AccountView) -> CheckResult {
        let one = (account.notionals[entry.symbol] ?? .zero) + entry.notional
        let all = account.notionals.values.reduce(entry.notional, +)
        let limitOne = share(account.limits.concentrationInstrument, of: account)
        let limitAll = share(account.limits.concentrationAll, of: account)
        return CheckResult(
            .concentration(one: one, all: all, limitOne: limitOne, limitAll: limitAll), passed: one <= limitOne && all <= limitAll)
    }
}
