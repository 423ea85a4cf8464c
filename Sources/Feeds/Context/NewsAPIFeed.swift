// Headlines from NewsAPI. The key goes in a header and nowhere else; what the service says of an error
// is shown without it.
public import Kernel
public import Ports
import StrictJSON

public struct NewsAPIFeed: NewsFeed {
    static let maximumBytes = 2 << 20
    public static let pageSize = 100

    public let name: String
    private let baseURL: String
    private let query: String
    private let key: Secret
    private let client: FeedClient
    private let clock: any Clock

    /// - Parameter query: the service's own search language, at most 500 characters.
    public init(
        name: String = "newsapi", baseURL: String = "https://newsapi.org/v2", query: String, key: Secret,
        transport: any HTTPTransport, gate: HostGate, clock: any Clock
    ) {
        self.name = name
        self.baseURL = baseURL
        self.query = String(query.prefix(500))
        self.key = key
        client = FeedClient(source: name, transport: transport, gate: gate)
        self.clock = clock
    }

    /// The newest of the window, one page at most: a free plan has a hundred requests a day.
    public func items(since start: Timestamp, until end: Timestamp, limit: Int) async throws(FeedError) -> [NewsItem] {
        let wanted = min(max(0, limit), Self.pageSize)
        guard wanted > 0 else { return [] }
        let parameters = [
            ("q", query), ("from", start.iso8601), ("to", end.iso8601), ("language", "en"), ("sortBy", "publishedAt"),
            ("pageSize", String(Self.pageSize)), ("page", "1")
        ]
        let url = baseURL + "/everything?" + parameters.map { "\($0.0)=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
        let response = try await client.get(
            url, headers: [("x-api-key", key.reveal())], maximumBytes: Self.maximumBytes, now: clock.now,
            explain: explain)
        let answer = try JSONField.parse(response.body, source: name)
        if answer["status"]?.text == "error" {
            throw complaint(answer, FeedError(.unavailable, source: name, "error with status \(response.status)"))
        }
        guard answer["status"]?.text == "ok", let articles = answer["articles"]?.elements else {
            throw FeedError(.malformed, source: name, "no articles")
        }
        return NewsSelection.items(articles.compactMap(Self.entry), source: name, since: start, until: end, now: clock.now, limit: wanted)
    }

    /// nil for an article the publisher took back.
    private static func entry(_ article: JSONField) -> SyndicationEntry? {
        guard let title = article["title"]?.text, title != "[Removed]" else { return nil }
        return SyndicationEntry(
            title: String(title.prefix(SyndicationParser.maximumField)), link: article["url"]?.text ?? "",
            dates: ["published": article["publishedAt"]?.text ?? ""])
    }

    private func explain(_ response: HTTPResponse, _ plain: FeedError) -> FeedError {
        guard response.body.count <= 4_096, let answer = try? JSONField.parse(response.body, source: name) else { return plain }
        return complaint(answer, plain)
    }

    private func complaint(_ answer: JSONField, _ plain: FeedError) -> FeedError {
        guard let code = answer["code"]?.text else { return plain }
        let kind: FeedError.Kind =
            switch code {
            case "rateLimited", "apiKeyExhausted": .rateLimited
            case "apiKeyInvalid", "apiKeyDisabled", "apiKeyMissing", "parameterInvalid", "parametersMissing", "sourcesTooMany",
                "sourceDoesNotExist", "maximumResultsReached":
                .refused
            case "unexpectedError": .unavailable
            default: plain.kind
            }
        // A word from outside is matched, never copied.
        let known =
            [
                "rateLimited", "apiKeyExhausted", "apiKeyInvalid", "apiKeyDisabled", "apiKeyMissing", "parameterInvalid", "parametersMissing",
                "sourcesTooMany", "sourceDoesNotExist", "maximumResultsReached", "unexpectedError"
            ].contains(code) ? code : "unknown code"
        let message = key.hidden(in: answer["message"]?.text ?? "")
        return FeedError(
            kind, source: name, "\(known): \(SafeText.short(message, limit: 80))",
            retryAfter: plain.retryAfter)
    }
}
