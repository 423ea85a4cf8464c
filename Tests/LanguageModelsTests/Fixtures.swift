// What the tests of both providers share: one request, the two shapes of a good answer, and a server that
// lives as long as one test.
import HTTPClient
import Kernel
import LanguageModels
import Ports
import Synchronization
import TestSupport

enum Fixtures {
    static let canary = "sk-CANARY-7f3a91bd"
    static let schema =
        #"{"type":"object","properties":{"action":{"type":"string","enum":["buy","hold","sell"]},"confidence":{"type":"number","minimum":0,"#
        + #""maximum":1}},"required":["action"]}"#
    static let text = #"{"action":"hold","confidence":0.4}"#

    static func request(timeout: TimeSpan = .minutes(5), temperature: Double? = nil, model: String = "model-a") -> ModelRequest {
        ModelRequest(
            model: model, system: "You read charts.", user: "BTC/USDT \"quoted\"\n", schemaName: "decision", schema: schema,
            maximumOutputTokens: 200, temperature: temperature, timeout: timeout)
    }

    static func anthropic(
        text: String = text, stop: String = "end_turn", content: String? = nil,
        usage: String = #"{"input_tokens":100,"cache_creation_input_tokens":null,"cache_read_input_tokens":50,"output_tokens":20}"#
    ) -> String {
        let blocks = content ?? #"[{"type":"thinking","thinking":"hm","signature":"x"},{"type":"text","text":\#(quoted(text))}]"#
        return
            #"{"id":"msg_1","type":"message","role":"assistant","model":"model-a-20261001","content":\#(blocks),"stop_reason":"\#(stop)","#
            + #""stop_sequence":null,"usage":\#(usage)}"#
    }

    static func openAI(
        content: String? = nil, finish: String = "stop", refusal: String = "null",
        usage: String =
            #"{"prompt_tokens":150,"completion_tokens":20,"prompt_tokens_details":{"cached_tokens":50},"#
            + #""completion_tokens_details":{"reasoning_tokens":5}}"#
    ) -> String {
        #"{"id":"chatcmpl-1","model":"model-a-1","system_fingerprint":"fp_1","choices":[{"index":0,"finish_reason":"\#(finish)","#
            + #""message":{"role":"assistant","content":\#(content ?? quoted(text)),"refusal":\#(refusal)}}],"usage":\#(usage)}"#
    }

    static func quoted(_ text: String) -> String { "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\"" }
}

/// Which provider a test speaks to.
enum Provider: String, CaseIterable, Sendable {
    case anthropic, openAI

    func model(_ url: String, dialect: OpenAIDialect = .openAI) -> any LanguageModel {
        let transport = CurlTransport(version: "test", connectTimeout: .minutes(5))
        switch self {
        case .anthropic: return AnthropicModel(transport: transport, clock: FakeClock(), key: Secret(Fixtures.canary), baseURL: url)
        case .openAI:
            return OpenAICompatibleModel(
                transport: transport, clock: FakeClock(), key: Secret(Fixtures.canary), baseURL: url + "/v1", dialect: dialect)
        }
    }

    var goodAnswer: String { self == .anthropic ? Fixtures.anthropic() : Fixtures.openAI() }

    /// What came of asking a server that answers so.
    func ask(_ answer: ScriptedAnswer, _ request: ModelRequest = Fixtures.request()) async throws -> Result<ModelAnswer, ModelError> {
        let server = try LoopbackServer { _ in answer }
        defer { server.stop() }
        let model = model(server.url)
        do throws(ModelError) { return .success(try await model.complete(request)) } catch { return .failure(error) }
    }

    func failure(_ answer: ScriptedAnswer, _ request: ModelRequest = Fixtures.request()) async throws -> ModelError? {
        if case .failure(let error) = try await ask(answer, request) { error } else { nil }
    }
}

/// A ledger in memory: what was reserved stays until settled.
final class FakeLedger: CallLedger {
    private let state: Mutex<(left: FixedDecimal, open: [String: FixedDecimal], calls: [ModelCall])>
    init(budget: FixedDecimal) { state = Mutex((budget, [:], [])) }
    var left: FixedDecimal { state.withLock { $0.left } }
    var open: [String] { state.withLock { $0.open.keys.sorted() } }
    var calls: [ModelCall] { state.withLock { $0.calls } }

    func reserve(_ id: String, attempt: Int, cost: FixedDecimal) async throws(ModelError) {
        let isReserved = state.withLock { state in
            guard cost <= state.left, state.open[id] == nil, id.hasSuffix("/\(attempt)") else { return false }
            state.left = state.left - cost
            state.open[id] = cost
            return true
        }
        guard isReserved else { throw ModelError(.overBudget, "no \(cost) left", usage: TokenUsage()) }
    }

    func settle(_ call: ModelCall) async throws(ModelError) {
        state.withLock { state in
            guard let reserved = state.open.removeValue(forKey: call.id) else { return }
            state.left = state.left + reserved - call.bookedCost
            state.calls.append(call)
        }
    }
}
