// `carillon candles list`: what there is.
import ArgumentParser
import CandleStore
import Domain
import Messaging

struct CandlesListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show each pair and interval: from, to, candles, size, gaps.",
        discussion: "`fills` are months in which finer candles are the truth and these only stand in where finer ones are missing.")
    @OptionGroup var options: CandleStoreOptions
    @Option(help: ArgumentHelp("Only these pairs.", valueName: "A,B"), transform: SymbolList.read)
    var symbols: SymbolList?

    mutating func run() async throws {
        try await printed {
            let list = try options.open().list(symbols?.symbols)
            if options.json {
                Terminal.out(JSONOutput.object([("store", .text(try options.folder)), ("series", .list(list.map(Self.json)))]))
            } else {
                let names = list.map(\.symbol.description.count).max() ?? 0
                let total = list.reduce(0) { $0 + $1.candles }
                Terminal.out(Terminal.bold("\(CandleWords.count(total, "candle")) of \(CandleWords.count(Set(list.map(\.symbol)).count, "pair")), "
                    + "\(CandleWords.size(list.reduce(0) { $0 + $1.bytes })) in \(try options.folder)"))
                for series in list { Terminal.out(Self.line(series, names)) }
            }
        }
    }

    private static func line(_ series: StoredSeries, _ width: Int) -> String {
        var parts = [CandleWords.count(series.candles, "candle"), CandleWords.size(series.bytes)]
        if series.fillingMonths < series.months { parts.append(series.missing == 0 ? "no gaps" : "\(CandleWords.grouped(series.missing)) missing") }
        if series.fillingMonths > 0 { parts.append("fills \(CandleWords.count(series.fillingMonths, "month"))") }
        if series.damagedFiles > 0 { parts.append("\(CandleWords.count(series.damagedFiles, "file")) damaged, see: carillon candles verify") }
        let span = series.from.flatMap { from in series.to.map { "\(from) to \($0)" } } ?? "unknown"
        return "\(series.symbol.description.padded(to: width))  \(series.timeframe.rawValue.padded(to: 3))  \(span)  \(parts.joined(separator: " · "))"
    }

    private static func json(_ series: StoredSeries) -> JSONOutput {
        .fields([("symbol", .text(series.symbol.description)), ("interval", .text(series.timeframe.rawValue)), ("from", .text(series.from?.iso8601)),
                 ("to", .text(series.to?.iso8601)), ("candles", CandleWords.number(series.candles)), ("bytes", CandleWords.number(series.bytes)),
                 ("months", CandleWords.number(series.months)), ("fills", CandleWords.number(series.fillingMonths)), ("missing", CandleWords.number(series.missing)),
                 ("damagedFiles", CandleWords.number(series.damagedFiles))])
    }
}
