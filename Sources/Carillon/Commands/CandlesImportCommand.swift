// `carillon candles import`: files of candles into the store, each whole or not at all.
import ArgumentParser
import CandleFiles
import CandleStore
import Domain
import Messaging

struct CandlesImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take candles from .csv, .csv.gz and a venue's .zip files.",
        discussion: """
            The name tells pair and interval: BTCUSDT-1h.csv.gz, BTCUSDT-1m-2024-01.zip. Rows are open time, open, high, low, close, volume, with or \
            without a header; a venue's archives have six more columns and times in milliseconds or microseconds. BTCUSDT-1m-2024-01.zip.CHECKSUM \
            beside an archive is verified. A row that is off the interval's grid or was cut short, as outages leave them, is a gap, and counted. A file with a \
            wrong number or order imports nothing and is named with its line (exit 65); the others are taken. \
            Candles that are there already with other numbers are replaced, and counted.
            """)
    @OptionGroup var options: CandleStoreOptions
    @Argument(help: "Files to import.")
    var files: [String]
    @Option(help: "The pair, where names do not tell it.", transform: SymbolList.read)
    var symbol: SymbolList?
    @Option(help: "The interval, where names do not tell it.")
    var interval: Timeframe?

    func validate() throws {
        if let symbol, symbol.symbols.count != 1 { throw ValidationError("--symbol is one pair") }
    }

    mutating func run() async throws {
        try await guarded {
            let importing = CandleImport(into: try options.openForWriting())
            let progress = ProgressLine()
            var taken: [JSONOutput] = [], refused: [FileFault] = []
            for (index, path) in files.enumerated() {
                do throws(CandleStoreError) {
                    let file = try ImportFile(path: path, symbol: symbol?.symbols.first, timeframe: interval)
                    let result = try importing.run(file) { month, _ in
                        progress.draw("\(index + 1)/\(files.count) files  \(Format.progress(index, of: files.count))  \(file.file) \(month)")
                    }
                    progress.clear()
                    if !options.json { Terminal.out(SafeText.terminal(Self.line(file, result))) }
                    taken.append(Self.json(file, result))
                } catch {
                    progress.clear()
                    guard case .file(let fault) = error else { throw error }
                    Terminal.error("\(fault)")
                    refused.append(fault)
                }
            }
            if options.json {
                Terminal.out(JSONOutput.object([("imported", .list(taken)), ("refused", .list(refused.map { .fields([("file", .text($0.file)),
                    ("line", $0.line.map(CandleWords.number) ?? .text(nil)), ("reason", .text($0.reason))]) }))]))
            }
            guard refused.isEmpty else { throw Failure(.data, "\(refused.count) of \(CandleWords.count(files.count, "file")) refused; nothing of \(refused.count == 1 ? "it" : "them") was imported") }
        }
    }

    private static func line(_ file: ImportFile, _ result: ImportResult) -> String {
        let commit = result.commit
        var parts = ["\(CandleWords.grouped(commit.added)) new"]
        if commit.replaced > 0 { parts.append("\(CandleWords.grouped(commit.replaced)) replaced") }
        if commit.known > 0 { parts.append("\(CandleWords.grouped(commit.known)) there already") }
        if commit.covered > 0 { parts.append("\(CandleWords.grouped(commit.covered)) not kept, finer candles give them") }
        if commit.differing > 0 { parts.append("\(CandleWords.grouped(commit.differing)) of those had other numbers") }
        if let gaps = result.gaps { parts.append("\(CandleWords.count(gaps.count, "row")) left as gaps (line \(gaps.first.line ?? 0): \(gaps.first.reason))") }
        if result.isChecked { parts.append("checksum right") }
        return "\(file.file): \(file.symbol) \(file.timeframe.rawValue), \(CandleWords.count(result.rows, "candle")) from \(result.from) to \(result.to): " + parts.joined(separator: ", ")
    }

    private static func json(_ file: ImportFile, _ result: ImportResult) -> JSONOutput {
        .fields([("file", .text(file.file)), ("symbol", .text(file.symbol.description)), ("interval", .text(file.timeframe.rawValue)), ("from", .text(result.from.iso8601)),
                 ("to", .text(result.to.iso8601)), ("candles", CandleWords.number(result.rows)), ("added", CandleWords.number(result.commit.added)),
                 ("replaced", CandleWords.number(result.commit.replaced)), ("known", CandleWords.number(result.commit.known)),
                 ("covered", CandleWords.number(result.commit.covered)), ("differing", CandleWords.number(result.commit.differing)), ("gaps", CandleWords.number(result.gaps?.count ?? 0)), ("checksum", .flag(result.isChecked))])
    }
}
