// `carillon candles verify`: every checksum of every block.
import Application
import ArgumentParser
import CandleStore
import Messaging
import Screens

struct CandlesVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check every block of every file and name what is damaged.",
        discussion:
            "Exit code 0: all sound; 65: something is damaged, each block named with its file and the time it covers; `repair` brings it back.")
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
            Terminal.out(options.json ? VerificationScreen.json(result) : VerificationScreen.screen(result))
            if !result.damages.isEmpty { throw ExitCode(Sysexit.data.rawValue) }
            if !result.newer.isEmpty { throw ExitCode(Sysexit.configuration.rawValue) }
        }
    }
}
