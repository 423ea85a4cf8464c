// Chat completions as OpenAI defined them and as OpenRouter, Ollama, vLLM and others speak them. A server
// that refuses a parameter is asked once more without it, and the difference is remembered and shown.
public import Kernel
public import Ports
import StrictJSON
import Synchronization

public final class OpenAICompatibleModel: LanguageModel {
    public static let defaultBaseURL = "https://api.openai.com/v1"
    /// More parameters than these cannot be left out.
    private static let maximumRelaxations = 4

    public let vendor: String
    private let url: String
    private let key: Secret?
    private let clock: any Clock
    private let exchange: ProviderExchange
    private let learned: Mutex<OpenAIDialect>

    /// What the server has turned out to take so far.
    public var dialect: OpenAIDialect { learned.withLock { $0 } }

    /// - Parameter key: nil for servers that ask for none.
    public init(
        transport: any HTTPTransport, clock: any Clock, key: Secret?, baseURL: String = defaultBaseURL,
        dialect: OpenAIDialect = .openAI, vendor: String = "openai"
    ) {
        self.vendor = vendor
        url = baseURL.withoutTrailingSlash + "/chat/completions"
        self.key = key
        self.clock = clock
        learned = Mutex(dialect)
        exchange = ProviderExchange(transport: transport, key: key, clock: clock, requestIdHeader: "x-request-id")
    }

    public func complete(_ request: ModelRequest) async throws(ModelError) -> ModelAnswer {
        let schema = try request.parsedSchema()
        let start = clock.monotonic
        var current = dialect
        var relaxations = 0
        while true {
            let left = TimeSpan(milliseconds: request.timeout.milliseconds - (clock.monotonic.milliseconds - start.milliseconds))
            do throws(ModelError) {
                return try await attempt(request, schema, current, timeout: left)
            } catch {
                guard error.kind == .badRequest, error.httpStatus != 404, error.httpStatus != 413, relaxations < Self.maximumRelaxations,
                    let next = current.relaxed(after: error.detail)
                else { throw error }
                current = next
                relaxations += 1
                learned.withLock { $0 = next }
            }
        }
    }

    private func attempt(_ request: ModelRequest, _ schema: JSONValue, _ dialect: OpenAIDialect, timeout: TimeSpan)
        async throws(ModelError) -> ModelAnswer
    {
        let headers = key.map { [(name: "authorization", value: "Bearer " + $0.reveal())] } ?? []
        let body = Self.body(for: request, schema, dialect)
        return try OpenAIAnswer.read(try await exchange.post(url, headers: headers, body: body, timeout: timeout), request, hiding: key)
    }

    private static func body(for request: ModelRequest, _ schema: JSONValue, _ dialect: OpenAIDialect) -> JSONValue {
        let strict = StructuredSchema.strict(schema, for: .openAI)
        var system = request.system
        if dialect.structure != .jsonSchema {
            system += "\n\nAnswer with one JSON object and nothing else. It follows this JSON schema: " + strict.compact
        }
        var members: [(String, JSONValue)] = [
            ("model", .string(request.model)),
            ("messages", [["role": "system", "content": .string(system)], ["role": "user", "content": .string(request.user)]]),
            (dialect.tokenLimitName, .integer(Int64(request.maximumOutputTokens)))
        ]
        switch dialect.structure {
        case .jsonSchema:
            let format: JSONValue = ["name": .string(request.schemaName), "strict": true, "schema": strict]
            members.append(("response_format", ["type": "json_schema", "json_schema": format]))
        case .jsonObject: members.append(("response_format", ["type": "json_object"]))
        case .promptOnly: break
        }
        if dialect.sendsTemperature, let temperature = request.temperature, temperature.isFinite {
            members.append(("temperature", .real(temperature)))
        }
        if dialect.requiresParameters { members.append(("provider", ["require_parameters": true])) }
        return .object(members.map { JSONMember(name: $0.0, value: $0.1) })
    }
}
