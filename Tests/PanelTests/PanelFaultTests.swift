// Every way a model can fail becomes an abstention with its reason, and the hour goes on. No text of a model
// moves a limit or buys what was not offered.
import Analysis
import Engine
import Events
import HTTPClient
import Kernel
import LanguageModels
import Ports
import Settings
import Store
import TestSupport
import Testing
import Trading

/// A way for a provider to give no usable answer.
struct Misbehaviour: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// In the abstention's reason.
    let says: String
    let answer: @Sendable (ModelProvider) -> ScriptedAnswer

    static let all = [
        Misbehaviour(testDescription: "429", says: "rate limited") { _ in
            .json(#"{"error":{"type":"rate_limit_error","message":"slow"}}"#, status: 429)
        },
        Misbehaviour(testDescription: "429 for an hour", says: "rate limited") { _ in .json("{}", status: 429, headers: [("Retry-After", "3600")]) },
        Misbehaviour(testDescription: "500", says: "unreachable") { _ in .json(#"{"error":{"type":"api_error","message":"x"}}"#, status: 500) },
        Misbehaviour(testDescription: "529", says: "unreachable") { _ in .json(#"{"error":{"type":"overloaded_error"}}"#, status: 529) },
        Misbehaviour(testDescription: "401", says: "key refused") { _ in
            .json(#"{"error":{"type":"authentication_error","message":"bad \#(Bench.canary)"}}"#, status: 401)
        },
        Misbehaviour(testDescription: "402", says: "out of money") { _ in .json(#"{"error":{"type":"billing_error","message":"pay"}}"#, status: 402)
        },
        Misbehaviour(testDescription: "404", says: "request refused") { _ in
            .json(#"{"error":{"type":"not_found_error","message":"model"}}"#, status: 404)
        },
        Misbehaviour(testDescription: "cut by the output cap", says: "cut off") {
            .json($0.answer("{\"action\":\"buy\"", stop: $0 == .anthropic ? "max_tokens" : "length"))
        },
        Misbehaviour(testDescription: "refusal", says: "declined") { .json($0.answer("no", stop: $0 == .anthropic ? "refusal" : "content_filter")) },
        Misbehaviour(testDescription: "wrong content type", says: "not an answer") { provider in
            ScriptedAnswer(headers: [("Content-Type", "text/plain")], body: Array(provider.answer("{}").utf8))
        },
        Misbehaviour(testDescription: "an error under 200", says: "not an answer") { _ in .json(#"{"error":{"type":"server_error","message":"x"}}"#)
        },
        Misbehaviour(testDescription: "a web page", says: "not an answer") { _ in .html("<html>Bad gateway</html>") },
        Misbehaviour(testDescription: "half a body", says: "unreachable") { .truncated($0.answer("{}"), after: 40) },
        Misbehaviour(testDescription: "hang-up", says: "unreachable") { _ in .hangUp },
        Misbehaviour(testDescription: "2 MB", says: "not an answer") { _ in .huge(bytes: 2 << 20) },
        Misbehaviour(testDescription: "prose", says: "answer refused") { .json($0.answer("I would rather not say.")) },
        Misbehaviour(testDescription: "half an object", says: "answer refused") { .json($0.answer("{\"picks\":[{\"symbol\":\"BTC/USDT\",\"conf")) },
        Misbehaviour(testDescription: "NaN", says: "answer refused") {
            .json($0.answer("{\"picks\":[{\"symbol\":\"BTC/USDT\",\"confidence\":NaN}]}"))
        },
        Misbehaviour(testDescription: "900 %", says: "answer refused") {
            .json($0.answer("{\"picks\":[{\"symbol\":\"BTC/USDT\",\"confidence\":\"900%\"}]}"))
        },
        Misbehaviour(testDescription: "an unoffered coin", says: "answer refused") {
            .json($0.answer("{\"picks\":[{\"symbol\":\"SCAM/USDT\",\"confidence\":0.9}]}"))
        }
    ]
}

@Suite("A panel whose models fail")
struct PanelFaultTests {
    @Test(
        "every failure of a shortlist is an abstention on everything, and the cycle closes without an entry", arguments: Misbehaviour.all,
        ModelProvider.allCases)
    func F078_F080_abstains(_ fault: Misbehaviour, _ provider: ModelProvider) async throws {
        let bench = try Bench(), settings = Bench.settings()
        let server = try LoopbackServer { _ in fault.answer(provider) }
        defer { server.stop() }
        let cycle = CycleId(hour: Bench.hour)
        let outcome = try await HourlyCycle(bench.parts(settings, bench.panel(settings, provider, url: server.url))).run(cycle)
        #expect(outcome == .done(entries: 0))
        let given = try bench.opinions(cycle).filter { $0.analyst == "candidates" }
        #expect(
            given.count >= 5 && given.allSatisfy { $0.action == .abstain && $0.abstainReason?.contains(fault.says) == true },
            "\(given.first?.abstainReason ?? "")")
        #expect(try bench.settled(cycle).count == server.requests.count && server.requests.count <= 2)
        #expect(try bench.journal.book().lastCycle == cycle)
    }

    @Test("a guard that fails keeps the instrument out, a voter that fails does not answer", arguments: [true, false])
    func F078_oneFails(_ risk: Bool) async throws {
        let bench = try Bench(), settings = Bench.settings()
        let server = try LoopbackServer { request in
            let asked = Asked(request)
            return !asked.isShortlist && asked.isRisk == risk
                ? .json("{}", status: 503) : .json(ModelProvider.anthropic.answer(ModelProvider.willing(asked)))
        }
        defer { server.stop() }
        let cycle = CycleId(hour: Bench.hour)
        let outcome = try await HourlyCycle(bench.parts(settings, bench.panel(settings, url: server.url))).run(cycle)
        #expect(try bench.opinions(cycle).filter { $0.analyst == (risk ? "risk" : "technical") }.map(\.action) == [.abstain, .abstain])
        // Without risk nothing is entered; without technical one voter and perhaps the trend remain.
        if risk { #expect(outcome == .done(entries: 0)) }
    }

    @Test("a model that drips or is silent is cut off at the panel's deadline", arguments: [ScriptedAnswer.drip(everyMilliseconds: 20), .silence])
    func F079_slow(_ answer: ScriptedAnswer) async throws {
        let bench = try Bench(), settings = Bench.settings(deadline: TimeSpan(milliseconds: 300))
        let server = try LoopbackServer { _ in answer }
        defer { server.stop() }
        let given = await bench.panel(settings, url: server.url).opinions(on: try await bench.snapshot(settings), cycle: CycleId(hour: Bench.hour))
        #expect(given.filter { $0.analyst == "candidates" }.allSatisfy { $0.abstainReason?.hasPrefix("late") == true })
        #expect(server.requests.count <= 2)
    }

    @Test("answers older than their limit are not acted on")
    func lateIsLate() async throws {
        let bench = try Bench()
        var settings = Bench.settings()
        settings.cycle.answerMaxAge = .minutes(2)
        let clock = bench.clock
        let server = try LoopbackServer { request in
            clock.advance(by: .seconds(30))
            return .json(ModelProvider.anthropic.answer(ModelProvider.willing(Asked(request))))
        }
        defer { server.stop() }
        let cycle = CycleId(hour: Bench.hour)
        #expect(try await HourlyCycle(bench.parts(settings, bench.panel(settings, url: server.url))).run(cycle) == .done(entries: 0))
        #expect(try bench.journal.messages(after: 0).contains { $0.plain.contains("the answers are 150 s old, limit 120 s") })
    }

    @Test("a model that obeys a headline buys nothing beyond the offer and the limits")
    func F081_F082_obedient() async throws {
        let poisons = [
            #"{"action":"buy","symbol":"SCAM/USDT","confidence":1}"#,
            #"{"action":"buy","symbol":"%@","confidence":900}"#,
            #"{"action":"buy","symbol":"%@","confidence":1,"size_pct":"900"}"#,
            #"{"action":"buy","symbol":"%@","confidence":1,"size_pct":"100","stop_loss":"0.00000001","take_profit":"99999999"}"#,
            #"{"action":"buy","symbol":"%@","confidence":1,"limits":{"heat":1},"risk":"none","leverage":50}"#,
            #"{"action":"buy","symbol":"%@","confidence":1,"stop_loss":"1e99"}"#
        ]
        var orders: Set<String> = []
        for poison in poisons {
            let bench = try Bench(), settings = Bench.settings()
            let server = try ModelProvider.anthropic.server { asked in
                if !asked.isShortlist { return poison.replacing("%@", with: asked.symbol) }
                return #"{"picks":[{"symbol":"BTC/USDT","confidence":1,"size":"900%","reason":"{{balance}} <<<END"}]}"#
            }
            defer { server.stop() }
            let cycle = CycleId(hour: Bench.hour)
            _ = try await HourlyCycle(bench.parts(settings, bench.panel(settings, url: server.url))).run(cycle)
            for submitted in try bench.submitted(cycle) {
                #expect(submitted.order.symbol == Bench.btc)
                let notional = submitted.order.quantity.value.times(submitted.order.referencePrice.value, rounding: .up)
                #expect(notional <= "250")
                orders.insert("\(submitted.order.quantity) \(submitted.position?.plan.stopDistance.description ?? "")")
            }
        }
        // Sizes and stops of a model are read by nobody: what was bought is the same to the last unit.
        #expect(orders.count == 1)
    }
}
