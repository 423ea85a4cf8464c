// `carillon candles list`: what there is.
import Application
import ArgumentParser
import CandleStore
import Screens

struct CandlesListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show each pair and interval: from, to, candles, size, gaps.",
        discussion: "`fills` are months in which finer candles are the truth and these only fill what is missing of them.")
    @OptionGroup var options: CandleStoreOptions
    @Option(help: ArgumentHelp("Only these pairs.", valueName: "A,B"), transform: SymbolList.read)
    var symbols: SymbolList?

    mutating func run() async throws {
        try await printed {
            let list = try options.open().list(symbols?.symbols)
            let folder = try options.folder
            Terminal.out(options.json ? SeriesScreen.json(list, in: folder) : SeriesScreen.screen(list, in: folder))
        }
    }
}
