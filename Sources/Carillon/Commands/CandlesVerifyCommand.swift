// `carillon candles verify`: every checksum of every block.
import ArgumentParser
import CandleStore
import Domain
import Messaging

struct CandlesVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check every block of every file and name what is damaged.",
        discussion: "Exit code 0: all sound; 65: something is damaged, each block named with its file and the time it covers; `repair` brings it back.")
    @OptionGroup var options: CandleStoreOptions
    @Option(help: ArgumentHelp("Only these pairs.", valueName: "A,B"), transform: SymbolList.read)
    var symbols: SymbolList?

    mutating func run() async throws {
        try await printed {
            let progress = ProgressLine()
            let result = try options.open().verify(symbols?.symbols) { done, all in
                if done % 100 == 0 { progress.draw("\(done)/\(all) files  \(Format.progress(done, of: all))") }
            }
            progress.clear()
            if options.json {
                Terminal.out(JSONOutput.object([
                    ("files", CandleWords.number(result.files)), ("blocks", CandleWords.number(result.blocks)), ("candles", CandleWords.number(result.candles)),
                    ("bytes", CandleWords.number(result.bytes)), ("damaged", .list(result.damages.map(Self.json))), ("newer", .list(result.newer.map { .text($0) })),
                ]))
            } else {
                for damage in result.damages { Terminal.out("\(damage)") }
                for file in result.newer { Terminal.out("\(file): of a later version, not checked") }
                Terminal.out("\(CandleWords.count(result.candles, "candle")) in \(CandleWords.count(result.blocks, "block")) of \(CandleWords.count(result.files, "file")), "
                    + "\(CandleWords.size(result.bytes)): " + (result.damages.isEmpty ? "all sound" : "\(result.damages.count) damaged, carillon candles repair brings them back"))
            }
            if !result.damages.isEmpty { throw ExitCode(Sysexit.data.rawValue) }
            if !result.newer.isEmpty { throw ExitCode(Sysexit.configuration.rawValue) }
        }
    }

    private static func json(_ damage: StoreDamage) -> JSONOutput {
        .fields([("file", .text(damage.file)), ("block", damage.block.map(CandleWords.number) ?? .text(nil)), ("from", .text(damage.from.iso8601)),
                 ("to", .text(damage.to.iso8601)), ("reason", .text(damage.reason))])
    }
}
