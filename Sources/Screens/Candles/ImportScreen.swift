// Which files of candles were taken, and which were refused.
package import Application
package import CandleFiles
package import CandleStore
import Kernel
import Market
import Messaging

package struct ImportScreen {
    private let count: Int
    private var taken: [JSONValue] = []
    private var refused: [FileFault] = []

    /// - Parameter count: how many files there are.
    package init(of count: Int) { self.count = count }

    package mutating func take(_ file: ImportFile, _ result: ImportResult) { taken.append(Self.json(file, result)) }
    package mutating func refuse(_ fault: FileFault) { refused.append(fault) }

    package var json: String {
        JSONValue.console([
            ("imported", .list(taken)),
            (
                "refused",
                .list(
                    refused.map {
                        .fields([("file", .text($0.file)), ("line", $0.line.map(CandleWords.number) ?? .text(nil)), ("reason", .text($0.reason))])
                    })
            )
        ])
    }

    /// nil if every file was taken.
    package var failure: Failure? {
        guard !refused.isEmpty else { return nil }
        return Failure(
            .data,
            "\(refused.count) of \(CandleWords.count(count, "file")) refused; nothing of \(refused.count == 1 ? "it" : "them") was imported")
    }

    package static func line(_ file: ImportFile, _ result: ImportResult) -> String {
        let commit = result.commit
        var parts = ["\(CandleWords.grouped(commit.added)) new"]
        if commit.replaced > 0 { parts.append("\(CandleWords.grouped(commit.replaced)) replaced") }
        if commit.known > 0 { parts.append("\(CandleWords.grouped(commit.known)) there already") }
        if commit.covered > 0 { parts.append("\(CandleWords.grouped(commit.covered)) not kept, finer candles give them") }
        if commit.differing > 0 { parts.append("\(CandleWords.grouped(commit.differing)) of those had other numbers") }
        if let gaps = result.gaps {
            parts.append("\(CandleWords.count(gaps.count, "row")) left as gaps (line \(gaps.first.line ?? 0): \(gaps.first.reason))")
        }
        if result.isChecked { parts.append("checksum right") }
        return
            "\(file.file): \(file.symbol) \(file.timeframe.rawValue), \(CandleWords.count(result.rows, "candle")) from \(result.from) to "
            + "\(result.to): "
            + parts.joined(separator: ", ")
    }

    private static func json(_ file: ImportFile, _ result: ImportResult) -> JSONValue {
        .fields([
            ("file", .text(file.file)), ("symbol", .text(file.symbol.description)), ("interval", .text(file.timeframe.rawValue)),
            ("from", .text(result.from.iso8601)),
            ("to", .text(result.to.iso8601)), ("candles", CandleWords.number(result.rows)), ("added", CandleWords.number(result.commit.added)),
            ("replaced", CandleWords.number(result.commit.replaced)), ("known", CandleWords.number(result.commit.known)),
            ("covered", CandleWords.number(result.commit.covered)), ("differing", CandleWords.number(result.commit.differing)),
            ("gaps", CandleWords.number(result.gaps?.count ?? 0)), ("checksum", .flag(result.isChecked))
        ])
    }
}
