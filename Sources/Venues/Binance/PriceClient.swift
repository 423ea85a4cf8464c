// One public GET to Binance for prices: weight booked before, the venue's count read after, and its ways
// of saying no (429, 418, 403 with a page, an error code) turned into one FeedError each.
import Kernel
import Ports
import StrictJSON

struct PriceClient: Sendable {
    let source: String
    /// Without a slash at its end, e.g. `https://data-api.binance.vision`.
    let baseURL: String
    let transport: any HTTPTransport
    let limits: BinanceLimits
    let clock: any Clock
    var timeout: TimeSpan = .seconds(10)

    func get(_ call: Call) async throws(FeedError) -> JSONField {
        try await limits.enter(weight: call.weight, source: source)
        let request = call.request(baseURL: baseURL, timeout: timeout)
        let response: HTTPResponse
        do { response = try await transport.send(request) } catch { throw FeedError(error, source: source) }
        await limits.note(response)
        guard let problem = StatusReading.problem(response, source: source, now: clock.now) else {
            guard response.body.count <= call.maximumBytes else { throw FeedError(.tooLarge, source: source, "more than \(call.maximumBytes) bytes") }
            do { return try JSONField(body: response.body) } catch { throw FeedError(.malformed, source: source, "JSON: \(error)") }
        }
        throw await explained(problem, response)
    }

    /// Keeps the silence an error asks for, and adds the venue's code if the body has one.
    private func explained(_ problem: FeedError, _ response: HTTPResponse) async -> FeedError {
        let (code, message) = Silence.complaint(response)
        let detail = code.map { "\(problem.detail) (\($0) \(SafeText.short(message, limit: 80)))" } ?? problem.detail
        switch response.status {
        case 418:
            let now = clock.now, until = Silence.banEnd(response, message, now: now)
            await limits.ban(until: until)
            return FeedError(.banned, source: source, "banned until \(until)", retryAfter: until - now)
        case 429:
            let wait = problem.retryAfter ?? Silence.defaultPause
            await limits.pause(for: wait, .rateLimited, because: problem.detail)
            return FeedError(.rateLimited, source: source, detail, retryAfter: wait)
        case 401, 403, 451:
            let why = code == nil ? detail + " without an error code: a firewall" : detail
            await limits.pause(for: Silence.refusalPause, .refused, because: why)
            return FeedError(.refused, source: source, why)
        default:
            return FeedError(code == -1_121 ? .notFound : problem.kind, source: source, detail, retryAfter: problem.retryAfter)
        }
    }
}
