// A language model as the panel sees it: text in, one structured answer out, or an error that says
// whether asking again may help. It gets no tool, no key and no balance.
public import Kernel

public struct ModelRequest: Sendable {
    /// Requested model id, e.g. `claude-haiku-5-5`.
    public var model: String
    public var system: String
    public var user: String
    /// Name and JSON text of the schema the answer must follow.
    public var schemaName: String
    public var schema: String
    /// The cap on answer tokens.
    public var maximumOutputTokens: Int
    /// nil leaves the provider's default (some models refuse the parameter).
    public var temperature: Double?
    /// For this one try, from sending to the last byte.
    public var timeout: TimeSpan

    public init(
        model: String, system: String, user: String, schemaName: String, schema: String,
        maximumOutputTokens: Int, temperature: Double? = nil, timeout: TimeSpan
    ) {
        self.model = model
        self.system = system
        self.user = user
        self.schemaName = schemaName
        self.schema = schema
        self.maximumOutputTokens = maximumOutputTokens
        self.temperature = temperature
        self.timeout = timeout
    }
}

/// Tokens a provider says it used. An answer always has output tokens, so `output == 0` means it did not say.
public struct TokenUsage: Hashable, Codable, Sendable {
    /// All prompt tokens, those read from and written to a cache included.
    public var input: Int
    /// Of the input: read from a cache.
    public var cachedInput: Int
    /// All generated tokens, reasoning included.
    public var output: Int
    /// Of the output: reasoning that is not shown.
    public var reasoning: Int
    /// Of the input: written to a cache.
    public var cacheWrite: Int
    public init(input: Int = 0, cachedInput: Int = 0, output: Int = 0, reasoning: Int = 0, cacheWrite: Int = 0) {
        self.input = input
        self.cachedInput = cachedInput
        self.output = output
        self.reasoning = reasoning
        self.cacheWrite = cacheWrite
    }
}

/// A complete answer (never a truncated or refused one).
public struct ModelAnswer: Sendable {
    public var text: String
    public var servedModel: String
    public var requestId: String?
    public var fingerprint: String?
    public var stopReason: String
    public var usage: TokenUsage
    public var httpStatus: Int
    public init(
        text: String, servedModel: String, requestId: String? = nil, fingerprint: String? = nil,
        stopReason: String, usage: TokenUsage, httpStatus: Int = 200
    ) {
        self.text = text
        self.servedModel = servedModel
        self.requestId = requestId
        self.fingerprint = fingerprint
        self.stopReason = stopReason
        self.usage = usage
        self.httpStatus = httpStatus
    }
}

/// Why there is no usable answer. `detail` is short, sanitised, and carries no secret.
public struct ModelError: Error, Sendable {
    public enum Kind: String, Codable, Sendable {
        /// 429; `retryAfter` may say how long.
        case rateLimited
        /// 5xx, 529, no connection.
        case unavailable
        case timeout
        /// 401 and 403.
        case authentication
        /// The account has no money left: never retried, always alerted.
        case outOfMoney
        /// 400, 404, 413, 422: this request will never work.
        case badRequest
        /// The model declined.
        case refused
        /// The output cap or context ended the answer.
        case truncated
        /// Not the provider's format: wrong content type, HTML, an error body under 200, no text.
        case malformed
        case tooLarge
        /// The daily budget does not allow the call; nothing was sent.
        case overBudget
        /// The call could not be journaled: nothing was sent, or the answer must not be used.
        case unrecorded
    }
    public var kind: Kind
    public var detail: String
    public var httpStatus: Int?
    public var retryAfter: TimeSpan?
    /// What the provider says was used before it failed; nil if it does not say. Zero if nothing was sent.
    public var usage: TokenUsage?
    public var servedModel: String?
    public var requestId: String?
    public var stopReason: String?
    /// What came instead of an answer, for the record only: never parsed.
    public var text: String?

    public init(
        _ kind: Kind, _ detail: String, httpStatus: Int? = nil, retryAfter: TimeSpan? = nil,
        usage: TokenUsage? = nil, servedModel: String? = nil, requestId: String? = nil,
        stopReason: String? = nil, text: String? = nil
    ) {
        self.kind = kind
        self.detail = detail
        self.httpStatus = httpStatus
        self.retryAfter = retryAfter
        self.usage = usage
        self.servedModel = servedModel
        self.requestId = requestId
        self.stopReason = stopReason
        self.text = text
    }

    /// Whether a second try inside the deadline is allowed.
    public var mayRetry: Bool {
        switch kind {
        case .rateLimited, .unavailable, .timeout, .malformed: true
        case .authentication, .outOfMoney, .badRequest, .refused, .truncated, .tooLarge, .overBudget, .unrecorded: false
        }
    }
}

public protocol LanguageModel: Sendable {
    /// `anthropic`, `openai`, …: with the model id this names the family.
    var vendor: String { get }
    func complete(_ request: ModelRequest) async throws(ModelError) -> ModelAnswer
}
