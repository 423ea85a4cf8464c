// Binance's public spot prices, without any key. Every call asks the venue anew (so changed filters are
// seen each cycle, fault 42); remembered are only the clock's offset, names and listing days.
import Domain
import Ports

public actor BinanceMarketFeed: MarketFeed {
    public nonisolated let name: String
    private let client: BinanceClient
    private let clock: any Clock
    /// The venue's clock as last measured, and when by the monotonic clock.
    private var measured: (reading: VenueClock, at: Duration)?
    private var symbols: [String: Symbol] = [:]
    /// The question for all instruments that is under way.
    private var asked: Task<Result<[Instrument], FeedError>, Never>?
    private var firstDays: [Symbol: Timestamp] = [:]

    /// How long a measured offset is trusted.
    static let offsetLifetime = Duration.minutes(10)
    static let pageSize = 1_000
    /// exchangeInfo without permission sets is some 6 MB, all tickers some 2 MB.
    static let largestInfo = 24 << 20, largestTickers = 8 << 20, largestPage = 1 << 20

    /// - Parameters:
    ///   - baseURL: live, market data only, testnet, or a server on loopback.
    ///   - limits: shared with everything else that asks this venue from this address.
    public init(name: String = "binance", baseURL: String = "https://data-api.binance.vision", transport: any HTTPTransport,
                limits: BinanceLimits, clock: any Clock) {
        self.name = name
        self.clock = clock
        client = BinanceClient(source: name, baseURL: baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL,
                               transport: transport, limits: limits, clock: clock)
    }

    public func finestTimeframe(of symbol: Symbol, at time: Timestamp) -> Timeframe { .m1 }

    /// Asked for by two at once, the answer is fetched once.
    public func instruments(at time: Timestamp) async throws(FeedError) -> [Instrument] {
        if let asked { return try await asked.value.get() }
        let task = Task { () -> Result<[Instrument], FeedError> in
            // Who asks again after a failure must not get the old one.
            defer { asked = nil }
            do throws(FeedError) { return .success(try await fetchInstruments()) } catch { return .failure(error) }
        }
        asked = task
        return try await withTaskCancellationHandler { await task.value } onCancel: { task.cancel() }.get()
    }

    private func fetchInstruments() async throws(FeedError) -> [Instrument] {
        let query = [("permissions", "SPOT"), ("symbolStatus", "TRADING"), ("showPermissionSets", "false")]
        let answer = try await client.get("/api/v3/exchangeInfo", query, weight: 20, maximumBytes: Self.largestInfo)
        let instruments = try BinanceInstruments.read(answer, source: name)
        symbols = Dictionary(instruments.map { ($0.symbol.joined, $0.symbol) }) { first, _ in first }
        return instruments
    }

    public func tickers(at time: Timestamp) async throws(FeedError) -> [Ticker] {
        let answer = try await client.get("/api/v3/ticker/24hr", [("type", "FULL")], weight: 80, maximumBytes: Self.largestTickers)
        if symbols.isEmpty { _ = try await instruments(at: time) }
        guard let rows = answer.elements else { throw malformed("24hr is not a list") }
        var seen: Set<Symbol> = []
        let tickers = rows.compactMap { row -> Ticker? in
            guard let symbol = row["symbol"]?.text.flatMap({ symbols[$0] }), seen.insert(symbol).inserted else { return nil }
            return BinanceRows.ticker(row, symbol)
        }
        guard !tickers.isEmpty else { throw malformed("no ticker we know among \(rows.count)") }
        return tickers.sorted { $0.symbol < $1.symbol }
    }

    /// One ticker; an answer about another symbol is malformed.
    public func ticker(of symbol: Symbol) async throws(FeedError) -> Ticker {
        let row = try await client.get("/api/v3/ticker/24hr", [("symbol", symbol.joined), ("type", "FULL")], weight: 2, maximumBytes: Self.largestPage)
        guard row["symbol"]?.text == symbol.joined else { throw malformed("asked for \(symbol), got another symbol") }
        guard let ticker = BinanceRows.ticker(row, symbol) else { throw malformed("a ticker that cannot be") }
        return ticker
    }

    /// The book's best `levels` (at most 5000) on each side.
    public func book(of symbol: Symbol, levels: Int = 100) async throws(FeedError) -> OrderBookSnapshot {
        let levels = min(max(1, levels), 5_000)
        let weight = levels <= 100 ? 5 : levels <= 500 ? 25 : levels <= 1_000 ? 50 : 250
        let answer = try await client.get("/api/v3/depth", [("symbol", symbol.joined), ("limit", String(levels))], weight: weight, maximumBytes: Self.largestPage)
        return try BinanceRows.book(answer, symbol, source: name)
    }

    private func malformed(_ detail: String) -> FeedError { FeedError(.malformed, source: name, detail) }
}

// MARK: The venue's time

extension BinanceMarketFeed {
    /// Asks for the venue's time and measures the offset at the middle of the round trip.
    public func measureClock() async throws(FeedError) -> VenueClock {
        let sentAt = clock.now, started = clock.monotonic
        let answer = try await client.get("/api/v3/time", weight: 1, maximumBytes: 4_096)
        let ended = clock.monotonic
        guard let time = answer["serverTime"]?.integer, (1..<BinanceRows.maximumTime).contains(time) else { throw malformed("no server time") }
        let reading = VenueClock(sentAt: sentAt, roundTrip: Duration(milliseconds: ended.milliseconds - started.milliseconds),
                                 venueTime: Timestamp(milliseconds: time))
        measured = (reading, ended)
        return reading
    }

    /// Now by the venue's clock, measured anew where the last reading is old.
    private func venueTime() async throws(FeedError) -> Timestamp {
        if let measured, clock.monotonic.milliseconds - measured.at.milliseconds <= Self.offsetLifetime.milliseconds {
            return measured.reading.venueTime(at: clock.now)
        }
        return try await measureClock().venueTime(at: clock.now)
    }

    /// Newest page first, each window no longer than a page, so that no venue limit can cut it.
    public func candles(_ symbol: Symbol, _ timeframe: Timeframe, from start: Timestamp, to end: Timestamp,
                        limit: Int) async throws(FeedError) -> [Candle] {
        let step = timeframe.duration
        var last = min(end, try await venueTime()).floored(to: step) - step
        var candles: [Candle] = []
        while candles.count < limit, last >= start {
            // After a gap a few are still missing: a page costs the same for a hundred as for one.
            let slots = min(Self.pageSize, max(100, limit - candles.count))
            let first = max(last - step * (slots - 1), start.ceiled(to: step))
            guard first <= last else { break }
            let page = try await self.page(symbol, timeframe, from: first, to: last)
            if page.isEmpty { break }
            candles = page + candles
            last = first - step
        }
        return candles.suffix(max(0, limit))
    }

    /// When the instrument was first traded: its first daily candle. Asked once for each symbol and process,
    /// so ask only for instruments that nothing else keeps out.
    public func listedSince(_ symbol: Symbol) async throws(FeedError) -> Timestamp? {
        if let known = firstDays[symbol] { return known }
        let query = [("symbol", symbol.joined), ("interval", "1d"), ("startTime", "0"), ("limit", "1")]
        let answer = try await client.get("/api/v3/klines", query, weight: 2, maximumBytes: Self.largestPage)
        let day = try BinanceRows.candles(answer, .d1, from: Timestamp(milliseconds: 0), to: clock.now + .days(1), source: name).first
        firstDays[symbol] = day?.openTime
        return day?.openTime
    }

    private func page(_ symbol: Symbol, _ timeframe: Timeframe, from first: Timestamp, to last: Timestamp) async throws(FeedError) -> [Candle] {
        let query = [("symbol", symbol.joined), ("interval", timeframe.rawValue), ("startTime", String(first.milliseconds)),
                     ("endTime", String((last + timeframe.duration).milliseconds - 1)), ("limit", String(Self.pageSize))]
        let answer = try await client.get("/api/v3/klines", query, weight: 2, maximumBytes: Self.largestPage)
        return try BinanceRows.candles(answer, timeframe, from: first, to: last, source: name)
    }
}

extension Timestamp {
    /// The first multiple of `step` at or after this moment.
    fileprivate func ceiled(to step: Duration) -> Timestamp {
        let floor = floored(to: step)
        return floor == self ? self : floor + step
    }
}
