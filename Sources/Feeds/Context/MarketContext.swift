// News and mood of one hour: every configured source at once, each optional, each named in the reports
// whether it answered or not.
public import Analysis
public import Kernel
public import Market
public import Ports

public struct MarketContext: ContextSource {
    private let news: [any NewsFeed]
    private let mood: (any SentimentFeed)?
    private let fetcher: any Fetching
    /// How far back headlines are asked for.
    public var window: TimeSpan = .hours(24)
    /// How many headlines one source may bring, and how many are kept of all.
    public var perSource = 50, inAll = 60

    public init(news: [any NewsFeed], mood: (any SentimentFeed)?, fetcher: any Fetching) {
        self.news = news
        self.mood = mood
        self.fetcher = fetcher
    }

    private enum Part: Sendable { case news([NewsItem]), mood(SentimentReading) }

    /// Never fails: without a source there is simply less to show. Headlines come newest first.
    public func read(at time: Timestamp) async -> (reports: [SourceReport], news: [NewsHeadline], sentiment: Int?) {
        let fetched = await fetcher.fetchAll(sources(at: time))
        var lists: [[NewsItem]] = []
        var sentiment: Int?
        for part in fetched.compactMap(\.value) {
            switch part {
            case .news(let items): lists.append(items)
            case .mood(let reading): sentiment = reading.value
            }
        }
        let headlines = NewsDigest.merge(lists, limit: inAll).map {
            NewsHeadline(id: $0.id, source: $0.source, title: $0.title, link: $0.link, publishedAt: $0.publishedAt)
        }
        return (fetched.map(\.report), headlines, sentiment)
    }

    private func sources(at time: Timestamp) -> [Source<Part>] {
        var sources = news.map { feed in
            Source<Part>(feed.name, required: false) { () throws(FeedError) in
                let items = try await feed.items(since: time - window, until: time, limit: perSource)
                return SourceValue(.news(items), items: items.count, asOf: items.first?.publishedAt)
            }
        }
        if let mood {
            sources.append(
                Source(mood.name, required: false, maximumAge: FearGreedFeed.maximumAge) { () throws(FeedError) in
                    let reading = try await mood.latest()
                    return SourceValue(.mood(reading), asOf: reading.time)
                })
        }
        return sources
    }
}
