// The market as one frozen value: everything a decision of this cycle may read, taken at one moment.
public import Kernel
public import Market

/// One offered instrument with its history.
public struct InstrumentView: Sendable {
    public let instrument: Instrument
    public let ticker: Ticker
    /// Closed hourly candles, ascending.
    public let candles: [Candle]
    public let columns: CandleColumns
    public init(instrument: Instrument, ticker: Ticker, candles: [Candle]) {
        self.instrument = instrument
        self.ticker = ticker
        self.candles = candles
        columns = CandleColumns(candles)
    }
    public var symbol: Symbol { instrument.symbol }
}

public struct MarketSnapshot: Sendable {
    public let asOf: Timestamp
    /// In symbol order.
    public let views: [InstrumentView]
    public let universe: [UniverseVerdict]
    public let sources: [SourceReport]
    public let news: [NewsHeadline]
    public let sentiment: Int?
    /// The venue's clock less ours, in milliseconds; nil if the venue tells no time.
    public let clockOffset: Int64?

    /// Prices of what is held: they count before the ticker of what is offered.
    public let heldMarks: [Symbol: Price]
    /// Held symbols for whose price no source can be believed.
    public let unpriced: Set<Symbol>
    /// Everything that the venue lists in the account's currency.
    public let listed: [Symbol: Instrument]
    /// What strategies read of it, on their own time frames.
    public let histories: CandleHistories

    public init(
        asOf: Timestamp, views: [InstrumentView], universe: [UniverseVerdict], sources: [SourceReport],
        news: [NewsHeadline] = [], sentiment: Int? = nil, clockOffset: Int64? = nil, heldMarks: [Symbol: Price] = [:],
        unpriced: Set<Symbol> = [], listed: [Symbol: Instrument] = [:], histories: CandleHistories = [:]
    ) {
        self.listed = listed
        self.histories = histories
        self.heldMarks = heldMarks
        self.unpriced = unpriced
        self.asOf = asOf
        self.views = views
        self.universe = universe
        self.sources = sources
        self.news = news
        self.sentiment = sentiment
        self.clockOffset = clockOffset
    }

    public var offered: [Symbol] { views.map(\.symbol) }
    public func view(_ symbol: Symbol) -> InstrumentView? { views.first { $0.symbol == symbol } }
    public var marks: [Symbol: Price] {
        Dictionary(views.map { ($0.symbol, $0.ticker.last) }, uniquingKeysWith: { first, _ in first })
            .merging(heldMarks) { $1 }.filter { !unpriced.contains($0.key) }
    }
}

/// A headline as the snapshot keeps it; every text in it is untrusted.
public struct NewsHeadline: Hashable, Codable, Sendable {
    public let id: String
    public let source: String
    public let title: String
    public let link: String
    public let publishedAt: Timestamp
    public init(id: String, source: String, title: String, link: String, publishedAt: Timestamp) {
        self.id = id
        self.source = source
        self.title = title
        self.link = link
        self.publishedAt = publishedAt
    }
}
