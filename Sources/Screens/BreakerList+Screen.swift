// Every breaker, a line each: its rule, or why it is tripped and what lets it go on.
import Application
import Events
import Kernel
import Messaging
import Risk
import Settings

extension BreakerList {
    package var json: String {
        JSONValue.console([
            (
                "breakers",
                .list(
                    rows.map { name, tripped in
                        .fields([
                            ("name", .text(name.rawValue)), ("tripped", .flag(tripped != nil)), ("why", .text(tripped?.cause.words)),
                            ("since", .text(tripped?.since.iso8601)), ("until", .text(tripped?.until?.iso8601))
                        ])
                    })
            )
        ])
    }

    package var screen: String { rows.map { line($0.name, $0.tripped) }.joined(separator: "\n") }

    private func line(_ name: BreakerName, _ tripped: TrippedBreaker?) -> String {
        let limits = session.settings.risk.withinCeiling
        let rule =
            switch name {
            case .streak:
                "\(limits.lossStreak) losses in a row pause buying for \(Format.span(limits.streakCoolDown)); "
                    + "now \(book.main.record.losingStreak) in a row"
                    + (book.main.record.losingStreak >= limits.lossStreak && tripped == nil ? ", and the pause they brought is over" : "")
            case .dailyLoss:
                "\(Format.percent(limits.dailyLoss, places: 0)) or \(Format.amount(limits.dailyLossAmount)) \(book.quote) lost in a day, "
                    + "pauses until the next"
            case .drawdown:
                "\(Format.percent(limits.drawdown, places: 0)) below the highest equity (now "
                    + "\(Format.percent(book.main.drawdown(equity: book.main.lastEquity ?? book.main.cash)))), until you reset it"
            case .critical: "an error that must not happen, until you reset it"
            }
        guard let tripped else { return "✓ \(name.rawValue)  \(rule)" }
        let until = tripped.until.map { "until \($0)" } ?? "reset: \(session.folder.command("breaker reset \(name.rawValue)")) --reason \"…\""
        return Style.bold("■ \(name.rawValue)  tripped \(tripped.since): \(tripped.cause.words); \(until)")
    }
}
