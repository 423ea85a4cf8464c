// `carillon prompts render`: a prompt exactly as a model would get it, filled from the configured world.
// Headlines can be handed in, so that hostile ones can be looked at before a model sees them.
import ArgumentParser
import SettingsFiles
import Domain
import Engine
import Ports
import Prompts
import Signing
import StrictJSON

struct PromptsRenderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render", abstract: "Show a prompt as a model would get it.",
        discussion: "Prints the system text, a line `=== user ===`, and the user text with its data blocks. Asks no model and writes nothing.")

    @Argument(help: "The prompt file's name without .md: candidates, technical, risk, …") var name: String
    @Option(help: "What a decision is about. Else the first offered instrument.") var symbol: String?
    @Option(help: ArgumentHelp("The moment of the snapshot, in UTC.", discussion: "Else now.", valueName: "2026-01-05T14:00:00Z")) var at: String?
    @Option(help: ArgumentHelp("Headlines: one JSON object a line with title, source, link, and perhaps id and publishedAt; - is standard input.",
                               valueName: "FILE")) var news: String?
    @OptionGroup var options: CommonOptions

    func validate() throws {
        if let at, Timestamp(iso8601: at) == nil { throw ValidationError("--at '\(at)' is no moment; an example is 2026-01-05T14:00:00Z") }
        if let symbol, Symbol(symbol) == nil { throw ValidationError("--symbol '\(symbol)' is no pair; an example is BTC/USDT") }
    }

    mutating func run() async throws {
        try await printed {
            let configuration = try Session.settings(options)
            let desk = PanelAssembly(configuration: configuration).desk
            let prompt = try Self.prompt(name, in: desk.library)
            let time = at.flatMap { Timestamp(iso8601: $0) } ?? SystemClock().now
            let snapshot = try await Self.snapshot(configuration, options, time, try news.map { try Self.headlines($0, time) })
            let asked = prompt.asks == .decision ? try Self.symbol(symbol, in: snapshot) : nil
            let rendered = desk.render(prompt, on: snapshot, about: asked)
            Terminal.out(options.json ? Self.json(prompt, asked, rendered) : rendered.text)
        }
    }

    private static func prompt(_ name: String, in library: PromptLibrary) throws -> Prompt {
        guard let entry = library[name] else { throw Failure(.usage, "there is no prompt '\(name)'; there are \(library.names.joined(separator: ", "))") }
        guard let prompt = entry.prompt else {
            throw Failure(.configuration, entry.problems.map(\.report).joined(separator: "\n"))
        }
        return prompt
    }

    private static func snapshot(_ configuration: LoadedConfiguration, _ options: CommonOptions, _ time: Timestamp, _ news: [NewsHeadline]?) async throws -> MarketSnapshot {
        let (_, folder) = try Session.home(options)
        let clock = SystemClock()
        let world = try World.live(configuration, home: folder, clock: clock)
        let look = MarketLook(world.sources, fetching: world.looking, clock: clock, settings: configuration.settings)
        let seen: MarketSnapshot
        do throws(FeedError) { seen = try await look.observe(at: time, held: []) } catch { throw Failure(EngineError.noMarket(error)) }
        guard let news else { return seen }
        return MarketSnapshot(asOf: seen.asOf, views: seen.views, universe: seen.universe, sources: seen.sources, news: news, sentiment: seen.sentiment)
    }

    private static func symbol(_ text: String?, in snapshot: MarketSnapshot) throws -> Symbol {
        guard let first = snapshot.offered.first else { throw Failure(.unavailable, "nothing is offered at \(snapshot.asOf)") }
        guard let text, let symbol = Symbol(text) else { return first }
        guard snapshot.view(symbol) != nil else {
            throw Failure(.usage, "\(symbol) is not offered; there are \(snapshot.offered.map(\.description).joined(separator: ", "))")
        }
        return symbol
    }

    /// The headlines of a JSONL file; a bad line is named.
    private static func headlines(_ file: String, _ time: Timestamp) throws -> [NewsHeadline] {
        let bytes = try TextFile.read(file, limit: 8 << 20)
        return try bytes.split(separator: 10).enumerated().map { index, line in
            do {
                let node = try JSONValue(parsing: Array(line)).node
                return NewsHeadline(id: try node["id"].optional?.string ?? "\(index + 1)", source: try node["source"].string, title: try node["title"].string,
                                    link: try node["link"].string, publishedAt: try node["publishedAt"].optional?.string.moment ?? time - .minutes(30))
            } catch { throw Failure(.data, "\(file):\(index + 1): \(error)") }
        }
    }

    private static func json(_ prompt: Prompt, _ symbol: Symbol?, _ rendered: RenderedPrompt) -> String {
        JSONOutput.object([
            ("name", .text(prompt.name)), ("version", .text(prompt.version(SHA256.hex))), ("asks", .text(prompt.asks.rawValue)), ("symbol", .text(symbol?.description)),
            ("system", .text(rendered.system)), ("user", .text(rendered.user)), ("tokens", .number("\(rendered.tokenEstimate)")),
            ("blocks", .list(rendered.blocks.map { .fields([("name", .text($0.name)), ("hash", .text($0.hash)), ("json", .text($0.json))]) })),
        ])
    }
}

extension String {
    fileprivate var moment: Timestamp? { Timestamp(iso8601: self) }
}
