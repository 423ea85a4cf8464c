// One GET as every feed makes it: through the host's gate, with a size cap and a deadline, its status
// turned into one FeedError. There are no retries here; SourceFetcher owns those.
import Kernel
import Ports

struct FeedClient: Sendable {
    /// The configured name of the source, shown in reports.
    let source: String
    let transport: any HTTPTransport
    let gate: HostGate
    /// nil leaves the transport's own.
    var userAgent: String?
    var timeout: TimeSpan = .seconds(10)
    /// A host that refuses us (401, 403) is left alone for so long: no retry storm (23).
    static let refusalPause: TimeSpan = .minutes(5)
    /// The pause after a 429 that does not say how long.
    static let defaultPause: TimeSpan = .seconds(60)

    /// A 2xx answer, or 304 if a validator was sent; everything else throws.
    /// - Parameter explain: makes a better error of a refusal, from a service's own error body.
    func get(
        _ url: String, headers: [(name: String, value: String)] = [], maximumBytes: Int,
        followsRedirects: Bool = false, now: Timestamp,
        explain: (HTTPResponse, FeedError) -> FeedError = { $1 }
    ) async throws(FeedError) -> HTTPResponse {
        try await gate.enter(source: source)
        let agent = userAgent.map { [(name: "user-agent", value: $0)] } ?? []
        let request = HTTPRequest(
            .get, url, headers: agent + headers, timeout: timeout,
            maximumBytes: maximumBytes, followsRedirects: followsRedirects)
        let response: HTTPResponse
        do { response = try await transport.send(request) } catch { throw FeedError(error, source: source) }
        guard let plain = StatusReading.problem(response, source: source, now: now) else {
            // A transport may not know the cap; the promise is ours.
            guard response.body.count <= maximumBytes else {
                throw FeedError(.tooLarge, source: source, "more than \(maximumBytes) bytes")
            }
            return response
        }
        let problem = explain(response, plain)
        switch problem.kind {
        case .rateLimited: await gate.pause(for: problem.retryAfter ?? Self.defaultPause, .rateLimited)
        case .refused where response.status == 401 || response.status == 403: await gate.pause(for: Self.refusalPause, .refused)
        default: break
        }
        throw problem
    }
}
