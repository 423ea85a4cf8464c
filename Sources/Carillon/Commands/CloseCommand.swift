// `carillon close`: a person sells, or gives up what can never be sold.
import Application
import ArgumentParser
import Kernel
import Screens

struct CloseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Sell one open position, or all of them, at the market.",
        discussion: """
            What a stop should have sold since the last look is sold at that stop first. A sale that finds no price stays pending, and the \
            monitor asks again each minute. What can never be sold is given up with --write-off: its coins count as nothing from then on.
            """)
    @OptionGroup var options: CommonOptions
    @Argument(help: "The pair, e.g. LINK/USDT.")
    var symbol: String?
    @Flag(help: "Sell everything that is open.")
    var all = false
    @Flag(help: "Give up what can never be sold: close the trade with its whole loss.")
    var writeOff = false
    @Option(help: "Why it is given up, for the journal.")
    var reason: String?

    func validate() throws {
        guard all != (symbol != nil) else { throw ValidationError("name one pair (carillon close LINK/USDT) or say --all") }
        guard writeOff == (reason != nil) else { throw ValidationError("--write-off and --reason \"…\" go together") }
        guard !writeOff || !all else { throw ValidationError("--write-off gives up one pair: name it") }
        guard reason.map({ !SafeText.typed($0).allSatisfy(\.isWhitespace) }) ?? true else {
            throw ValidationError("--reason is empty: say why it is given up")
        }
    }

    mutating func run() async throws {
        try await guarded {
            let closing =
                if let symbol, let reason { try await Closing.writeOff(symbol, reason: reason, options.caller) } else {
                    try await Closing.sell(symbol, options.caller)
                }
            (options.json ? [closing.json] : closing.lines).forEach(Terminal.out)
            await closing.finish()
        }
    }
}
