// What is missing of each pair, month by month.
package import CandleStore
import Kernel
import Market

package enum GapsScreen {
    /// - Parameter months: all that were looked at.
    package static func json(_ months: [MonthGaps]) -> String {
        let open = months.filter { !$0.gaps.isEmpty }
        return JSONValue.console([("missing", CandleWords.number(missing(open))), ("months", .list(open.map(json)))])
    }

    package static func screen(_ months: [MonthGaps]) -> String {
        let open = months.filter { !$0.gaps.isEmpty }, all = CandleWords.count(months.count, "month")
        let head = open.isEmpty ? "no gaps in \(all)" : "\(CandleWords.count(missing(open), "candle")) missing in \(open.count) of \(all)"
        return ([Style.bold(head)] + open.flatMap(lines)).joined(separator: "\n")
    }

    private static func missing(_ months: [MonthGaps]) -> Int { months.reduce(0) { $0 + $1.missing } }

    private static func lines(_ month: MonthGaps) -> [String] {
        [
            "\(month.symbol) \(month.month) \(month.timeframe.rawValue): \(CandleWords.grouped(month.missing)) of "
                + "\(CandleWords.grouped(month.expected)) missing"
        ]
            + month.gaps.map { "  \($0.from) to \($0.to)  \(CandleWords.count($0.candles, "candle"))\(note($0.kind))" }
    }

    private static func note(_ kind: Gap.Kind) -> String {
        switch kind {
        case .missing: ""
        case .filled(let timeframe): ", filled by \(timeframe.rawValue)"
        case .damaged: ", damaged: carillon candles repair"
        }
    }

    private static func json(_ month: MonthGaps) -> JSONValue {
        .fields([
            ("symbol", .text(month.symbol.description)), ("month", .text("\(month.month)")), ("interval", .text(month.timeframe.rawValue)),
            ("expected", CandleWords.number(month.expected)), ("missing", CandleWords.number(month.missing)), ("gaps", .list(month.gaps.map(json)))
        ])
    }

    private static func json(_ gap: Gap) -> JSONValue {
        let (kind, filledBy): (String, String?) =
            switch gap.kind {
            case .missing: ("missing", nil)
            case .filled(let timeframe): ("filled", timeframe.rawValue)
            case .damaged: ("damaged", nil)
            }
        return .fields([
            ("from", .text(gap.from.iso8601)), ("to", .text(gap.to.iso8601)), ("candles", CandleWords.number(gap.candles)), ("kind", .text(kind)),
            ("filledBy", .text(filledBy))
        ])
    }
}
