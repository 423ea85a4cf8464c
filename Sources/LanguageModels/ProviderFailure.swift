// What a provider's error means for us: one table from status, type and code to ModelError.Kind. Error
// texts come from outside and may hold the key in any spelling: only known words of them are reported.
import Kernel
import Ports
import StrictJSON

/// The error object of a body in any of the shapes seen: `{"error":{…}}`, `{"error":"…"}`, `[{"error":{…}}]`,
/// `{"object":"error",…}`.
struct ProviderFailure {
    let type: String
    let code: String
    let parameter: String
    let message: String
    /// A wait named inside the body (Google's RetryInfo).
    let retryDelay: TimeSpan?

    /// nil if the body holds no error.
    init?(_ root: JSONValue) {
        var root = root
        if case .array(let elements) = root, let first = elements.first { root = first }
        let isBare = root.member("object") == "error"
        guard isBare || root.member("error").map({ $0 != .null }) == true else { return nil }
        let error = isBare ? root : root.member("error") ?? .null
        func text(_ name: String) -> String {
            switch error.member(name) {
            case .string(let text)?: text
            case .integer(let number)?: String(number)
            default: ""
            }
        }
        type = text("type").isEmpty ? text("status") : text("type")
        parameter = text("param")
        if case .string(let whole) = error { message = whole } else { message = text("message") }
        if let detail = error.member("details")?.member("error_code"), case .string(let inner) = detail { code = inner } else { code = text("code") }
        retryDelay = Self.retryDelay(in: error)
    }

    private static func retryDelay(in error: JSONValue) -> TimeSpan? {
        guard case .array(let details)? = error.member("details") else { return nil }
        for detail in details {
            if case .string(let text)? = detail.member("retryDelay"), text.hasSuffix("s"),
                let seconds = Double(text.dropLast()), seconds >= 0, seconds < 86_400
            {
                return TimeSpan(milliseconds: Int64((seconds * 1_000).rounded(.up)))
            }
        }
        return nil
    }

    /// The account has no money: asking again cannot help, a person must.
    var isAboutMoney: Bool {
        let codes: Set<String> = [
            "insufficient_quota", "credit_balance_exhausted", "billing_hard_limit_reached", "billing_not_active",
            "enforced_spend_limit_reached", "contract_spend_limit_reached", "billing_error", "402"
        ]
        let phrases = ["credit balance is too low", "insufficient balance", "insufficient credits"]
        let lowered = message.lowercased()
        return codes.contains(code) || codes.contains(type) || phrases.contains { lowered.contains($0) }
    }

    /// The kind of a failure with this HTTP status.
    static func kind(status: Int, _ failure: ProviderFailure?) -> ModelError.Kind {
        if status == 402 || failure?.isAboutMoney == true { return .outOfMoney }
        switch status {
        case 401, 403: return .authentication
        case 408: return .timeout
        case 429: return .rateLimited
        case 409, 425, 500...: return .unavailable
        case 400..<500: return .badRequest
        default: return .malformed
        }
    }

    /// Short text for reports: type, code and what the message is about.
    var detail: String { [name, about].filter { !$0.isEmpty }.joined(separator: ": ") }

    private var about: String {
        guard !message.isEmpty || !parameter.isEmpty else { return "" }
        let terms = KnownWords.terms(in: parameter + "\n" + message)
        return terms.isEmpty ? "in words that are not known" : "about " + terms.map { "'\($0)'" }.joined(separator: ", ")
    }

    /// The same without the message. Type and code are words from outside too: they are matched against known ones and
    /// never copied.
    var name: String { [type, code].filter { !$0.isEmpty }.map { Self.isKnown($0) ? $0 : "unknown code" }.joined(separator: ": ") }

    private static func isKnown(_ word: String) -> Bool {
        words.contains(word) || (word.utf8.count <= 4 && !word.isEmpty && word.utf8.allSatisfy { (48...57).contains($0) })
    }

    /// What Anthropic, OpenAI, Google, OpenRouter, vLLM, Ollama and LiteLLM call their errors.
    private static let words: Set<String> = [
        "invalid_request_error", "authentication_error", "billing_error", "permission_error", "not_found_error", "request_too_large",
        "rate_limit_error",
        "timeout_error", "api_error", "overloaded_error", "server_error", "insufficient_quota", "invalid_api_key", "model_not_found",
        "rate_limit_exceeded",
        "context_length_exceeded", "string_above_max_length", "unsupported_parameter", "unsupported_value", "invalid_value", "invalid_type",
        "missing_required_parameter",
        "invalid_json_schema", "content_filter", "content_policy_violation", "account_deactivated", "organization_deactivated",
        "invalid_organization", "unsupported_country_region_territory",
        "requests", "tokens", "billing_not_active", "billing_hard_limit_reached", "credit_balance_exhausted", "enforced_spend_limit_reached",
        "contract_spend_limit_reached",
        "INVALID_ARGUMENT", "FAILED_PRECONDITION", "UNAUTHENTICATED", "PERMISSION_DENIED", "NOT_FOUND", "RESOURCE_EXHAUSTED", "INTERNAL",
        "UNAVAILABLE", "DEADLINE_EXCEEDED", "CANCELLED",
        "BadRequestError", "NotFoundError", "AuthenticationError", "PermissionDeniedError", "RateLimitError", "InternalServerError",
        "ServiceUnavailableError", "ContextWindowExceededError",
        "Timeout", "APIError", "APIConnectionError", "UnprocessableEntityError", "None", "null"
    ]

    static func cleaned(_ text: String, hiding key: Secret?, limit: Int = 200) -> String {
        SafeText.ascii(masked(String(text.prefix(limit * 4)), hiding: key), limit: limit)
    }

    /// The text without the key and without anything that looks like part of one (`sk-…`: providers repeat
    /// keys with their middle blotted out).
    static func masked(_ text: String, hiding key: Secret?) -> String {
        let bytes = Array((key?.hidden(in: text) ?? text).utf8)
        let prefix = Array("sk-".utf8)
        var clean: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let startsWord = index == 0 || !isKeyByte(bytes[index - 1])
            if startsWord, bytes[index...].starts(with: prefix) {
                clean += "***".utf8
                while index < bytes.count, isKeyByte(bytes[index]) { index += 1 }
            } else {
                clean.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: clean, as: UTF8.self)
    }

    private static func isKeyByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "*"): true
        default: false
        }
    }
}
