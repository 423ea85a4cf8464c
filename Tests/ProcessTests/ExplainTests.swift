// What explain tells of an hour in which nothing was chosen: who said nothing, what stood in the way, and the models' own words.
import Kernel
import StrictJSON
import TestSupport
import Testing

@Suite("Explain")
struct ExplainTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    /// One cycle now; what explain says of it.
    private func explain(_ settings: String, _ flags: String..., key: String? = nil) async throws -> Ended {
        let file = bench.write("settings.yaml", settings), variables = key.map { ["CARILLON_OPENAI_API_KEY": $0] } ?? [:]
        try #require(await bench.run(["cycle", "--home", bench.home(), "--config", file], variables).way == .exit(0))
        let status = try JSONValue(parsing: try await bench.run(["status", "--json", "--home", bench.home(), "--config", file], variables).out)
        return try await bench.run(["explain", try status["lastCycle"].string, "--home", bench.home(), "--config", file] + flags, variables)
    }

    @Test("with two of three voters dead no agreement was possible, and that comes before the market's figures are judged")
    func deadVoters() async throws {
        let ended = try await explain(
            """
            panel:
              - {name: trend, kind: indicator, role: voter}
              - {name: technical, kind: prompt, role: voter, model: m, provider: openai}
              - {name: second, kind: prompt, role: voter, model: m, provider: openai}
            models: {openaiURL: "https://models.example/v1", prices: {m: free}}

            """)
        #expect(ended.way == .exit(0) && ended.out.contains("No agreement was possible: 2 of 3 voters must agree, 1 answered"), "\(ended)")
        #expect(
            ended.out.contains("technical answered nothing: no key: CARILLON_OPENAI_API_KEY")
                && ended.out.contains("second answered nothing: there is no prompt second.md"), "\(ended)")
        let place = try #require(ended.out.firstRange(of: "No agreement was possible")),
            offered = try #require(ended.out.firstRange(of: "offered to the panel"))
        #expect(place.lowerBound < offered.lowerBound)
    }

    @Test("a trade whose mean is a loss is not said to pay, one whose mean is a gain is")
    func breakEven() async throws {
        let home = bench.home()
        _ = try await bench.demo(home, hours: 24)
        for trade in ["T0001", "T0002", "T0003"] {
            let ended = try await bench.run("explain", trade, home: home)
            func figure(_ words: String) throws -> Double {
                let rest = try #require(ended.out.firstRange(of: words), "\(ended)").upperBound
                let text = ended.out[rest...].prefix { $0 != "%" }.filter { !$0.isWhitespace }.replacing("−", with: "-")
                return try #require(Double(text), "\(text)")
            }
            let mean = try figure("; mean "), border = try figure("pays for itself below P(stop) "), now = try figure("the others in this mix; now ")
            #expect((mean > 0) == (now < border), "\(trade): \(mean) \(border) \(now)")
        }
    }

    private static func server(_ text: String) throws -> LoopbackServer {
        let content = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return try LoopbackServer(answers: [
            .json(
                "{\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":\"\(content)\"}}],"
                    + "\"usage\":{\"prompt_tokens\":900,\"completion_tokens\":12}}"
            )
        ])
    }

    @Test(
        "what a model answered is shown word for word, with what was made of it, and an empty list says why",
        arguments: [
            ("{\"picks\": []}", "taken · 900 tokens in, 12 out"),
            ("I would rather not say.", "refused — the answer holds no object of the asked form")
        ])
    func answers(text: String, verdict: String) async throws {
        let server = try Self.server(text)
        defer { server.stop() }
        let settings = """
            panel:
              - {name: trend, kind: indicator, role: voter}
              - {name: momentum, kind: indicator, role: voter}
              - {name: candidates, kind: prompt, role: voter, model: m, provider: openai}
            models: {openaiURL: "\(server.url)/v1", prices: {m: free}}

            """
        let told = try await explain(settings)
        #expect(told.way == .exit(0) && told.out.contains("0 shortlisted: "), "\(told)")
        let cycle = try #require(told.out.firstMatch(of: /Cycle (C[0-9]+)/)).output.1
        let ended = try await bench.run(["explain", String(cycle), "--answers", "--home", bench.home(), "--config", bench.folder + "/settings.yaml"])
        #expect(
            ended.way == .exit(0) && ended.out.contains("candidates · openai m · try 1") && ended.out.contains(verdict) && ended.out.contains(text),
            "\(ended)")
    }

    @Test("a panel of indicators asked no model, and one question at a time is answered")
    func indicators() async throws {
        let ended = try await explain("feeds: {seed: 7}\n", "--answers")
        #expect(ended.way == .exit(0) && ended.out.contains("its panel is made of indicators"), "\(ended)")
        #expect(try await bench.run(["explain", "T0001", "--answers", "--prompt", "--home", bench.home()]).way == .exit(64))
    }
}
