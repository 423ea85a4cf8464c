// A market feed that asks again: every call is tried up to five times inside its own deadline, so that one
// lost packet does not cost the hour. What may not be retried (a ban, a refusal) passes straight through.
public import Kernel
public import Market
public import Ports
public import Trading

public struct PatientMarketFeed: MarketFeed {
    private let feed: any MarketFeed
    private let clock: any Clock
    private let attempts: Attempts
    private let deadline: TimeSpan

    /// - Parameters:
    ///   - deadline: for one call with all its tries.
    ///   - seed: of the jitter.
    public init(_ feed: any MarketFeed, clock: any Clock, seed: UInt64, deadline: TimeSpan = .seconds(60), policy: RetryPolicy = RetryPolicy()) {
        self.feed = feed
        self.clock = clock
        self.deadline = deadline
        attempts = Attempts(clock: clock, policy: policy, seed: seed)
    }

    public var name: String { feed.name }

    public func finestTimeframe(of symbol: Symbol, at time: Timestamp) async -> Timeframe { await feed.finestTimeframe(of: symbol, at: time) }

    public func instruments(at time: Timestamp) async throws(FeedError) -> [Instrument] {
        try await patiently("instruments") { () throws(FeedError) in try await feed.instruments(at: time) }
    }

    public func tickers(at time: Timestamp) async throws(FeedError) -> [Ticker] {
        try await patiently("tickers") { () throws(FeedError) in try await feed.tickers(at: time) }
    }

    public func candles(
        _ symbol: Symbol, _ timeframe: Timeframe, from start: Timestamp, to end: Timestamp,
        limit: Int
    ) async throws(FeedError) -> [Candle] {
        try await patiently(symbol.description) { () throws(FeedError) in
            try await feed.candles(symbol, timeframe, from: start, to: end, limit: limit)
        }
    }

    public var hasQuotes: Bool { feed.hasQuotes }

    public func quote(of symbol: Symbol) async throws(FeedError) -> Quote? {
        try await patiently(symbol.description) { () throws(FeedError) in try await feed.quote(of: symbol) }
    }

    private func patiently<Value: Sendable>(_ name: String, _ ask: @Sendable () async throws(FeedError) -> Value) async throws(FeedError) -> Value {
        let end = TimeSpan(milliseconds: clock.monotonic.milliseconds + deadline.milliseconds)
        return try await attempts.run(name, before: end, ask).result.get()
    }
}
