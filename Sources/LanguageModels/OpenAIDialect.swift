// How an OpenAI-compatible server differs from OpenAI's own, as a value; and what to leave out when one
// refuses a parameter, so that the next request is taken.

public struct OpenAIDialect: Hashable, Sendable {
    /// How the answer is held to the schema, strictest first.
    public enum Structure: String, Sendable {
        /// `response_format` json_schema, strict.
        case jsonSchema
        /// `response_format` json_object, with the schema in the system text.
        case jsonObject
        /// Only the schema in the system text.
        case promptOnly
    }
    public var structure: Structure
    /// `max_completion_tokens` (OpenAI's reasoning models refuse the older name) or `max_tokens`.
    public var tokenLimitName: String
    /// Reasoning models refuse a temperature.
    public var sendsTemperature: Bool
    /// OpenRouter: only route to providers that honour every parameter.
    public var requiresParameters: Bool

    public init(
        structure: Structure = .jsonSchema, tokenLimitName: String = "max_completion_tokens",
        sendsTemperature: Bool = true, requiresParameters: Bool = false
    ) {
        self.structure = structure
        self.tokenLimitName = tokenLimitName
        self.sendsTemperature = sendsTemperature
        self.requiresParameters = requiresParameters
    }

    public static let openAI = OpenAIDialect()
    public static let openRouter = OpenAIDialect(tokenLimitName: "max_tokens", requiresParameters: true)
    public static let deepSeek = OpenAIDialect(structure: .jsonObject, tokenLimitName: "max_tokens")
    /// Ollama, vLLM, llama.cpp and most others.
    public static let compatible = OpenAIDialect(tokenLimitName: "max_tokens")

    /// The dialect to try after a 400 with this text; nil if it blames nothing we could leave out.
    func relaxed(after refusal: String) -> OpenAIDialect? {
        let text = refusal.lowercased()
        var next = self
        // A schema that is wrong, or a prompt too long, is our fault and not a matter of dialect.
        if text.contains("invalid_json_schema") || text.contains("context_length") { return nil }
        if sendsTemperature, text.contains("temperature") {
            next.sendsTemperature = false
        } else if text.contains("max_tokens") || text.contains("max_completion_tokens") {
            guard tokenLimitName == "max_completion_tokens" || text.contains("unsupported") || text.contains("not supported") else { return nil }
            next.tokenLimitName = tokenLimitName == "max_tokens" ? "max_completion_tokens" : "max_tokens"
        } else if text.contains("response_format") || text.contains("json_schema") || text.contains("json_object") {
            switch structure {
            case .jsonSchema: next.structure = .jsonObject
            case .jsonObject: next.structure = .promptOnly
            case .promptOnly: return nil
            }
        } else {
            return nil
        }
        return next
    }
}
