// Rows of the fault catalogue that concern a model's answer. In each the analyst must end up with an error
// that names the matter, never with half an answer.
import Foundation
import HTTPClient
import Kernel
import LanguageModels
import Ports
import TestSupport
import Testing

@Suite("Model faults")
struct ModelFaultTests {
    @Test("HTML, an error, other words or nothing under status 200 is malformed", arguments: Provider.allCases)
    func F026_notTheFormat(_ provider: Provider) async throws {
        let good = Array(provider.goodAnswer.utf8)
        let answers: [ScriptedAnswer] = [
            .html("<html>sign in</html>"), .html(provider.goodAnswer), .json("<html>"), .json(""), .json("{}"), .json("[]"), .json("null"),
            .json(#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#),
            .json(#"{"error":{"code":502,"message":"upstream"}}"#),
            .json(#"{"error":"text"}"#), .json(provider.goodAnswer + provider.goodAnswer),
            ScriptedAnswer(headers: [("Content-Type", "text/event-stream")], body: good),
            ScriptedAnswer(body: good), .json(Fixtures.anthropic(content: "[]").replacing("choices", with: "x")),
            .json(Fixtures.openAI(content: "null")),
            .json(Fixtures.openAI(content: "\"\""))
        ]
        for answer in answers { #expect(try await provider.failure(answer)?.kind == .malformed) }
    }

    @Test("money and keys are taken at their word even under status 200", arguments: Provider.allCases)
    func F026_moneyUnder200(_ provider: Provider) async throws {
        #expect(try await provider.failure(.json(#"{"error":{"code":402,"message":"Insufficient credits"}}"#))?.kind == .outOfMoney)
        #expect(try await provider.failure(.json(#"{"error":{"code":401,"message":"User not found"}}"#))?.kind == .authentication)
    }

    @Test("an answer cut on the way or far too long is none", arguments: Provider.allCases)
    func F026_truncatedOrHuge(_ provider: Provider) async throws {
        #expect(try await provider.failure(.truncated(provider.goodAnswer, after: 80))?.kind == .unavailable)
        #expect(try await provider.failure(.huge(bytes: 50 << 20))?.kind == .tooLarge)
        #expect(try await provider.failure(.gzipBomb(bytes: 50 << 20))?.kind == .tooLarge)
    }

    @Test("a provider that is down is unavailable, and nothing counts as used", arguments: Provider.allCases)
    func F078_down(_ provider: Provider) async throws {
        let model = provider.model("http://127.0.0.1:1")
        do throws(ModelError) { _ = try await model.complete(Fixtures.request()) } catch {
            #expect(error.kind == .unavailable && error.mayRetry && error.usage == TokenUsage())
        }
        #expect(try await provider.failure(.json("{}", status: 529))?.mayRetry == true)
        #expect(try await provider.failure(.hangUp)?.kind == .unavailable)
    }

    @Test("a model that drips is cut at its deadline", arguments: Provider.allCases)
    func F079_slowModel(_ provider: Provider) async throws {
        let request = Fixtures.request(timeout: TimeSpan(milliseconds: 200))
        #expect(try await provider.failure(.drip(everyMilliseconds: 10), request)?.kind == .timeout)
    }

    @Test(
        "Anthropic: why it stopped is looked at before what it says",
        arguments: [
            ("max_tokens", ModelError.Kind.truncated), ("model_context_window_exceeded", .truncated), ("refusal", .refused),
            ("tool_use", .malformed), ("pause_turn", .malformed), ("brand_new", .malformed)
        ])
    func F080_anthropicStops(_ stop: String, _ kind: ModelError.Kind) async throws {
        let error = try #require(try await Provider.anthropic.failure(.json(Fixtures.anthropic(stop: stop))))
        #expect(error.kind == kind && error.stopReason == (stop == "brand_new" ? "unknown" : stop) && error.text == Fixtures.text)
        #expect(error.usage == TokenUsage(input: 150, cachedInput: 50, output: 20) && error.servedModel == "model-a-20261001")
    }

    @Test(
        "OpenAI: why it stopped is looked at before what it says",
        arguments: [
            ("length", ModelError.Kind.truncated), ("content_filter", .refused), ("tool_calls", .malformed), ("function_call", .malformed),
            ("insufficient_system_resource", .unavailable), ("brand_new", .malformed)
        ])
    func F080_openAIStops(_ stop: String, _ kind: ModelError.Kind) async throws {
        let error = try #require(try await Provider.openAI.failure(.json(Fixtures.openAI(finish: stop))))
        #expect(error.kind == kind && error.stopReason == (stop == "brand_new" ? "unknown" : stop) && error.usage?.output == 20)
        #expect(try await Provider.openAI.failure(.json(Fixtures.openAI(content: "null", refusal: "\"I cannot\"")))?.kind == .refused)
        #expect(try await Provider.openAI.failure(.json(Fixtures.openAI(content: "\"\"", finish: "length")))?.kind == .truncated)
    }

    @Test("words of a server are matched against known ones and never copied: the key in no spelling reaches a person", arguments: Provider.allCases)
    func F097_otherSpellings(_ provider: Provider) async throws {
        let key = Array(Fixtures.canary.utf8)
        let spellings = [
            Data(key).base64EncodedString(),
            Data(Array("Bearer ".utf8) + key).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_"),
            key.map { "%" + String($0, radix: 16) }.joined(), key.map { "&#\($0);" }.joined(), key.map { String($0) }.joined(separator: " "),
            key.map { String($0, radix: 8) }.joined(separator: "."),
            Fixtures.canary.map { "\($0)x" }.joined(), String(Fixtures.canary.unicodeScalars.map { rotated($0) }.map(Character.init))
        ]
        for word in spellings {
            let error = #"{"error":{"type":"\#(word)","param":"\#(word)","code":"\#(word)","message":"bad \#(word)"}}"#
            for (answer, said) in [
                (
                    ScriptedAnswer.json(provider == .openAI ? Fixtures.openAI(finish: word) : Fixtures.anthropic(stop: word)),
                    "HTTP 200, and it ended by a reason that is not known"
                ),
                (.json(error, status: 400), "HTTP 400: unknown code: unknown code: in words that are not known"),
                (.json(error), "in words that are not known"),
                (ScriptedAnswer(headers: [("Content-Type", word)], body: Array(provider.goodAnswer.utf8)), "not JSON but another type")
            ] {
                let failure = try #require(try await provider.failure(answer))
                #expect(failure.detail.contains(said), "\(failure.detail)")
                for told in [failure.detail, failure.stopReason ?? ""] {
                    #expect(!told.lowercased().contains(word.prefix(12).lowercased()), "\(told)")
                }
            }
        }
    }

    private func rotated(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 65...90: Unicode.Scalar(UInt8(65 + (scalar.value - 65 + 13) % 26))
        case 97...122: Unicode.Scalar(UInt8(97 + (scalar.value - 97 + 13) % 26))
        default: scalar
        }
    }

    @Test("what a known message is about is told in our own spelling", arguments: Provider.allCases)
    func known(_ provider: Provider) async throws {
        let message = #"{"error":{"type":"invalid_request_error","message":"Unsupported value: 'Temperature' does not support 0.2 with model x-17"}}"#
        #expect(
            try await provider.failure(.json(message, status: 400))?.detail
                == "HTTP 400: invalid_request_error: about 'temperature', 'unsupported', 'does not support'")
    }

    @Test("the key is in no error, record or dump, even where the provider repeats it", arguments: Provider.allCases)
    func F097_keyHidden(_ provider: Provider) async throws {
        let echo =
            #"{"error":{"type":"x\#(Fixtures.canary)","code":"\#(Fixtures.canary)","message":"Incorrect API key provided: \#(Fixtures.canary). "#
            + #"And sk-CANARY-***1bd"}}"#
        for (status, body) in [(401, echo), (400, echo), (500, echo), (200, echo), (200, "no JSON \(Fixtures.canary)")] {
            let server = try LoopbackServer { _ in
                .json(body, status: status, headers: [("request-id", Fixtures.canary), ("x-request-id", Fixtures.canary)])
            }
            defer { server.stop() }
            let model = provider.model(server.url)
            let ledger = FakeLedger(budget: "2")
            let caller = ModelCaller(model: model, prices: ModelPrices([:], baseURL: server.url), clock: FakeClock())
            var texts = ""
            do throws(ModelError) { _ = try await caller.ask(Fixtures.request(), id: "c1", within: .seconds(20), ledger: ledger) } catch {
                dump(error, to: &texts)
            }
            dump(ledger.calls, to: &texts)
            dump(model, to: &texts)
            dump(caller, to: &texts)
            #expect(!ledger.calls.isEmpty)
            #expect(texts.split(separator: "\n").filter { $0.contains("CANARY") } == [])
        }
    }
}
