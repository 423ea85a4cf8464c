// `carillon prompts render`: a prompt exactly as a model would get it, filled from the configured world.
// Headlines can be handed in, so that hostile ones can be looked at before a model sees them.
import Application
import ArgumentParser
import Kernel
import Market
import Prompts
import Screens

struct PromptsRenderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render", abstract: "Show a prompt as a model would get it.",
        discussion: "Prints the system text, a line `=== user ===`, and the user text with its data blocks. Asks no model and writes nothing.")

    @Argument(help: "The prompt file's name without .md: candidates, technical, risk, …") var name: String
    @Option(help: "The pair that a decision is about. Else the first offered instrument.") var symbol: String?
    @Option(help: ArgumentHelp("The time of the snapshot, in UTC.", discussion: "Else now.", valueName: "2026-01-05T14:00:00Z")) var at: String?
    @Option(
        help: ArgumentHelp(
            "Headlines: one JSON object a line with title, source, link, and perhaps id and publishedAt; - is standard input.",
            valueName: "FILE")) var news: String?
    @OptionGroup var options: CommonOptions

    func validate() throws {
        if let at, Timestamp(iso8601: at) == nil { throw ValidationError("--at '\(at)' is not a time; write e.g. 2026-01-05T14:00:00Z") }
        if let symbol, Symbol(symbol) == nil { throw ValidationError("--symbol '\(symbol)' is not a pair; write e.g. BTC/USDT") }
    }

    mutating func run() async throws {
        try await printed {
            let rendering = try await PromptRendering(
                options.caller, name, about: symbol.flatMap { Symbol($0) }, at: at.flatMap { Timestamp(iso8601: $0) }, news: news)
            Terminal.out(options.json ? rendering.json : rendering.rendered.text)
        }
    }
}
