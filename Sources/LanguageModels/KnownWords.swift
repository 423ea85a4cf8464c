// What model servers say in words of their own. A server may repeat the key in any spelling there is, so such words are
// matched against known ones and never copied: an unknown word is reported as unknown.

enum KnownWords {
    static let unknown = "unknown"

    /// Why an answer ended, as servers call it; `none` if nothing was said.
    static func stopReason(_ said: String?) -> String {
        guard let said else { return "none" }
        return stopReasons.contains(said) ? said : unknown
    }

    private static let stopReasons: Set<String> = [
        "stop", "length", "content_filter", "tool_calls", "function_call", "insufficient_system_resource", "error", "abort", "cancelled",
        "end_turn", "stop_sequence", "max_tokens", "model_context_window_exceeded", "refusal", "tool_use", "pause_turn", "none"
    ]

    /// The words for an answer that did not end of its own accord.
    static func ended(by stop: String, status: Int = 200) -> String {
        stop == unknown ? "HTTP \(status), and it ended by a reason that is not known" : "ended by '\(stop)'"
    }

    /// What a refusal was about.
    static func category(_ said: String?) -> String {
        guard let said else { return "no category" }
        return ["cyber", "bio", "chemical", "nuclear", "violence", "self_harm", "sexual", "hate", "harassment", "illicit", "policy", "safety"]
            .contains(said) ? said : "\(unknown) category"
    }

    /// The kind of a body that is no JSON.
    static func contentType(_ said: String) -> String {
        [
            "text/html", "text/plain", "text/event-stream", "text/xml", "application/xml", "application/x-ndjson", "application/problem+json",
            "application/octet-stream", "application/jsonl"
        ].contains(said) ? "'\(said)'" : said.isEmpty ? "of no type" : "another type"
    }

    /// What an error's message is about: those of the known terms that it holds, in a fixed order.
    static func terms(in message: String) -> [String] {
        let lowered = message.lowercased()
        return terms.filter { lowered.contains($0) }
    }

    /// Parameters that may be left out, and phrases that say what a person can do.
    private static let terms = [
        "temperature", "max_tokens", "max_completion_tokens", "response_format", "json_schema", "json_object", "invalid_json_schema",
        "context_length",
        "unsupported", "not supported", "does not support", "extra inputs are not permitted", "not found", "does not exist", "no endpoints found",
        "no allowed providers",
        "context length", "maximum context", "too long", "credit balance is too low", "insufficient balance", "insufficient credits", "quota",
        "billing",
        "api key", "rate limit", "too many requests", "overloaded", "timed out", "loading model", "out of memory", "maintenance", "region",
        "terms of service"
    ]
}
