// What a panel of models says in a good hour: who was asked about what, in which order, and how it is kept.
import Analysis
import Engine
import Events
import Foundation
import Kernel
import LanguageModels
import Market
import Ports
import Prompts
import Settings
import Store
import TestSupport
import Testing
import Trading

@Suite("A panel of models")
struct PromptPanelTests {
    @Test("a shortlist, then decisions about it, beside indicators", arguments: ModelProvider.allCases)
    func opinions(_ provider: ModelProvider) async throws {
        let bench = try Bench(), settings = Bench.settings()
        let server = try provider.willing()
        defer { server.stop() }
        let panel = bench.panel(settings, provider, url: server.url)
        let snapshot = try await bench.snapshot(settings)
        let given = await panel.opinions(on: snapshot, cycle: CycleId(hour: Bench.hour))
        let offered = snapshot.offered
        #expect(offered.count >= 5)
        #expect(given.map(\.analyst) == offered.map { _ in "candidates" } + ["technical", "technical", "risk", "risk"] + offered.map { _ in "trend" })
        #expect(given.prefix(offered.count).map(\.symbol) == offered)
        #expect(given.filter { $0.analyst == "candidates" && $0.action == .buy }.map(\.symbol) == [Bench.btc, Bench.eth])
        #expect(given.filter { $0.analyst == "candidates" && $0.action != .buy }.allSatisfy { $0.action == .hold && $0.conviction == .zero })
        #expect(given.filter { $0.analyst == "risk" }.map(\.symbol) == [Bench.btc, Bench.eth])
        #expect(given.first { $0.analyst == "technical" }?.conviction == "0.85")
        #expect(Set(given.map(\.family)) == ["\(provider.rawValue) model-a", "indicators"])
        #expect(panel.name == "\(provider.rawValue) model-a + indicators")
        #expect(panel.seats.map(\.makesShortlist) == [true, false, false, false])
        #expect(server.requests.count == 5)
    }

    @Test("a cycle with models enters, and its calls are in the journal with prompt and answer")
    func F084_servedModel_F085_answersRecorded() async throws {
        let bench = try Bench(), settings = Bench.settings()
        let server = try ModelProvider.anthropic.willing()
        defer { server.stop() }
        let cycle = CycleId(hour: Bench.hour)
        let outcome = try await HourlyCycle(bench.parts(settings, bench.panel(settings, url: server.url))).run(cycle)
        #expect(outcome == .done(entries: 2))
        let reserved = try bench.reserved(cycle), settled = try bench.settled(cycle)
        #expect(reserved.count == 5 && settled.count == 5 && Set(reserved.map(\.call)).count == 5)
        #expect(settled.allSatisfy { $0.servedModel == "model-a-20261001" && $0.failure == nil && $0.rejection == nil && $0.outputTokens == 100 })
        for call in reserved {
            let prompt = try bench.text(call.promptBlob)
            #expect(prompt.contains("=== user ===") && prompt.contains("<<<DATA") && call.promptVersion.count == 64)
            // Replay reads the recorded answer and comes to the recorded opinion.
            let answer = try bench.text(try #require(settled.first { $0.call == call.call }?.answerBlob))
            guard let symbol = call.symbol else { continue }
            let decision = try AnswerParser.decision(answer, offered: [symbol.description]).get()
            let opinion = try #require(try bench.opinions(cycle).first { $0.analyst == call.analyst && $0.symbol == symbol })
            #expect(opinion.conviction == decision.confidence && opinion.family == "anthropic model-a")
        }
        #expect(try bench.journal.book().main.openPositions.allSatisfy { $0.panel == "anthropic model-a + indicators" })
    }

    @Test("decisions are asked about no more instruments than the settings allow, the best first")
    func shortlistLimit() async throws {
        let bench = try Bench()
        var settings = Bench.settings()
        settings.consensus.shortlist = 1
        let server = try ModelProvider.openai.willing()
        defer { server.stop() }
        let cycle = CycleId(hour: Bench.hour)
        #expect(try await HourlyCycle(bench.parts(settings, bench.panel(settings, .openai, url: server.url))).run(cycle) == .done(entries: 1))
        #expect(try bench.opinions(cycle).filter { $0.analyst == "risk" }.map(\.symbol) == [Bench.btc] && server.requests.count == 3)
    }

    @Test("close says sell, and a decision counts for its own symbol only")
    func closeIsSell() async throws {
        let bench = try Bench(), settings = Bench.settings()
        let server = try ModelProvider.openai.server { asked in
            if asked.isShortlist { return ModelProvider.willing(asked) }
            return asked.isRisk
                ? #"{"action":"buy","symbol":"BTC/USDT","confidence":0.9}"# : #"{"action":"close","symbol":"\#(asked.symbol)","confidence":0.9}"#
        }
        defer { server.stop() }
        let given = await bench.panel(settings, .openai, url: server.url).opinions(
            on: try await bench.snapshot(settings), cycle: CycleId(hour: Bench.hour))
        #expect(given.filter { $0.analyst == "technical" }.map(\.action) == [.sell, .sell])
        #expect(given.filter { $0.analyst == "risk" }.map(\.action) == [.buy, .abstain])
    }

    @Test("without a shortlist prompt, decisions are about what indicators want, or what is traded most")
    func withoutShortlist() async throws {
        let bench = try Bench()
        let server = try ModelProvider.anthropic.willing()
        defer { server.stop() }
        for indicators in [["trend", "momentum", "meanReversion"], []] {
            let settings = Bench.settings(
                indicators.map { AnalystSettings($0, .indicator, .voter) } + [AnalystSettings("technical", .prompt, .voter, model: "m")])
            let snapshot = try await bench.snapshot(settings)
            let given = await bench.panel(settings, url: server.url).opinions(on: snapshot, cycle: CycleId(hour: Bench.hour))
            let wanted = Set(given.filter { $0.family == "indicators" && $0.action == .buy && ($0.conviction ?? .zero) >= "0.7" }.map(\.symbol))
            let asked = given.filter { $0.analyst == "technical" }.map(\.symbol)
            #expect(asked == asked.sorted())
            #expect(indicators.isEmpty ? asked.count == min(8, snapshot.offered.count) : asked == wanted.sorted())
        }
    }

    @Test("a broken prompt file, a missing one, a strange role and no key are named abstentions, and nobody is asked")
    func F077_brokenPrompt() async throws {
        let bench = try Bench()
        let server = try ModelProvider.anthropic.willing()
        defer { server.stop() }
        let good = try #require(PromptLibrary.load(folder: nil)["technical"]?.prompt).text
        try good.replacing("{{symbol}}", with: "{{balance}}").write(toFile: bench.folder + "/technical.md", atomically: true, encoding: .utf8)
        let huge = String(repeating: "x", count: 1 << 20)
        try huge.write(toFile: bench.folder + "/huge.md", atomically: true, encoding: .utf8)
        let settings = Bench.settings(
            Bench.models + [
                AnalystSettings("huge", .prompt, .voter, model: "m"), AnalystSettings("absent", .prompt, .voter, model: "m"),
                AnalystSettings("candidates", .prompt, .voter)
            ])
        let panel = bench.panel(settings, url: server.url, prompts: bench.folder)
        let cycle = CycleId(hour: Bench.hour)
        _ = try await HourlyCycle(bench.parts(settings, panel)).run(cycle)
        let given = try bench.opinions(cycle)
        func why(_ name: String) -> String { given.first { $0.analyst == name && $0.action == .abstain }?.abstainReason ?? "" }
        #expect(why("technical").hasPrefix("technical.md:") && why("technical").contains("balance"))
        #expect(why("huge").hasPrefix("huge.md") && why("absent").contains("absent.md") && why("candidates").contains("no model"))
        let report = try bench.journal.messages(after: 0).map(\.plain).joined()
        #expect(report.contains("technical answered nothing") && report.contains("technical.md"))
        #expect(server.requests.count == 3)

        let keyless = PromptPanel(settings, prompts: NoPrompts(), desk: bench.desk(settings)) { _ in
            .failure(CannotAsk("no key: CARILLON_ANTHROPIC_API_KEY"))
        }
        let answers = await keyless.opinions(on: try await bench.snapshot(settings), cycle: cycle)
        #expect(answers.allSatisfy { $0.abstainReason == "no key: CARILLON_ANTHROPIC_API_KEY" })
        #expect(server.requests.count == 3)
    }
}

/// Every prompt is there and none can be filled.
struct NoPrompts: PromptRendering {
    func card(_ name: String) throws(CannotAsk) -> PromptCard {
        PromptCard(role: name == "risk" ? .guardian : .voter, makesShortlist: name == "candidates", model: "m")
    }
    func question(_ name: String, on snapshot: MarketSnapshot, about symbol: Symbol?) throws(CannotAsk) -> RenderedQuestion {
        throw CannotAsk("never filled")
    }
}
