// What one look at the market may ask, put together for one world. Sources that are switched off are not in it.
public import Analysis
public import Kernel
public import Market
public import Ports

public struct LookSources: Sendable {
    public let market: any MarketFeed
    public var catalog: (any CoinCatalog)?
    public var context: any ContextSource
    /// When an instrument was first traded; nil if the venue cannot tell. Asked only of what passed every other filter.
    public var listedSince: @Sendable (Symbol, Timestamp) async throws(FeedError) -> Timestamp?
    /// Measures our clock against the venue's; nil if prices are made for whatever time is asked for.
    public var venueClock: (@Sendable () async throws(FeedError) -> VenueClock)?
    /// What there is to say of the market itself, e.g. files that are not used; stands in its report.
    public var remark = ""
    /// Sources that are wanted and cannot be asked, each with the reason.
    public var skipped: [SourceReport] = []

    public init(
        market: any MarketFeed, catalog: (any CoinCatalog)? = nil, context: any ContextSource = NoContext(),
        listedSince: @escaping @Sendable (Symbol, Timestamp) async throws(FeedError) -> Timestamp?
    ) {
        self.market = market
        self.catalog = catalog
        self.context = context
        self.listedSince = listedSince
    }
}

/// No news, no mood: the embedded market has neither.
public struct NoContext: ContextSource {
    public init() {}
    public func read(at time: Timestamp) async -> (reports: [SourceReport], news: [NewsHeadline], sentiment: Int?) { ([], [], nil) }
}
