// `carillon candles gaps`: what is missing, month by month.
import ArgumentParser
import CandleStore
import Domain

struct CandlesGapsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gaps", abstract: "List what is missing of each pair, month by month.",
        discussion: """
            Counted in candles of the finest interval of each month, from the pair's first candle to its last. A gap that a coarser file fills says so. \
            Exchanges have gaps of their own: what `repair` does not find is not there.
            """)
    @OptionGroup var options: CandleStoreOptions
    @Option(help: ArgumentHelp("Only these pairs.", valueName: "A,B"), transform: SymbolList.read)
    var symbols: SymbolList?

    mutating func run() async throws {
        try await printed {
            let store = try options.open()
            var months: [MonthGaps] = []
            for symbol in try symbols?.symbols ?? store.symbols() { months += try store.gaps(of: symbol) }
            let open = months.filter { !$0.gaps.isEmpty }
            if options.json {
                Terminal.out(JSONOutput.object([("missing", CandleWords.number(open.reduce(0) { $0 + $1.missing })), ("months", .list(open.map(Self.json)))]))
            } else {
                Terminal.out(Terminal.bold(open.isEmpty ? "no gaps in \(CandleWords.count(months.count, "month"))"
                    : "\(CandleWords.count(open.reduce(0) { $0 + $1.missing }, "candle")) missing in \(open.count) of \(CandleWords.count(months.count, "month"))"))
                for month in open { Self.lines(month).forEach(Terminal.out) }
            }
        }
    }

    private static func lines(_ month: MonthGaps) -> [String] {
        ["\(month.symbol) \(month.month) \(month.timeframe.rawValue): \(CandleWords.grouped(month.missing)) of \(CandleWords.grouped(month.expected)) missing"]
            + month.gaps.map { "  \($0.from) to \($0.to)  \(CandleWords.count($0.candles, "candle"))\(note($0.kind))" }
    }

    private static func note(_ kind: Gap.Kind) -> String {
        switch kind {
        case .missing: ""
        case .filled(let timeframe): ", filled by \(timeframe.rawValue)"
        case .damaged: ", damaged: carillon candles repair"
        }
    }

    private static func json(_ month: MonthGaps) -> JSONOutput {
        .fields([("symbol", .text(month.symbol.description)), ("month", .text("\(month.month)")), ("interval", .text(month.timeframe.rawValue)),
                 ("expected", CandleWords.number(month.expected)), ("missing", CandleWords.number(month.missing)), ("gaps", .list(month.gaps.map(json)))])
    }

    private static func json(_ gap: Gap) -> JSONOutput {
        let (kind, filledBy): (String, String?) = switch gap.kind {
        case .missing: ("missing", nil)
        case .filled(let timeframe): ("filled", timeframe.rawValue)
        case .damaged: ("damaged", nil)
        }
        return .fields([("from", .text(gap.from.iso8601)), ("to", .text(gap.to.iso8601)), ("candles", CandleWords.number(gap.candles)), ("kind", .text(kind)), ("filledBy", .text(filledBy))])
    }
}
