// Both providers against a scripted server: what is sent, what is taken as an answer, and what never is.
import HTTPClient
import Kernel
import LanguageModels
import Ports
import StrictJSON
import TestSupport
import Testing

@Suite("Providers")
struct ProviderTests {
    @Test("Anthropic is asked with a closed schema, a dated version, its key, and no sampling parameter")
    func anthropicRequest() async throws {
        let server = try LoopbackServer { _ in .json(Fixtures.anthropic(), headers: [("Request-Id", "req_7")]) }
        defer { server.stop() }
        let answer = try await Provider.anthropic.model(server.url).complete(Fixtures.request(temperature: 0.2))
        let seen = try #require(server.requests.first)
        #expect(seen.method == "POST" && seen.target == "/v1/messages")
        #expect(seen.header("x-api-key") == Fixtures.canary && seen.header("authorization") == nil)
        #expect(seen.header("anthropic-version") == "2026-10-21" && seen.header("content-type") == "application/json")
        let body = try JSONValue(parsing: seen.body)
        #expect(try body.node.members.map(\.name) == ["model", "max_tokens", "system", "messages", "output_config"])
        #expect(try body["messages"][0]["content"].string == "BTC/USDT \"quoted\"\n" && body["max_tokens"].int == 200)
        let format = body["output_config"]["format"]
        #expect(try format["type"].string == "json_schema" && format["schema"]["additionalProperties"].bool == false)
        #expect(try format["schema"]["properties"]["confidence"].value == ["type": "number", "description": "(minimum: 0, maximum: 1)"])
        #expect(
            answer.text == Fixtures.text && answer.servedModel == "model-a-20261001" && answer.requestId == "req_7" && answer.stopReason == "end_turn"
        )
        #expect(answer.usage == TokenUsage(input: 150, cachedInput: 50, output: 20))
    }

    @Test("OpenAI is asked with a strict schema, max_completion_tokens and a bearer key")
    func openAIRequest() async throws {
        let server = try LoopbackServer { _ in .json(Fixtures.openAI(), headers: [("x-request-id", "r1")]) }
        defer { server.stop() }
        let answer = try await Provider.openAI.model(server.url + "//").complete(Fixtures.request(temperature: 0.25))
        let seen = try #require(server.requests.first)
        #expect(seen.target.hasSuffix("/v1/chat/completions") && seen.header("authorization") == "Bearer " + Fixtures.canary)
        let body = try JSONValue(parsing: seen.body)
        #expect(try body.node.members.map(\.name) == ["model", "messages", "max_completion_tokens", "response_format", "temperature"])
        let format = body["response_format"]["json_schema"]
        #expect(try format["strict"].bool && format["name"].string == "decision" && format["schema"]["required"].value == ["action", "confidence"])
        #expect(answer.text == Fixtures.text && answer.fingerprint == "fp_1" && answer.requestId == "r1" && answer.servedModel == "model-a-1")
        #expect(answer.usage == TokenUsage(input: 150, cachedInput: 50, output: 20, reasoning: 5))
    }

    @Test("a server that refuses parameters is asked again without them, and that is remembered")
    func relaxation() async throws {
        let server = try LoopbackServer { request in
            let text = request.text
            func refuse(_ what: String) -> ScriptedAnswer {
                .json(
                    #"{"error":{"message":"Unsupported parameter: '\#(what)' is not supported","type":"invalid_request_error","param":"\#(what)","#
                        + #""code":"unsupported_parameter"}}"#,
                    status: 400)
            }
            if text.contains("\"temperature\"") { return refuse("temperature") }
            if text.contains("\"max_completion_tokens\"") { return refuse("max_completion_tokens") }
            if text.contains("json_schema") { return refuse("response_format") }
            return .json(Fixtures.openAI())
        }
        defer { server.stop() }
        let model = OpenAICompatibleModel(transport: CurlTransport(version: "t"), clock: FakeClock(), key: nil, baseURL: server.url)
        _ = try await model.complete(Fixtures.request(temperature: 0))
        #expect(server.requests.count == 4)
        #expect(model.dialect == OpenAIDialect(structure: .jsonObject, tokenLimitName: "max_tokens", sendsTemperature: false))
        _ = try await model.complete(Fixtures.request(temperature: 0))
        #expect(server.requests.count == 5)
        let last = try #require(server.requests.last)
        #expect(last.header("authorization") == nil && last.text.contains("JSON schema") && last.text.contains("json_object"))
    }

    @Test("a wrong schema or a prompt too long is not a matter of dialect", arguments: ["invalid_json_schema", "context_length_exceeded"])
    func notRelaxed(_ code: String) async throws {
        let server = try LoopbackServer { _ in
            .json(#"{"error":{"message":"response_format max_tokens temperature","code":"\#(code)"}}"#, status: 400)
        }
        defer { server.stop() }
        let model = Provider.openAI.model(server.url)
        await #expect(throws: ModelError.self) { try await model.complete(Fixtures.request(temperature: 1)) }
        #expect(server.requests.count == 1)
    }

    @Test("content in parts is joined, an unknown usage is no obstacle")
    func parts() async throws {
        let content = #"[{"type":"text","text":"{\"a\":"},{"type":"image"},{"type":"text","text":"1}"}]"#
        let answer = try await Provider.openAI.ask(.json(Fixtures.openAI(content: content, usage: "null"))).get()
        #expect(answer.text == "{\"a\":1}" && answer.usage == TokenUsage())
    }

    @Test(
        "errors are told apart by status, type and code",
        arguments: [
            (401, #"{"type":"error","error":{"type":"authentication_error","message":"bad"}}"#, ModelError.Kind.authentication),
            (403, #"{"error":{"message":"country","code":"unsupported_country_region_territory"}}"#, .authentication),
            (402, "{}", .outOfMoney),
            (400, #"{"error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the API"}}"#, .outOfMoney),
            (429, #"{"type":"error","error":{"type":"rate_limit_error","message":"slow down"}}"#, .rateLimited),
            (
                429, #"{"type":"error","error":{"type":"rate_limit_error","message":"x","details":{"error_code":"enforced_spend_limit_reached"}}}"#,
                .outOfMoney
            ),
            (
                429, #"{"type":"error","error":{"type":"rate_limit_error","message":"x","details":{"error_code":"ramp_limit_exceeded"}}}"#,
                .rateLimited
            ),
            (
                429, #"{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}"#,
                .outOfMoney
            ),
            (429, #"[{"error":{"code":429,"message":"q","status":"RESOURCE_EXHAUSTED","details":[{"retryDelay":"36s"}]}}]"#, .rateLimited),
            (400, #"{"type":"error","error":{"type":"invalid_request_error","message":"temperature: Extra inputs are not permitted"}}"#, .badRequest),
            (404, #"{"error":{"message":"no","code":"model_not_found"}}"#, .badRequest), (413, "", .badRequest),
            (422, #"{"error":"words"}"#, .badRequest),
            (408, "", .timeout), (409, "", .unavailable), (500, "<html>", .unavailable),
            (503, #"{"error":{"message":"Loading model","type":"unavailable_error","code":503}}"#, .unavailable),
            (529, #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#, .unavailable), (302, "", .malformed),
            (204, "", .malformed)
        ])
    func errorTable(_ status: Int, _ body: String, _ expected: ModelError.Kind) async throws {
        for provider in Provider.allCases {
            let request = Fixtures.request()
            let error = try #require(try await provider.failure(.json(body, status: status), request))
            #expect(error.kind == expected)
            #expect(error.httpStatus == status)
            if body.contains("retryDelay") { #expect(error.retryAfter == .seconds(36)) }
        }
    }

    @Test("a Retry-After header reaches the caller", arguments: Provider.allCases)
    func retryAfter(_ provider: Provider) async throws {
        let error = try await provider.failure(.json("{}", status: 429, headers: [("Retry-After", "12")]))
        #expect(error?.retryAfter == .seconds(12))
    }
}
