// `carillon exchange-info`: an exchange's rules for one pair, and its clock. Needs no key.
import Application
import ArgumentParser
import Screens

struct ExchangeInfoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exchange-info", abstract: "Show an exchange's rules for one pair.",
        discussion: "Needs no key. Example: carillon exchange-info BTC/USDT --host testnet")
    @OptionGroup var options: ExchangeOptions
    @Argument(help: "The pair, e.g. BTC/USDT.")
    var symbol: String

    mutating func run() async throws {
        try await printed {
            let (rules, clock, venue) = try await options.access.rules(symbol)
            Terminal.out(options.json ? RulesScreen.json(rules, clock, venue) : RulesScreen.screen(rules, clock, venue))
        }
    }
}
