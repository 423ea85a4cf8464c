// `carillon trades`: what was bought and sold again, a line each, from the journal alone.
import Application
import ArgumentParser
import Screens

struct TradesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trades", abstract: "List the closed trades, the newest last, and what they came to.",
        discussion: "Results are after all fees. `carillon explain T0003` tells why one happened; `carillon status` shows what is open.")
    @OptionGroup var options: CommonOptions
    @Option(help: "Only trades of the last so many days.")
    var days: Int?

    func validate() throws {
        if let days, !(1...36_500).contains(days) { throw ValidationError("--days is 1 to 36500") }
    }

    mutating func run() async throws {
        try await printed {
            let list = try TradeList(Session.open(options.caller, .reading), days: days)
            Terminal.out(options.json ? list.json : list.screen)
        }
    }
}
