// One public GET to Binance: weight booked before, the venue's count read after, and its ways of saying
// no (429, 418, 403 with a page, an error code) turned into one FeedError each.
import Domain
import Ports

struct BinanceClient: Sendable {
    let source: String
    /// Without a slash at its end, e.g. `https://data-api.binance.vision`.
    let baseURL: String
    let transport: any HTTPTransport
    let limits: BinanceLimits
    let clock: any Clock
    var timeout: Duration = .seconds(10)

    static let defaultPause = Duration.seconds(60)
    static let refusalPause = Duration.minutes(5)
    /// Where a ban does not say how long, or names a moment that is over: bans start at two minutes and grow.
    static let defaultBan = Duration.minutes(10)
    /// And end after three days, whatever an answer says.
    static let longestBan = Duration.days(3)

    /// - Parameter query: keys and values that need no percent-encoding, or are encoded already.
    func get(_ path: String, _ query: [(String, String)] = [], weight: Int, maximumBytes: Int) async throws(FeedError) -> Field {
        try await limits.enter(weight: weight, source: source)
        let suffix = query.isEmpty ? "" : "?" + query.map { "\($0.0)=\($0.1)" }.joined(separator: "&")
        let request = HTTPRequest(.get, baseURL + path + suffix, timeout: timeout, maximumBytes: maximumBytes)
        let response: HTTPResponse
        do { response = try await transport.send(request) } catch { throw FeedError(error, source: source) }
        if let used = (response.header("x-mbx-used-weight-1m") ?? response.header("x-mbx-used-weight")).flatMap({ Int($0) }) {
            await limits.note(usedWeight: used)
        }
        guard let problem = StatusReading.problem(response, source: source, now: clock.now) else {
            guard response.body.count <= maximumBytes else { throw FeedError(.tooLarge, source: source, "more than \(maximumBytes) bytes") }
            return try Field.parse(response.body, source: source)
        }
        throw await explained(problem, response)
    }

    /// Keeps the silence an error asks for, and adds the venue's code where the body has one.
    private func explained(_ problem: FeedError, _ response: HTTPResponse) async -> FeedError {
        let body = response.body.count <= 4_096 ? try? Field.parse(response.body, source: source) : nil
        let code = body?["code"]?.integer
        let message = body?["msg"]?.text ?? ""
        let detail = code.map { "\(problem.detail) (\($0) \(SafeText.short(message, limit: 80)))" } ?? problem.detail
        switch response.status {
        case 418:
            let now = clock.now
            let told = [problem.retryAfter.map { now + $0 }, Self.banEnd(in: message)].compactMap { $0 }.filter { $0 > now }
            let until = min(told.max() ?? now + Self.defaultBan, now + Self.longestBan)
            await limits.ban(until: until)
            return FeedError(.banned, source: source, "banned until \(until)", retryAfter: until - now)
        case 429:
            let wait = problem.retryAfter ?? Self.defaultPause
            await limits.pause(for: wait, .rateLimited)
            return FeedError(.rateLimited, source: source, detail, retryAfter: wait)
        case 401, 403, 451:
            await limits.pause(for: Self.refusalPause, .refused)
            return FeedError(.refused, source: source, code == nil ? detail + " without an error code: a firewall" : detail)
        default:
            return FeedError(code == -1_121 ? .notFound : problem.kind, source: source, detail, retryAfter: problem.retryAfter)
        }
    }

    /// The moment in "IP banned until 1700000120000": thirteen digits of milliseconds.
    private static func banEnd(in message: String) -> Timestamp? {
        guard let key = message.firstRange(of: "until ") else { return nil }
        let digits = message[key.upperBound...].prefix { ("0"..."9").contains($0) }
        guard digits.count == 13, let milliseconds = Int64(digits) else { return nil }
        return Timestamp(milliseconds: milliseconds)
    }
}
