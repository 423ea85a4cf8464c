// Both providers against litellm's proxy: software that none of ours was written with. Runs under
// Tests/Providers/check.sh, which starts the proxy and names its URL in CARILLON_LITELLM.
import Foundation
import HTTPClient
import Kernel
import LanguageModels
import Ports
import TestSupport
import Testing

private let proxy = ProcessInfo.processInfo.environment["CARILLON_LITELLM"]

@Suite("Providers against litellm", .enabled(if: proxy != nil, "start it with Tests/Providers/check.sh"))
struct IndependentServerTests {
    enum Provider: String, CaseIterable { case anthropic, openAI }

    private func model(_ provider: Provider) throws -> any LanguageModel {
        let url = try #require(proxy)
        let transport = CurlTransport(version: "check")
        let key = Secret("sk-loopback-only")
        return switch provider {
        case .anthropic: AnthropicModel(transport: transport, clock: FakeClock(), key: key, baseURL: url)
        case .openAI: OpenAICompatibleModel(transport: transport, clock: FakeClock(), key: key, baseURL: url + "/v1", dialect: .compatible)
        }
    }

    private func request(_ model: String) -> ModelRequest {
        ModelRequest(
            model: model, system: "You judge one chart.", user: "BTC/USDT, 200 candles follow: none.", schemaName: "decision",
            schema: """
                {"type":"object","properties":{"action":{"type":"string","enum":["buy","hold","sell"]},\
                "confidence":{"type":"number","minimum":0,"maximum":1},\
                "reason":{"type":"string"}},"required":["action","confidence","reason"]}
                """, maximumOutputTokens: 300, timeout: .seconds(30))
    }

    @Test("an opinion's text arrives, with its usage", arguments: Provider.allCases, ["analyst-anthropic", "analyst-openai"])
    func opinion(_ provider: Provider, _ name: String) async throws {
        let answer = try await model(provider).complete(request(name))
        #expect(answer.text.hasPrefix("{\"action\":") && answer.text.hasSuffix("}"))
        #expect(answer.usage.input > 0 && answer.usage.output > 0)
        #expect(["end_turn", "stop"].contains(answer.stopReason) && answer.httpStatus == 200)
    }

    @Test(
        "errors fall into their classes", arguments: Provider.allCases,
        [
            ("busy", 429, ModelError.Kind.rateLimited), ("broken", 500, .unavailable), ("too-long", 400, .badRequest),
            ("down", 500, .unavailable), ("no-such-model", 400, .badRequest)
        ])
    func errors(_ provider: Provider, _ row: (name: String, status: Int, kind: ModelError.Kind)) async throws {
        let model = try model(provider)
        do throws(ModelError) {
            let answer = try await model.complete(request(row.name))
            Issue.record("an answer from \(row.name): \(answer.stopReason)")
        } catch {
            #expect(error.kind == row.kind, "\(error.detail)")
            #expect(error.httpStatus == row.status, "\(error.detail)")
        }
    }
}
