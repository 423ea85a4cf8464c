// Nothing is bought while a person has halted the bot.

struct KillSwitchCheck: RiskCheck {
    func evaluate(_ entry: PlannedEntry, _ account: AccountView) -> CheckResult {
        CheckResult(.killSwitch(halted: account.killSwitch), passed: account.killSwitch == nil)
    }
}
