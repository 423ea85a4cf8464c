// What the checksums of the store's files came to.
package import CandleStore
import Kernel

package enum VerificationScreen {
    package static func json(_ result: Verification) -> String {
        JSONValue.console([
            ("files", CandleWords.number(result.files)), ("blocks", CandleWords.number(result.blocks)),
            ("candles", CandleWords.number(result.candles)),
            ("bytes", CandleWords.number(result.bytes)), ("damaged", .list(result.damages.map(json))),
            ("newer", .list(result.newer.map { .text($0) }))
        ])
    }

    package static func screen(_ result: Verification) -> String {
        let verdict = result.damages.isEmpty ? "all sound" : "\(result.damages.count) damaged, carillon candles repair brings them back"
        let total =
            "\(CandleWords.count(result.candles, "candle")) in \(CandleWords.count(result.blocks, "block")) of "
            + "\(CandleWords.count(result.files, "file")), \(CandleWords.size(result.bytes)): \(verdict)"
        return (result.damages.map { "\($0)" } + result.newer.map { "\($0): of a later version, not checked" } + [total]).joined(separator: "\n")
    }

    private static func json(_ damage: StoreDamage) -> JSONValue {
        .fields([
            ("file", .text(damage.file)), ("block", damage.block.map(CandleWords.number) ?? .text(nil)), ("from", .text(damage.from.iso8601)),
            ("to", .text(damage.to.iso8601)), ("reason", .text(damage.reason))
        ])
    }
}
