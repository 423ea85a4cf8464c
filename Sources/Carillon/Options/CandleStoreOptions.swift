// Options that the commands about candles share.
import Application
public import ArgumentParser
import CandleFiles
public import CandleStore
import Kernel
import Market

struct CandleStoreOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The folder of the candles.", discussion: "Else /var/lib/carillon/candles where installed, or carillon/candles in the XDG data folder."))
    var store: String?
    @Flag(help: "Print facts as one JSON object.")
    var json = false

    var caller: Caller { Caller(say: Terminal.error) }
    var folder: String { get throws(Failure) { try caller.candleStore(store) } }

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
                if symbols.contains(symbol) { throw ValidationError("\(symbol) is named twice; name it once") }
                symbols.append(symbol)
            case .doubt(let pairs): throw ValidationError("\(name) is \(PairName.words(pairs)); write the one you mean with its slash")
            case .notSpot, .unknown: throw ValidationError("\(Echo.quoted(name)) is not a spot pair; write e.g. BTC/USDT or BTCUSDT")
            }
        }
        return SymbolList(symbols: symbols)
    }
}

extension Month: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension Timeframe: ExpressibleByArgument {}
