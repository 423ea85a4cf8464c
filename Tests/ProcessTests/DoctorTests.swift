// What doctor says of settings, keys, zone and the venue, and the exit code that a script goes by.
import Kernel
import StrictJSON
import TestSupport
import Testing

@Suite("Doctor")
struct DoctorTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    /// `part: level` by part, and how it ended.
    private func examine(_ settings: String, _ variables: [String: String] = [:], _ flags: [String] = []) async throws -> (
        levels: [String: String], found: [String: String], ended: Ended
    ) {
        let file = bench.write("settings.yaml", settings)
        let ended = try await bench.run(["doctor", "--json", "--home", bench.home(), "--config", file] + flags, variables)
        let rows = try JSONValue(parsing: ended.out)["findings"].array.map { (try $0["part"].string, try $0["level"].string, try $0["found"].string) }
        return (Dictionary(rows.map { ($0.0, $0.1) }) { first, _ in first }, Dictionary(rows.map { ($0.0, $0.2) }) { first, _ in first }, ended)
    }

    @Test("wrong settings end with 78, and what they would ask for is not judged")
    func wrongSettings() async throws {
        let (levels, _, ended) = try await examine("cycle:\n  intervall: 60 min\n")
        #expect(ended.way == .exit(78) && levels["settings"] == "broken" && levels["prices"] == nil && levels["telegram"] == nil, "\(ended)")
    }

    private static let panel = """
        panel:
          - {name: trend, kind: indicator, role: voter}
          - {name: momentum, kind: indicator, role: voter}
          - {name: technical, kind: prompt, role: voter, model: m, provider: PROVIDER}
        models: {openaiURL: "ADDRESS", prices: {m: free}}

        """

    @Test(
        "the key of the provider that the panel asks is needed, and no other",
        arguments: [
            ("anthropic", "https://api.openai.com/v1", "", "broken", 69), ("openai", "https://api.openai.com/v1", "", "broken", 69),
            ("openai", "https://api.openai.com/v1", "CARILLON_ANTHROPIC_API_KEY", "broken", 69),
            ("openai", "https://api.openai.com/v1", "CARILLON_OPENAI_API_KEY", "well", 0),
            ("anthropic", "https://api.openai.com/v1", "CARILLON_ANTHROPIC_API_KEY", "well", 0), ("openai", "http://127.0.0.1:1/v1", "", "well", 0)
        ] as [(String, String, String, String, Int32)])
    func providers(provider: String, url: String, variable: String, level: String, code: Int32) async throws {
        let settings = Self.panel.replacing("PROVIDER", with: provider).replacing("ADDRESS", with: url)
        let (levels, _, ended) = try await examine(settings, variable.isEmpty ? [:] : [variable: "some-key"], ["--offline"])
        #expect(ended.way == .exit(code) && levels[provider] == level, "\(ended)")
        #expect(levels[provider == "openai" ? "anthropic" : "openai"] == nil, "\(ended)")
    }

    @Test(
        "NewsAPI needs its key where it is wanted", arguments: [("", "broken", 69), ("CARILLON_NEWSAPI_KEY", "well", 0)] as [(String, String, Int32)])
    func newsapi(variable: String, level: String, code: Int32) async throws {
        let (levels, _, ended) = try await examine("feeds: {newsapi: true}\n", variable.isEmpty ? [:] : [variable: "some-key"], ["--offline"])
        #expect(ended.way == .exit(code) && levels["newsapi"] == level, "\(ended)")
    }

    @Test("a venue that does not answer is broken, and the zone that no table knows a hint")
    func venueWithoutAnswer() async throws {
        let (levels, found, ended) = try await examine("feeds: {prices: binance, address: \"http://127.0.0.1:1\"}\nreport: {zone: Mars/Olympus}\n")
        #expect(ended.way == .exit(69) && levels["prices"] == "broken" && levels["zone"] == "hint", "\(ended)")
        #expect(
            found["prices"]?.hasPrefix("no answer from 127.0.0.1:1") == true
                && ended.out.contains("check the network, or set feeds.prices: synthetic"), "\(ended)")
    }
}
