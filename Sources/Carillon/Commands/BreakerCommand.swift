// `carillon breaker list|reset`: what is tripped, and a person's word that it may go on.
import ArgumentParser
import Domain
import Messaging

struct BreakerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "breaker", abstract: "Show the circuit breakers, or reset one.",
                                                    subcommands: [List.self, Reset.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "Show every breaker, its limit and whether it is tripped.")
        @OptionGroup var options: CommonOptions

        mutating func run() async throws {
            try await printed {
                let session = try Session.open(options, .reading)
                let book = try session.journal.book(), now = session.clock.now
                let rows = BreakerName.allCases.map { name in (name, book.breakers[name.rawValue].flatMap { $0.isActive(at: now) ? $0 : nil }) }
                if options.json {
                    Terminal.out(JSONOutput.object([("breakers", .list(rows.map { name, tripped in
                        .fields([("name", .text(name.rawValue)), ("tripped", .flag(tripped != nil)), ("why", .text(tripped?.why)),
                                 ("since", .text(tripped?.since.iso8601)), ("until", .text(tripped?.until?.iso8601))])
                    }))]))
                    return
                }
                for (name, tripped) in rows { Terminal.out(Self.line(name, tripped, book, session, now)) }
            }
        }

        private static func line(_ name: BreakerName, _ tripped: TrippedBreaker?, _ book: Book, _ session: Session, _ now: Timestamp) -> String {
            let limits = session.settings.risk.withinCeiling
            let rule = switch name {
            case .streak: "\(limits.lossStreak) losses in a row pause buying for \(Format.span(limits.streakCoolDown)); now \(book.record.losingStreak) in a row"
                + (book.record.losingStreak >= limits.lossStreak && tripped == nil ? ", and the pause they brought is over" : "")
            case .dailyLoss: "\(Format.percent(limits.dailyLoss, places: 0)) or \(Format.amount(limits.dailyLossAmount)) \(book.quote) lost in a day, pauses until the next"
            case .drawdown: "\(Format.percent(limits.drawdown, places: 0)) below the highest equity (now \(Format.percent(book.drawdown(equity: book.lastEquity ?? book.cash)))), until you reset it"
            case .critical: "an error that must not happen, until you reset it"
            }
            guard let tripped else { return "✓ \(name.rawValue)  \(rule)" }
            let until = tripped.until.map { "until \($0)" } ?? "reset: \(session.folder.command("breaker reset \(name.rawValue)")) --reason \"…\""
            return Terminal.bold("■ \(name.rawValue)  tripped \(tripped.since): \(tripped.why); \(until)")
        }
    }

    struct Reset: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "reset", abstract: "Reset a breaker after you have looked at why it tripped.")
        @OptionGroup var options: CommonOptions
        @Argument(help: "streak, dailyLoss, drawdown or critical.")
        var name: BreakerName
        @Option(help: "Why it may go on; kept in the journal.")
        var reason: String

        func validate() throws {
            if reason.allSatisfy(\.isWhitespace) { throw ValidationError("--reason needs words: they are kept in the journal") }
        }

        mutating func run() async throws {
            try await guarded {
                let session = try await Session.writing(options)
                var reset = false
                try session.journal.commit(at: session.clock.now) { book in
                    reset = book.breakers[name.rawValue]?.isActive(at: session.clock.now) ?? false
                    return reset ? [.breakerReset(BreakerReset(breaker: name, reason: SafeReason.line(reason)))] : []
                }
                Terminal.out(options.json ? JSONOutput.object([("breaker", .text(name.rawValue)), ("reset", .flag(reset))])
                    : reset ? "Breaker \(name.rawValue) is reset." : "Breaker \(name.rawValue) is not tripped.")
            }
        }
    }
}

extension BreakerName: ExpressibleByArgument {}
