// Nothing is bought while a person has halted the bot.

struct KillSwitchCheck: RiskCheck {
    func evaluate(_ entry: PlannedEntry, _ account: AccountView) -> CheckResult {
        CheckResult(
            "killSwitch", passed: account.killSwitch == nil,
            value: account.killSwitch.map { "halted: \($0)" } ?? "off", limit: "off")
    }
}
