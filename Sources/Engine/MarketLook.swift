// Takes the picture inside one deadline: first what is listed, what it costs and what surrounds it, all at
// once; then the listing days and the candles of what is left. An instrument whose prices are lost or not
// sane is kept out by name and the cycle goes on; without listing or prices there is no picture.
public import Analysis
public import Kernel
public import Market
public import Ports
public import Settings

public struct MarketLook: MarketObserver {
    let sources: LookSources
    let fetching: any Fetching
    let clock: any Clock
    let rules: UniverseRules
    let sanity = PriceSanity()
    let settings: CarillonSettings

    /// Candles and listing days asked for at the same time: enough to hide the way to the venue, too few to look like an attack.
    static let width = 8
    /// As many coins as have the smallest capitalisation anybody asks for, and some more.
    static let coins = 500

    public init(_ sources: LookSources, fetching: any Fetching, clock: any Clock, settings: CarillonSettings) {
        self.sources = sources
        self.fetching = fetching
        self.clock = clock
        rules = UniverseRules(settings.universe, quote: settings.account.quote)
        self.settings = settings
    }

    public func observe(at time: Timestamp, held: [Symbol]) async throws(FeedError) -> MarketSnapshot {
        let ends = clock.monotonic.milliseconds + fetching.deadline.milliseconds
        async let surroundings = sources.context.read(at: time)
        let ground = try await firstRound(at: time)
        let verdicts = await drawn(ground, at: time, ends)
        let kept = largest(verdicts.filter(\.isKept).map(\.symbol), ground.tickers)
        let (views, faulty) = await priced(kept, ground, at: time, ends)
        if !kept.isEmpty, faulty.count == kept.count, let why = faulty.compactMap(\.unreadable).first, faulty.allSatisfy({ $0.unreadable != nil }) {
            throw FeedError(.unavailable, source: "\(sources.market.name) candles", why)
        }
        let (reports, news, sentiment) = await surroundings
        return MarketSnapshot(
            asOf: time, views: views,
            universe: merge(
                verdicts, faulty + verdicts.filter { $0.isKept && !kept.contains($0.symbol) }.map { $0.ranked(out: settings.feeds.instruments) }),
            sources: [marketReport(ground, views.count, time)] + ground.reports + sources.skipped + reports, news: news,
            sentiment: sentiment, clockOffset: ground.clock?.offset.milliseconds,
            heldMarks: marks(of: held, besides: views, faulty, ground.tickers),
            listed: Dictionary(ground.instruments.map { ($0.symbol, $0) }, uniquingKeysWith: { first, _ in first }))
    }

    /// What is left of the deadline.
    func left(_ ends: Int64) -> TimeSpan { TimeSpan(milliseconds: max(0, ends - clock.monotonic.milliseconds)) }

    private func marketReport(_ ground: FirstRound, _ count: Int, _ time: Timestamp) -> SourceReport {
        let others = ground.inOtherQuotes == 0 ? "" : "\(ground.inOtherQuotes) in other quotes"
        return SourceReport(
            name: sources.market.name, isRequired: true, status: .ok, detail: [others, sources.remark].filter { !$0.isEmpty }.joined(separator: "; "),
            tries: ground.tries, items: count, asOf: time, receivedAt: ground.receivedAt)
    }

    /// At most the configured number, the most traded first; then in symbol order again.
    private func largest(_ symbols: [Symbol], _ tickers: [Symbol: Ticker]) -> [Symbol] {
        guard symbols.count > settings.feeds.instruments else { return symbols }
        return symbols.sorted { a, b in
            let (va, vb) = (tickers[a]?.quoteVolume ?? .zero, tickers[b]?.quoteVolume ?? .zero)
            return va != vb ? va > vb : a < b
        }.prefix(settings.feeds.instruments).sorted()
    }

    private func merge(_ verdicts: [UniverseVerdict], _ changed: [UniverseVerdict]) -> [UniverseVerdict] {
        let bySymbol = Dictionary(changed.map { ($0.symbol, $0) }, uniquingKeysWith: { first, _ in first })
        return verdicts.map { bySymbol[$0.symbol] ?? $0 }
    }

    /// What is held and not offered is valued by its ticker, unless that is what is wrong with it.
    private func marks(of held: [Symbol], besides views: [InstrumentView], _ faulty: [UniverseVerdict], _ tickers: [Symbol: Ticker]) -> [Symbol:
        Price]
    {
        let offered = Set(views.map(\.symbol))
        let doubted = Set(faulty.filter { $0.faults.contains(where: \.doubtsTicker) }.map(\.symbol))
        var marks: [Symbol: Price] = [:]
        for symbol in held where !offered.contains(symbol) && !doubted.contains(symbol) { marks[symbol] = tickers[symbol]?.last }
        return marks
    }
}
