// The exchange that history is fetched from.
import Application
import ArgumentParser

extension HistoryVenue: ExpressibleByArgument {}

struct HistoryOptions: ParsableArguments {
    @Option(help: "binance.")
    var exchange: HistoryVenue = .binance
    @Option(help: ArgumentHelp("Another address of the exchange's public data.", valueName: "URL"))
    var address: String?

    var source: HistorySource { HistorySource(exchange, address: address) }
}
