// What the store holds, a line each pair and interval.
package import CandleStore
import Kernel
import Market

package enum SeriesScreen {
    package static func json(_ list: [StoredSeries], in folder: String) -> String {
        JSONValue.console([("store", .text(folder)), ("series", .list(list.map(json)))])
    }

    package static func screen(_ list: [StoredSeries], in folder: String) -> String {
        let names = list.map(\.symbol.description.count).max() ?? 0, total = list.reduce(0) { $0 + $1.candles }
        let head =
            "\(CandleWords.count(total, "candle")) of \(CandleWords.count(Set(list.map(\.symbol)).count, "pair")), "
            + "\(CandleWords.size(list.reduce(0) { $0 + $1.bytes })) in \(folder)"
        return ([Style.bold(head)] + list.map { line($0, names) }).joined(separator: "\n")
    }

    private static func line(_ series: StoredSeries, _ width: Int) -> String {
        var parts = [CandleWords.count(series.candles, "candle"), CandleWords.size(series.bytes)]
        if series.fillingMonths < series.months { parts.append(series.missing == 0 ? "no gaps" : "\(CandleWords.grouped(series.missing)) missing") }
        if series.fillingMonths > 0 { parts.append("fills \(CandleWords.count(series.fillingMonths, "month"))") }
        if series.damagedFiles > 0 { parts.append("\(CandleWords.count(series.damagedFiles, "file")) damaged, see: carillon candles verify") }
        let span = series.from.flatMap { from in series.to.map { "\(from) to \($0)" } } ?? "unknown"
        return
            "\(series.symbol.description.padded(to: width))  \(series.timeframe.rawValue.padded(to: 3))  \(span)  \(parts.joined(separator: " · "))"
    }

    private static func json(_ series: StoredSeries) -> JSONValue {
        .fields([
            ("symbol", .text(series.symbol.description)), ("interval", .text(series.timeframe.rawValue)), ("from", .text(series.from?.iso8601)),
            ("to", .text(series.to?.iso8601)), ("candles", CandleWords.number(series.candles)), ("bytes", CandleWords.number(series.bytes)),
            ("months", CandleWords.number(series.months)), ("fills", CandleWords.number(series.fillingMonths)),
            ("missing", CandleWords.number(series.missing)),
            ("damagedFiles", CandleWords.number(series.damagedFiles))
        ])
    }
}
