// A prompt exactly as a model would get it, filled from the configured world. Asks no model and writes nothing.
import Analysis
import Engine
package import Kernel
package import Market
import Ports
package import Prompts
import SettingsFiles
import StrictJSON

package struct PromptRendering: Sendable {
    package let prompt: Prompt
    /// What a decision is about; nil for a list.
    package let symbol: Symbol?
    package let rendered: RenderedPrompt

    /// - Parameters:
    ///   - name: the prompt file's name without its ending.
    ///   - symbol: what a decision is about; nil for the first offered instrument.
    ///   - time: the moment of the snapshot; nil for now.
    ///   - news: a JSONL file of headlines in place of the world's.
    package init(_ caller: Caller, _ name: String, about symbol: Symbol?, at time: Timestamp?, news: String?) async throws {
        let configuration = try caller.settings()
        let desk = PanelAssembly(configuration, caller.environment).desk
        prompt = try Self.prompt(name, in: desk.library)
        let time = time ?? caller.clock.now
        let snapshot = try await Self.snapshot(configuration, caller, time, try news.map { try Self.headlines($0, time) })
        self.symbol = prompt.asks == .decision ? try Self.symbol(symbol, in: snapshot) : nil
        rendered = desk.render(prompt, on: snapshot, about: self.symbol)
    }

    private static func prompt(_ name: String, in library: PromptLibrary) throws(Failure) -> Prompt {
        guard let entry = library[name] else {
            throw Failure(.usage, "there is no prompt '\(name)'; there are \(library.names.joined(separator: ", "))")
        }
        guard let prompt = entry.prompt else { throw Failure(.configuration, entry.problems.map(\.report).joined(separator: "\n")) }
        return prompt
    }

    private static func snapshot(_ configuration: LoadedConfiguration, _ caller: Caller, _ time: Timestamp, _ news: [NewsHeadline]?)
        async throws(Failure) -> MarketSnapshot
    {
        let clock = caller.clock
        let world = try World.live(configuration, caller, home: try caller.home(), clock: clock)
        let look = MarketLook(world.sources, fetching: world.looking, clock: clock, settings: configuration.settings)
        let seen: MarketSnapshot
        do throws(FeedError) { seen = try await look.observe(at: time, held: []) } catch { throw Failure(EngineError.noMarket(error)) }
        guard let news else { return seen }
        return MarketSnapshot(
            asOf: seen.asOf, views: seen.views, universe: seen.universe, sources: seen.sources, news: news, sentiment: seen.sentiment)
    }

    private static func symbol(_ symbol: Symbol?, in snapshot: MarketSnapshot) throws(Failure) -> Symbol {
        guard let first = snapshot.offered.first else { throw Failure(.unavailable, "nothing is offered at \(snapshot.asOf)") }
        guard let symbol else { return first }
        guard snapshot.view(symbol) != nil else {
            throw Failure(.usage, "\(symbol) is not offered; there are \(snapshot.offered.map(\.description).joined(separator: ", "))")
        }
        return symbol
    }

    /// The headlines of a JSONL file; a bad line is named.
    private static func headlines(_ file: String, _ time: Timestamp) throws(Failure) -> [NewsHeadline] {
        var headlines: [NewsHeadline] = []
        for (index, line) in try TextFile.read(file, limit: 8 << 20).split(separator: 10).enumerated() {
            do throws(JSONError) {
                let node = try JSONValue(parsing: Array(line)).node
                let moment = try node["publishedAt"].optional?.string
                headlines.append(
                    NewsHeadline(
                        id: try node["id"].optional?.string ?? "\(index + 1)", source: try node["source"].string, title: try node["title"].string,
                        link: try node["link"].string, publishedAt: moment.flatMap { Timestamp(iso8601: $0) } ?? time - .minutes(30)))
            } catch { throw Failure(.data, "\(file):\(index + 1): \(error)") }
        }
        return headlines
    }
}

extension PromptProblem {
    /// `risk.md:12: error: unknown variable 'balance'`
    package var report: String {
        let named = variable.flatMap { message.contains($0) ? nil : " (\($0))" } ?? ""
        return "\(file)\(line.map { ":\($0)" } ?? ""): \(severity.rawValue): \(message)\(named)"
    }
}
