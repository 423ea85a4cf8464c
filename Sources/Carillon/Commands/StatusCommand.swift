// `carillon status`: where the account stands, from the journal alone.
import Application
import ArgumentParser
import Screens

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show what is wrong, the account, open positions and what is due next.")
    @OptionGroup var options: CommonOptions

    mutating func run() async throws {
        try await printed {
            let status = try Status(Session.open(options.caller, .reading))
            Terminal.out(options.json ? status.json : status.screen)
        }
    }
}
