// The synthetic market behind the ports: the same answers as the synchronous calls.
public import Kernel
public import Market
public import Ports

extension SyntheticMarket: MarketFeed {
    public func finestTimeframe(of symbol: Symbol, at time: Timestamp) async -> Timeframe { .m1 }

    public func instruments(at time: Timestamp) async throws(FeedError) -> [Instrument] { time >= Self.epoch ? instruments : [] }

    public func tickers(at time: Timestamp) async throws(FeedError) -> [Ticker] { tickersNow(at: time) }

    public func candles(_ symbol: Symbol, _ timeframe: Timeframe, from start: Timestamp, to end: Timestamp, limit: Int)
        async throws(FeedError) -> [Candle]
    {
        guard let index = index(of: symbol) else { throw FeedError(.notFound, source: name, "\(symbol) is not offered") }
        return candles(index, timeframe, from: start, to: end, limit: limit)
    }

    /// All tickers at a time, in symbol order, without waiting.
    public func tickersNow(at time: Timestamp) -> [Ticker] { listings.indices.compactMap { ticker($0, at: time) } }
}

extension SyntheticMarket: CoinCatalog {
    /// Made-up facts, highest capitalisation first; a coin without one (a leveraged token) comes last.
    public func coins(limit: Int) async throws(FeedError) -> [CoinFacts] {
        let ranked = listings.sorted { ($1.coin.capMillions, $0.coin.code) < ($0.coin.capMillions, $1.coin.code) }
        return ranked.prefix(max(0, limit)).map { listing in
            CoinFacts(
                asset: listing.instrument.symbol.base, id: listing.coin.id, name: listing.coin.code,
                marketCap: listing.coin.capMillions > 0 ? FixedDecimal(listing.coin.capMillions * 1_000_000) : nil,
                volume24h: FixedDecimal(Int(listing.coin.dayMillions * 1_000_000)), collided: false)
        }
    }
}
