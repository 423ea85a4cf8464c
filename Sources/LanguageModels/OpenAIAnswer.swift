// Reads a chat completion. A refusal or a cut is noticed before the text is looked at; fields that
// compatible servers leave out are not asked for. A server that repeats the key is not quoted.
import Kernel
import Ports
import StrictJSON

enum OpenAIAnswer {
    static func read(_ reply: ProviderExchange.Reply, _ request: ModelRequest, hiding key: Secret?) throws(ModelError) -> ModelAnswer {
        let root = reply.root.node
        let choice = root["choices"][0]
        let message = choice["message"]
        let usage = usage(root["usage"])
        func clean(_ text: String) -> String { key?.hidden(in: text) ?? text }
        let served = clean(root["model"].label ?? request.model)
        let stop = KnownWords.stopReason(choice["finish_reason"].label)
        let text = text(message["content"]).map(clean)
        func failed(_ kind: ModelError.Kind, _ why: String) -> ModelError {
            ModelError(
                kind, why, httpStatus: 200, usage: usage.output > 0 ? usage : nil, servedModel: served,
                requestId: reply.requestId, stopReason: stop, text: text)
        }
        guard choice.found != nil else { throw failed(.malformed, "no choice in the answer") }
        if let refusal = message["refusal"].optional, refusal.found != "" { throw failed(.refused, "declined") }
        switch stop {
        case "stop": break
        case "content_filter": throw failed(.refused, "stopped by the content filter")
        case "length": throw failed(.truncated, "ended by length")
        case "insufficient_system_resource": throw failed(.unavailable, "ended by \(stop)")
        default: throw failed(.malformed, KnownWords.ended(by: stop))
        }
        guard let text, !text.isEmpty else { throw failed(.malformed, "no text in the answer") }
        return ModelAnswer(
            text: text, servedModel: served, requestId: reply.requestId ?? root["id"].label.map(clean),
            fingerprint: root["system_fingerprint"].label.map(clean), stopReason: stop, usage: usage)
    }

    /// A string, or the text parts of an array of parts.
    private static func text(_ content: JSONNode) -> String? {
        if let text = try? content.string { return text }
        guard let parts = try? content.array else { return nil }
        return parts.filter { $0["type"].label == "text" }.compactMap { try? $0["text"].string }.joined()
    }

    private static func usage(_ node: JSONNode) -> TokenUsage {
        let details = node["prompt_tokens_details"]
        return TokenUsage(
            input: node["prompt_tokens"].tokenCount,
            cachedInput: max(details["cached_tokens"].tokenCount, node["prompt_cache_hit_tokens"].tokenCount),
            output: node["completion_tokens"].tokenCount,
            reasoning: node["completion_tokens_details"]["reasoning_tokens"].tokenCount,
            cacheWrite: details["cache_write_tokens"].tokenCount)
    }
}
