// `carillon candles import`: files of candles into the store, each whole or not at all.
import Application
import ArgumentParser
import CandleFiles
import CandleStore
import Kernel
import Market
import Messaging
import Screens

struct CandlesImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take candles from .csv, .csv.gz and a venue's .zip files.",
        discussion: """
            The name tells pair and interval: BTCUSDT-1h.csv.gz, BTCUSDT-1m-2024-01.zip. Rows are open time, open, high, low, close, volume, with or \
            without a header; a venue's archives have six more columns and times in milliseconds or microseconds. BTCUSDT-1m-2024-01.zip.CHECKSUM \
            beside an archive is verified. A row that is off the interval's grid or was cut short, as outages leave them, is a gap, and counted. \
            A file with a wrong number or order imports nothing and is named with its line (exit 65); the others are taken. \
            Candles that are there already with other numbers are replaced, and counted.
            """)
    @OptionGroup var options: CandleStoreOptions
    @Argument(help: "Files to import.")
    var files: [String]
    @Option(help: "The pair, if the file names do not say it.", transform: SymbolList.read)
    var symbol: SymbolList?
    @Option(help: "The interval, if the file names do not say it.")
    var interval: Timeframe?

    func validate() throws {
        if let symbol, symbol.symbols.count != 1 { throw ValidationError("--symbol is one pair") }
    }

    mutating func run() async throws {
        try await guarded {
            let importing = CandleImport(into: try options.openForWriting()), progress = ProgressLine()
            var report = ImportScreen(of: files.count)
            for (index, path) in files.enumerated() {
                do throws(CandleStoreError) {
                    let file = try ImportFile(path: path, symbol: symbol?.symbols.first, timeframe: interval)
                    let result = try importing.run(file) { month, _ in
                        progress.draw("\(index + 1)/\(files.count) files  \(Format.progress(index, of: files.count))  \(file.file) \(month)")
                    }
                    progress.clear()
                    if !options.json { Terminal.out(ImportScreen.line(file, result)) }
                    report.take(file, result)
                } catch {
                    progress.clear()
                    guard case .file(let fault) = error else { throw error }
                    Terminal.error("\(fault)")
                    report.refuse(fault)
                }
            }
            if options.json { Terminal.out(report.json) }
            if let failure = report.failure { throw failure }
        }
    }
}
