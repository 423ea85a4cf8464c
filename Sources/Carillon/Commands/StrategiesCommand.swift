// `carillon strategies`: which there are and what is wrong with them, without trading any; a new one; their language.
import Application
import ArgumentParser
import Screens
import SettingsFiles
import Strategies

struct StrategiesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "strategies", abstract: "List strategies, begin a new one, or show the language they are written in.",
        discussion: "Files of the configured folder win over the compiled-in ones.",
        subcommands: [StrategiesListCommand.self, StrategiesNewCommand.self, StrategiesReferenceCommand.self],
        defaultSubcommand: StrategiesListCommand.self)
}

struct StrategiesReferenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reference", abstract: "Show every key, operator, field and indicator a strategy can use.")

    mutating func run() async throws {
        try await printed { Terminal.out(StrategyReference.text) }
    }
}

struct StrategiesNewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Write a strategy to begin with into the configured folder, every line explained.",
        discussion: "A file that is there is never written to.")
    @Argument(help: "Small letters, digits and dashes, e.g. my-idea.")
    var name: String
    @OptionGroup var options: ConfigOption

    mutating func run() async throws {
        try await guarded {
            let file = try StrategyShelf.begin(name, options.caller)
            Terminal.out(
                "\(file)\n\nNext:  carillon strategies              is it right?\n       carillon strategies reference    what else can be written\n"
                    + "       carillon backtest \(name) --candles FOLDER   what would it have done?")
        }
    }
}

struct StrategiesListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List strategies and name every problem with file, line and column.",
        discussion: "A problem ends with exit code 78.")
    @OptionGroup var options: ConfigOption
    @Flag(help: "Print facts as one JSON object.")
    var json = false

    mutating func run() async throws {
        try await printed {
            let shelf = try StrategyShelf(options.caller)
            (json ? [shelf.json] : shelf.lines).forEach(Terminal.out)
            if let failure = shelf.failure { throw failure }
        }
    }
}
