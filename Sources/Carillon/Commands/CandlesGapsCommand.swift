// `carillon candles gaps`: what is missing, month by month.
import Application
import ArgumentParser
import CandleStore
import Screens

struct CandlesGapsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gaps", abstract: "List what is missing of each pair, month by month.",
        discussion: """
            Counted in candles of the finest interval of each month, from the pair's first candle to its last. \
            A gap that a coarser file fills says so. Exchanges have gaps of their own: what `repair` does not find is not there.
            """)
    @OptionGroup var options: CandleStoreOptions
    @Option(help: ArgumentHelp("Only these pairs.", valueName: "A,B"), transform: SymbolList.read)
    var symbols: SymbolList?

    mutating func run() async throws {
        try await printed {
            let store = try options.open()
            var months: [MonthGaps] = []
            for symbol in try symbols?.symbols ?? store.symbols() { months += try store.gaps(of: symbol) }
            Terminal.out(options.json ? GapsScreen.json(months) : GapsScreen.screen(months))
        }
    }
}
