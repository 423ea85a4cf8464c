// `carillon candles repair`: what is missing or damaged, from an exchange or from files.
import Application
import ArgumentParser
import CandleStore
import Messaging
import Screens

struct CandlesRepairCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repair", abstract: "Fetch or import what is missing or damaged.",
        discussion: """
            Without files the exchange is asked for each gap and each damaged block, and for nothing else. \
            With files only what is missing or damaged is taken from them. A damaged block is given up only for at least as many candles as it \
            held. Candles that no source has stay a gap: nothing is made up.
            """)
    @OptionGroup var options: CandleStoreOptions
    @OptionGroup var venue: HistoryOptions
    @Option(help: ArgumentHelp("Only these pairs.", valueName: "A,B"), transform: SymbolList.read)
    var symbols: SymbolList?
    @Argument(help: "Files to take it from, in place of the exchange.")
    var files: [String] = []

    mutating func run() async throws {
        try await guarded {
            let progress = ProgressLine()
            let run = try await RepairRun(options.caller, store: try options.folder, symbols?.symbols, from: venue.source, files: files) {
                progress.draw("\($1)/\($2) months  \(Format.progress($1, of: $2))  \($0.symbol) \($0.month)")
            }
            progress.clear()
            Terminal.out(options.json ? run.json : run.screen)
            if let failure = run.failure { throw failure }
        }
    }
}
