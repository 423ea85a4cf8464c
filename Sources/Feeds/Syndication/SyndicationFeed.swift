// One RSS or Atom feed as a source of headlines. It asks politely (validators, ttl, the host's
// limiter), takes at most 2 MB, and answers with items whose every text is untrusted.
public import Kernel
public import Ports

public actor SyndicationFeed: NewsFeed {
    public static let maximumBytes = 2 << 20
    /// However long a channel's ttl is, an hourly reader asks again within the hour.
    public static let longestTimeToLive = TimeSpan.minutes(50)

    public nonisolated let name: String
    private let url: String
    private let client: FeedClient
    private let clock: any Clock
    private var remembered: Remembered?

    private struct Remembered {
        var entries: [SyndicationEntry]
        var etag: String?
        var lastModified: String?
        /// On the monotonic clock.
        var freshUntil: TimeSpan
    }

    /// - Parameters:
    ///   - name: the configured name, shown beside each headline.
    ///   - gate: the limiter of the feed's host.
    ///   - userAgent: some publishers ask for a contact address in it.
    public init(name: String, url: String, transport: any HTTPTransport, gate: HostGate, clock: any Clock, userAgent: String? = nil) {
        self.name = name
        self.url = url
        self.clock = clock
        client = FeedClient(source: name, transport: transport, gate: gate, userAgent: userAgent)
    }

    public func items(since start: Timestamp, until end: Timestamp, limit: Int) async throws(FeedError) -> [NewsItem] {
        let entries = try await entries()
        return NewsSelection.items(entries, source: name, since: start, until: end, now: clock.now, limit: limit)
    }

    private func entries() async throws(FeedError) -> [SyndicationEntry] {
        if let remembered, remembered.freshUntil > clock.monotonic { return remembered.entries }
        var headers = [("accept", "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.8")]
        if let etag = remembered?.etag { headers.append(("if-none-match", etag)) }
        if let date = remembered?.lastModified { headers.append(("if-modified-since", date)) }
        let response = try await client.get(url, headers: headers, maximumBytes: Self.maximumBytes, followsRedirects: true, now: clock.now)
        if response.status == 304 {
            guard let remembered else { throw FeedError(.malformed, source: name, "not modified, though nothing was remembered") }
            return remembered.entries
        }
        let document = try read(response.body)
        remembered = Remembered(
            entries: document.entries, etag: validator(response, "etag"),
            lastModified: validator(response, "last-modified"), freshUntil: freshness(document))
        return document.entries
    }

    private func read(_ body: [UInt8]) throws(FeedError) -> SyndicationDocument {
        do { return try SyndicationParser.parse(body) } catch {
            switch error {
            case .encoding: throw FeedError(.malformed, source: name, "an encoding we do not read")
            case .notAFeed: throw FeedError(.malformed, source: name, "not a feed")
            case .malformed(let fault):
                throw FeedError(.malformed, source: name, "XML \(fault.kind.rawValue) at byte \(fault.position)")
            }
        }
    }

    private func freshness(_ document: SyndicationDocument) -> TimeSpan {
        let minutes = min(max(0, document.minutesToLive ?? 0), 10_000)
        let lifetime = min(TimeSpan.minutes(minutes), Self.longestTimeToLive)
        return TimeSpan(milliseconds: clock.monotonic.milliseconds + lifetime.milliseconds)
    }

    /// A validator is sent back as it came, so only a harmless one is remembered.
    private func validator(_ response: HTTPResponse, _ header: String) -> String? {
        response.header(header).flatMap { value in
            value.utf8.count <= 256 && value.utf8.allSatisfy { (32...126).contains($0) } ? value : nil
        }
    }
}
