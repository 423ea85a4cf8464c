// Takes the picture: what is listed, what passes the filters, what its prices are worth, and the
// context around it. An instrument whose prices are not sane is kept out of the cycle by name.
import Domain
import Ports

public struct MarketLook: MarketObserver {
    let market: any MarketFeed
    let catalog: (any CoinCatalog)?
    /// When an instrument was first traded, where the venue can tell; nil where unknown.
    let listedSince: @Sendable (Symbol, Timestamp) async -> Timestamp?
    let context: any ContextSource
    let universe: UniverseRules
    let sanity: PriceSanity
    let settings: CarillonSettings

    public init(market: any MarketFeed, catalog: (any CoinCatalog)?,
                listedSince: @escaping @Sendable (Symbol, Timestamp) async -> Timestamp?,
                context: any ContextSource, settings: CarillonSettings) {
        self.market = market
        self.catalog = catalog
        self.listedSince = listedSince
        self.context = context
        universe = UniverseRules(settings.universe, quote: settings.account.quote)
        sanity = PriceSanity()
        self.settings = settings
    }

    public func observe(at time: Timestamp, held: [Symbol]) async throws(FeedError) -> MarketSnapshot {
        async let surroundings = context.read(at: time)
        let instruments = try await market.instruments(at: time)
        let tickers = Dictionary(try await market.tickers(at: time).map { ($0.symbol, $0) }, uniquingKeysWith: { first, _ in first })
        let (coins, coinReport) = await coins()
        var candidates: [UniverseCandidate] = []
        for instrument in instruments {
            candidates.append(UniverseCandidate(instrument: instrument, ticker: tickers[instrument.symbol],
                                                marketCap: coins[instrument.symbol.base]?.marketCap,
                                                listedSince: await listedSince(instrument.symbol, time)))
        }
        let drawn = Universe(candidates, rules: universe, at: time)
        let kept = largest(drawn.kept, tickers)
        var views: [InstrumentView] = [], faulty: [UniverseVerdict] = [], heldMarks: [Symbol: Price] = [:]
        var lost: FeedError?
        let bySymbol = Dictionary(instruments.map { ($0.symbol, $0) }, uniquingKeysWith: { first, _ in first })
        for symbol in kept {
            guard let instrument = bySymbol[symbol], let ticker = tickers[symbol] else { continue }
            let candles: [Candle]
            do { candles = try await hourly(symbol, time) } catch {
                // One instrument without candles sits out; where none has any, the market is lost.
                lost = error
                candles = []
            }
            let faults = sanity.faults(of: candles, .h1, ticker: ticker, venueTime: time)
            if faults.isEmpty {
                views.append(InstrumentView(instrument: instrument, ticker: ticker, candles: candles))
            } else {
                faulty.append(UniverseVerdict(symbol: symbol, exclusions: [], unknownButAllowed: [], faults: faults))
            }
        }
        if let lost, views.isEmpty { throw lost }
        let offered = Set(views.map(\.symbol))
        for symbol in held where !offered.contains(symbol) { heldMarks[symbol] = tickers[symbol]?.last }
        let (reports, news, sentiment) = await surroundings
        let sources = [SourceReport(name: market.name, isRequired: true, status: .ok, items: views.count, asOf: time)] + coinReport + reports
        return MarketSnapshot(asOf: time, views: views, universe: merge(drawn.verdicts, faulty), sources: sources, news: news,
                              sentiment: sentiment, heldMarks: heldMarks)
    }

    /// Enough candles for the slowest indicator behind a full percentile window.
    private func hourly(_ symbol: Symbol, _ time: Timestamp) async throws(FeedError) -> [Candle] {
        let count = max(settings.cycle.candles, IndicatorAnalyst.wantedCandles)
        return try await market.candles(symbol, .h1, from: time - .hours(count + 1), to: time, limit: count)
    }

    private func coins() async -> ([Currency: CoinFacts], [SourceReport]) {
        guard let catalog else { return ([:], []) }
        do {
            let all = try await catalog.coins(limit: 250)
            return (Dictionary(all.map { ($0.asset, $0) }, uniquingKeysWith: { first, _ in first }),
                    [SourceReport(name: catalog.name, isRequired: false, status: .ok, items: all.count)])
        } catch {
            return ([:], [SourceReport(name: catalog.name, isRequired: false, status: .lost, detail: error.detail)])
        }
    }

    /// At most the configured number, the most traded first; then in symbol order again.
    private func largest(_ symbols: [Symbol], _ tickers: [Symbol: Ticker]) -> [Symbol] {
        guard symbols.count > settings.feeds.instruments else { return symbols }
        return symbols.sorted { a, b in
            let (va, vb) = (tickers[a]?.quoteVolume ?? .zero, tickers[b]?.quoteVolume ?? .zero)
            return va != vb ? va > vb : a < b
        }.prefix(settings.feeds.instruments).sorted()
    }

    private func merge(_ verdicts: [UniverseVerdict], _ faulty: [UniverseVerdict]) -> [UniverseVerdict] {
        let bySymbol = Dictionary(faulty.map { ($0.symbol, $0) }, uniquingKeysWith: { first, _ in first })
        return verdicts.map { bySymbol[$0.symbol] ?? $0 }
    }
}

/// No news, no mood: the embedded market has neither.
public struct NoContext: ContextSource {
    public init() {}
    public func read(at time: Timestamp) async -> (reports: [SourceReport], news: [NewsHeadline], sentiment: Int?) { ([], [], nil) }
}
