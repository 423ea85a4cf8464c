// Both providers against litellm's proxy: software that none of ours was written with. Runs under
// Tests/Providers/check.sh, which starts the proxy and names its URL in CARILLON_LITELLM.
import Domain
import Foundation
import HTTPClient
import LanguageModels
import Ports
import Testing

private let proxy = ProcessInfo.processInfo.environment["CARILLON_LITELLM"]

/// The machine's own clock; these tests wait for a real server.
private struct WallClock: Clock {
    var now: Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)) }
    var monotonic: Domain.Duration { Domain.Duration(milliseconds: Int64(DispatchTime.now().uptimeNanoseconds / 1_000_000)) }
    func sleep(for duration: Domain.Duration) async throws { try await Task.sleep(nanoseconds: UInt64(max(0, duration.milliseconds)) * 1_000_000) }
}

@Suite("Providers against litellm", .enabled(if: proxy != nil, "start it with Tests/Providers/check.sh"))
struct IndependentServerTests {
    enum Provider: String, CaseIterable { case anthropic, openAI }

    private func model(_ provider: Provider) throws -> any LanguageModel {
        let url = try #require(proxy)
        let transport = CurlTransport(version: "check")
        let key = Secret("sk-loopback-only")
        return switch provider {
        case .anthropic: AnthropicModel(transport: transport, clock: WallClock(), key: key, baseURL: url)
        case .openAI: OpenAICompatibleModel(transport: transport, clock: WallClock(), key: key, baseURL: url + "/v1", dialect: .compatible)
        }
    }

    private func request(_ model: String) -> ModelRequest {
        ModelRequest(model: model, system: "You judge one chart.", user: "BTC/USDT, 200 candles follow: none.", schemaName: "decision", schema: """
            {"type":"object","properties":{"action":{"type":"string","enum":["buy","hold","sell"]},"confidence":{"type":"number","minimum":0,"maximum":1},\
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

    @Test("errors fall into their classes", arguments: Provider.allCases, [
        ("busy", 429, ModelError.Kind.rateLimited), ("broken", 500, .unavailable), ("too-long", 400, .badRequest),
        ("down", 500, .unavailable), ("no-such-model", 400, .badRequest),
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
