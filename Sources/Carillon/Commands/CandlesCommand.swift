// `carillon candles`: the lab's memory of prices, one file a command.
import ArgumentParser
import CandleFiles
import CandleStore
import Domain
import SettingsFiles

struct CandlesCommand: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "candles", abstract: "Keep real candles for the lab: import, backfill, check, repair.",
        discussion: """
            Candles lie in one folder, a checked file for each pair, interval and month. The finest candles of a month are its truth: coarser ones are \
            added up from them, coarser files only fill what is missing, and nothing else fills a gap.

            A beginning:
              carillon candles backfill --symbols BTCUSDT,ETHUSDT --interval 1m --from 2024-01
              carillon candles import BTCUSDT-1m-2023-*.zip
              carillon candles list
            """,
        subcommands: [
            CandlesImportCommand.self, CandlesBackfillCommand.self, CandlesListCommand.self, CandlesGapsCommand.self, CandlesRepairCommand.self,
            CandlesVerifyCommand.self,
        ])
}

struct CandleStoreOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The folder of the candles.", discussion: "Else /var/lib/carillon/candles where installed, or carillon/candles in the XDG data folder."))
    var store: String?
    @Flag(help: "Print facts as one JSON object.")
    var json = false

    var folder: String { get throws(Failure) { try Self.folder(store) } }

    /// Where the store is, said or not.
    static func folder(_ option: String?) throws(Failure) -> String {
        do { return try CandleStoreLocator(environment: Session.environment).locate(option: option) } catch { throw Failure(.noPermission, error.description) }
    }

    func open() throws -> CandleStore { try CandleStore(try folder) }
    func openForWriting() throws -> CandleStoreWriter { try CandleStoreWriter(try folder) }
}

/// Pairs as a person writes them.
struct SymbolList {
    let symbols: [Symbol]

    /// `BTCUSDT,ETH/USDT`: with a stroke, or with one of the usual quotes at its end.
    @Sendable static func read(_ argument: String) throws -> SymbolList {
        var symbols: [Symbol] = []
        for name in argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
            switch PairName(name) {
            case .pair(let symbol):
                if symbols.contains(symbol) { throw ValidationError("\(symbol) stands there twice") }
                symbols.append(symbol)
            case .doubt(let pairs): throw ValidationError("\(name) is \(PairName.words(pairs)): write which, with the stroke")
            case .notSpot, .unknown: throw ValidationError("\(Echo.quoted(name)) is no spot pair such as BTC/USDT or BTCUSDT")
            }
        }
        return SymbolList(symbols: symbols)
    }
}

extension Month: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}
extension Timeframe: ExpressibleByArgument {}

extension Failure {
    init(_ error: CandleStoreError) {
        let code: Sysexit = switch error {
        case .noStore: .unavailable
        case .notAStore: .cannotCreate
        case .busy: .temporary
        case .noPermission: .noPermission
        case .diskFull, .device: .io
        case .newer: .configuration
        case .noCandles, .damaged, .digits, .disorder, .file: .data
        }
        self.init(code, error.description)
    }
}

enum CandleWords {
    /// `1,234,567 candles`, `1 candle`.
    static func count(_ number: Int, _ noun: String) -> String { "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")" }

    static func grouped(_ number: Int) -> String {
        let digits = String(number)
        return String(digits.enumerated().flatMap { ($0 > 0 && (digits.count - $0) % 3 == 0 ? [","] : []) + [$1] })
    }

    static func size(_ bytes: Int) -> String {
        bytes < 1 << 20 ? "\((bytes + 1_023) >> 10) KiB" : "\(bytes >> 20).\((bytes >> 10 & 1_023) * 10 >> 10) MiB"
    }

    static func number(_ value: Int) -> JSONOutput { .number("\(value)") }
}
