// Anthropic's Messages API. No sampling parameter is ever sent (the API refuses them since 2026-10-21), the
// answer follows a schema by constrained decoding, and why it stopped is looked at before what it says.
public import Kernel
public import Ports
import StrictJSON

public struct AnthropicModel: LanguageModel {
    public static let defaultBaseURL = "https://api.anthropic.com"
    public static let defaultVersion = "2026-10-21"

    public let vendor: String
    private let url: String
    private let version: String
    private let exchange: ProviderExchange
    private let key: Secret

    public init(
        transport: any HTTPTransport, clock: any Clock, key: Secret, baseURL: String = defaultBaseURL,
        version: String = defaultVersion, vendor: String = "anthropic"
    ) {
        self.vendor = vendor
        url = baseURL.withoutTrailingSlash + "/v1/messages"
        self.version = version
        self.key = key
        exchange = ProviderExchange(transport: transport, key: key, clock: clock, requestIdHeader: "request-id")
    }

    public func complete(_ request: ModelRequest) async throws(ModelError) -> ModelAnswer {
        let body = try body(for: request)
        let headers = [(name: "x-api-key", value: key.reveal()), (name: "anthropic-version", value: version)]
        let reply = try await exchange.post(url, headers: headers, body: body, timeout: request.timeout)
        return try answer(in: reply, request)
    }

    private func body(for request: ModelRequest) throws(ModelError) -> JSONValue {
        let schema = StructuredSchema.strict(try request.parsedSchema(), for: .anthropic)
        return [
            "model": .string(request.model),
            "max_tokens": .integer(Int64(request.maximumOutputTokens)),
            "system": .string(request.system),
            "messages": [["role": "user", "content": .string(request.user)]],
            "output_config": ["format": ["type": "json_schema", "schema": schema]]
        ]
    }

    private func answer(in reply: ProviderExchange.Reply, _ request: ModelRequest) throws(ModelError) -> ModelAnswer {
        let root = reply.root.node
        let usage = usage(root["usage"])
        let served = key.hidden(in: root["model"].label ?? request.model)
        let stop = KnownWords.stopReason(root["stop_reason"].label)
        // With thinking on, the first block is often a thought: the answer is the first block of text.
        let blocks = (try? root["content"].array) ?? []
        let text = blocks.first { $0["type"].label == "text" }.flatMap { try? $0["text"].string }.map(key.hidden)
        func failed(_ kind: ModelError.Kind, _ why: String) -> ModelError {
            ModelError(
                kind, why, httpStatus: 200, usage: usage.output > 0 ? usage : nil, servedModel: served,
                requestId: reply.requestId, stopReason: stop, text: text)
        }
        switch stop {
        case "end_turn", "stop_sequence": break
        case "refusal": throw failed(.refused, "declined (\(KnownWords.category(root["stop_details"]["category"].label)))")
        case "max_tokens", "model_context_window_exceeded": throw failed(.truncated, "ended by \(stop)")
        default: throw failed(.malformed, KnownWords.ended(by: stop))
        }
        guard let text, !text.isEmpty else { throw failed(.malformed, "no text in the answer") }
        return ModelAnswer(
            text: text, servedModel: served, requestId: reply.requestId ?? root["id"].label.map(key.hidden), stopReason: stop, usage: usage)
    }

    private func usage(_ node: JSONNode) -> TokenUsage {
        let read = node["cache_read_input_tokens"].tokenCount, written = node["cache_creation_input_tokens"].tokenCount
        return TokenUsage(
            input: node["input_tokens"].tokenCount + read + written, cachedInput: read, output: node["output_tokens"].tokenCount,
            reasoning: node["output_tokens_details"]["thinking_tokens"].tokenCount, cacheWrite: written)
    }
}

extension ModelRequest {
    func parsedSchema() throws(ModelError) -> JSONValue {
        do { return try JSONValue(parsing: schema) } catch { throw ModelError(.badRequest, "schema \(schemaName): \(error)", usage: TokenUsage()) }
    }
}

extension String {
    var withoutTrailingSlash: String { hasSuffix("/") ? String(dropLast()).withoutTrailingSlash : self }
}
