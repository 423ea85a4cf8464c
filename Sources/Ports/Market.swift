// Where prices and context come from. A source either answers with checked values or says why not;
// a reading carries the time it speaks of and the time it arrived.
public import Kernel
public import Market
public import Trading

/// Prices of one venue: real, replayed or synthetic.
public protocol MarketFeed: Sendable {
    /// `binance`, `candle files`, `synthetic market`: shown in every report.
    var name: String { get }
    /// The finest candles this feed has for an instrument at that time.
    func finestTimeframe(of symbol: Symbol, at time: Timestamp) async -> Timeframe
    /// All instruments this feed can price at that time, in symbol order.
    func instruments(at time: Timestamp) async throws(FeedError) -> [Instrument]
    /// Tickers at that time, in symbol order; an instrument without one is left out.
    func tickers(at time: Timestamp) async throws(FeedError) -> [Ticker]
    /// Candles that were closed at `end`, at most `limit` newest ones opening at or after `start`, ascending.
    /// A candle not yet closed at `end` is never returned.
    func candles(_ symbol: Symbol, _ timeframe: Timeframe, from start: Timestamp, to end: Timestamp, limit: Int)
        async throws(FeedError) -> [Candle]
    /// What one coin costs at that time; nil if nobody has traded it for three candles. The same for the same time,
    /// whenever it is asked.
    func lastPrice(of symbol: Symbol, at time: Timestamp) async throws(FeedError) -> Price?
    /// Whether `quote` gives prices that do not come from the candles.
    var hasQuotes: Bool { get }
    /// Last trade and best of the book now: what candles are held against. nil if there is no such source.
    func quote(of symbol: Symbol) async throws(FeedError) -> Quote?
}

extension MarketFeed {
    /// The close of the finest closed candle.
    public func lastPrice(of symbol: Symbol, at time: Timestamp) async throws(FeedError) -> Price? {
        let timeframe = await finestTimeframe(of: symbol, at: time)
        return try await candles(symbol, timeframe, from: time - timeframe.duration * 3, to: time, limit: 1).last?.close
    }

    public var hasQuotes: Bool { false }
    public func quote(of symbol: Symbol) async throws(FeedError) -> Quote? { nil }
}

/// A headline from outside: every text in it is untrusted.
public struct NewsItem: Hashable, Codable, Sendable {
    /// Stable id: guid, link, or a hash of the title.
    public let id: String
    /// The configured name of the source it came through.
    public let source: String
    public let title: String
    public let link: String
    /// When the item itself says it was published.
    public let publishedAt: Timestamp
    /// When it was first seen here.
    public let receivedAt: Timestamp
    public init(id: String, source: String, title: String, link: String, publishedAt: Timestamp, receivedAt: Timestamp) {
        self.id = id
        self.source = source
        self.title = title
        self.link = link
        self.publishedAt = publishedAt
        self.receivedAt = receivedAt
    }
}

public protocol NewsFeed: Sendable {
    var name: String { get }
    /// Items published in the window, newest first, at most `limit`.
    func items(since start: Timestamp, until end: Timestamp, limit: Int) async throws(FeedError) -> [NewsItem]
}

/// Market capitalisation of one coin, in USD.
public struct CoinFacts: Hashable, Codable, Sendable {
    public let asset: Currency
    /// The source's own id, e.g. `bitcoin`, so that colliding tickers can be told apart.
    public let id: String
    public let name: String
    public let marketCap: FixedDecimal?
    public let volume24h: FixedDecimal?
    /// True if another coin of the same ticker was set aside for this one.
    public let collided: Bool
    public init(asset: Currency, id: String, name: String, marketCap: FixedDecimal?, volume24h: FixedDecimal?, collided: Bool) {
        self.asset = asset
        self.id = id
        self.name = name
        self.marketCap = marketCap
        self.volume24h = volume24h
        self.collided = collided
    }
}

public protocol CoinCatalog: Sendable {
    var name: String { get }
    func coins(limit: Int) async throws(FeedError) -> [CoinFacts]
}

/// A market mood reading, 0 (extreme fear) to 100 (extreme greed).
public struct SentimentReading: Hashable, Codable, Sendable {
    public let value: Int
    public let label: String
    public let time: Timestamp
    public init(value: Int, label: String, time: Timestamp) {
        self.value = value
        self.label = label
        self.time = time
    }
}

public protocol SentimentFeed: Sendable {
    var name: String { get }
    func latest() async throws(FeedError) -> SentimentReading
}

/// Why a source gave nothing. `detail` is short and safe to show.
public struct FeedError: Error, Hashable, Sendable {
    public enum Kind: String, Codable, Sendable {
        case unreachable, timeout, rateLimited, banned, refused, unavailable, malformed, tooLarge, stale, notFound
    }
    public let kind: Kind
    public let source: String
    public let detail: String
    public let retryAfter: TimeSpan?
    public init(_ kind: Kind, source: String, _ detail: String, retryAfter: TimeSpan? = nil) {
        self.kind = kind
        self.source = source
        self.detail = detail
        self.retryAfter = retryAfter
    }
}
