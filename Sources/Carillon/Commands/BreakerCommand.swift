// `carillon breaker list|reset`: what is tripped, and a person's word that it may go on.
import Application
public import ArgumentParser
import Kernel
import Risk
import Screens

struct BreakerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "breaker", abstract: "Show the circuit breakers, or reset one.",
        subcommands: [List.self, Reset.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "Show every breaker, its limit and whether it is tripped.")
        @OptionGroup var options: CommonOptions

        mutating func run() async throws {
            try await printed {
                let list = try BreakerList(Session.open(options.caller, .reading))
                Terminal.out(options.json ? list.json : list.screen)
            }
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
            if reason.allSatisfy(\.isWhitespace) { throw ValidationError("--reason is empty; write why, the journal keeps it") }
        }

        mutating func run() async throws {
            try await guarded {
                let reset = try await BreakerList.reset(name, reason: reason, options.caller)
                Terminal.out(
                    options.json
                        ? JSONValue.console([("breaker", .text(name.rawValue)), ("reset", .flag(reset))])
                        : reset ? "Breaker \(name.rawValue) is reset." : "Breaker \(name.rawValue) is not tripped.")
            }
        }
    }
}

extension BreakerName: ExpressibleByArgument {}
