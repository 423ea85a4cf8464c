// Candle files behind the market port: the same answers as the calls that do not wait.
public import Kernel
public import Market
public import Ports

extension CandleFileMarket: MarketFeed {
    public func finestTimeframe(of symbol: Symbol, at time: Timestamp) async -> Timeframe { finest(of: symbol, at: time) }

    public func instruments(at time: Timestamp) async throws(FeedError) -> [Instrument] { instrumentsNow(at: time) }

    public func tickers(at time: Timestamp) async throws(FeedError) -> [Ticker] { tickersNow(at: time) }

    public func candles(_ symbol: Symbol, _ timeframe: Timeframe, from start: Timestamp, to end: Timestamp, limit: Int)
        async throws(FeedError) -> [Candle]
    {
        try read(symbol, timeframe, from: start, to: end, limit: limit)
    }
}
