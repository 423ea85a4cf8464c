// One POST to a provider and what must hold before its answer is read: it came, its status is 200, it says
// it is JSON, it is JSON, and it is not an error in disguise.
import Kernel
import Ports
import StrictJSON

struct ProviderExchange: Sendable {
    /// Larger answers are refused; a decision is a few hundred bytes.
    static let maximumBytes = 1 << 20

    let transport: any HTTPTransport
    let key: Secret?
    let clock: any Clock
    /// The response header that names the request.
    let requestIdHeader: String

    struct Reply {
        let root: JSONValue
        let requestId: String?
    }

    func post(_ url: String, headers: [(name: String, value: String)], body: JSONValue, timeout: TimeSpan) async throws(ModelError) -> Reply {
        let request = HTTPRequest(
            .post, url, headers: [("content-type", "application/json"), ("accept", "application/json")] + headers,
            body: Array(body.compact.utf8), timeout: timeout, maximumBytes: Self.maximumBytes)
        let response: HTTPResponse
        do { response = try await transport.send(request) } catch { throw ModelError(error) }
        let requestId = response.header(requestIdHeader).map { ProviderFailure.cleaned($0, hiding: key, limit: 128) }
        let root = try? JSONValue(parsing: response.body, limits: JSONLimits(bytes: Self.maximumBytes))
        let failure = root.flatMap { ProviderFailure($0) }
        guard response.status == 200 else { throw error(response, failure, requestId) }
        func malformed(_ why: String) -> ModelError {
            let text = ProviderFailure.masked(String(decoding: response.body.prefix(16_384), as: UTF8.self), hiding: key)
            return ModelError(.malformed, why, httpStatus: 200, requestId: requestId, text: text)
        }
        let type = (response.header("content-type") ?? "").prefix { $0 != ";" }.split(separator: " ").joined().lowercased()
        guard type == "application/json" else { throw malformed("the answer is not JSON but \(KnownWords.contentType(type))") }
        guard let root else { throw malformed("the answer says it is JSON and is not") }
        if let failure {
            // Some gateways wrap the error in a 200; only a matter of money or keys is taken at its word.
            let kind = ProviderFailure.kind(status: Int(failure.code) ?? 200, failure)
            var error = malformed("an error under status 200: \(failure.detail)")
            if kind == .outOfMoney || kind == .authentication { error.kind = kind }
            if kind == .authentication { error.detail = failure.name }
            throw error
        }
        return Reply(root: root, requestId: requestId)
    }

    private func error(_ response: HTTPResponse, _ failure: ProviderFailure?, _ requestId: String?) -> ModelError {
        let kind = ProviderFailure.kind(status: response.status, failure)
        let said = kind == .authentication ? failure?.name : failure?.detail
        let detail = "HTTP \(response.status)" + (said.map { $0.isEmpty ? "" : ": " + $0 } ?? "")
        return ModelError(
            kind, detail, httpStatus: response.status, retryAfter: response.retryAfter(now: clock.now) ?? failure?.retryDelay,
            requestId: requestId)
    }
}

extension ModelError {
    /// No answer arrived.
    init(_ error: HTTPError) {
        switch error {
        case .unreachable(let why): self.init(.unavailable, why, usage: TokenUsage())
        case .tls(let why): self.init(.unavailable, why, usage: TokenUsage())
        case .timeout: self.init(.timeout, "no complete answer in time")
        case .tooLarge(let limit): self.init(.tooLarge, "the answer is longer than \(limit) bytes")
        case .broken(let why): self.init(.unavailable, why)
        case .cancelled: self.init(.timeout, "the call was cancelled")
        }
    }
}

extension JSONNode {
    /// A token count; 0 if it is missing, null, or no sensible number.
    var tokenCount: Int {
        guard let count = try? optional?.int, (0...1_000_000_000).contains(count) else { return 0 }
        return count
    }

    /// A short outside string, or nil.
    var label: String? { (try? optional?.string).map { ProviderFailure.cleaned($0, hiding: nil, limit: 128) } }
}
