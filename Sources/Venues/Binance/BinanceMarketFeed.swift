// Binance's public spot prices, without any key. Every call asks the venue anew (so changed filters are
// seen each cycle, fault 42); only the clock's offset, names and listing days are remembered.
public import Kernel
public import Market
public import Ports
import StrictJSON
public import Trading
import VenueCommon

/// The best bid and ask of one book; the bid is below the ask.
public struct BestPrices: Hashable, Sendable {
    public let bid: Price
    public let ask: Price
}

public actor BinanceMarketFeed: MarketFeed {
    public nonisolated let name: String
    private let client: PriceClient
    private let clock: any Clock
    /// The venue's clock as last measured, and when by the monotonic clock.
    private var measured: (reading: VenueClock, at: TimeSpan)?
    private var symbols: [String: Symbol] = [:]
    /// The question for all instruments that is under way.
    private var asked: Task<Result<[Instrument], FeedError>, Never>?
    private var firstDays: [Symbol: Timestamp] = [:]

    /// How long a measured offset is trusted.
    static let offsetLifetime = TimeSpan.minutes(10)
    static let pageSize = 1_000

    /// - Parameters:
    ///   - baseURL: live, market data only, testnet, or a server on loopback.
    ///   - limits: shared with everything else that asks this venue from this address.
    public init(
        name: String = "binance", baseURL: String = "https://data-api.binance.vision", transport: any HTTPTransport,
        limits: BinanceLimits, clock: any Clock
    ) {
        self.name = name
        self.clock = clock
        client = PriceClient(
            source: name, baseURL: baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL,
            transport: transport, limits: limits, clock: clock)
    }

    public func finestTimeframe(of symbol: Symbol, at time: Timestamp) -> Timeframe { .m1 }

    /// If two ask at once, the answer is fetched once.
    public func instruments(at time: Timestamp) async throws(FeedError) -> [Instrument] {
        if let asked { return try await asked.value.get() }
        let task = Task { () -> Result<[Instrument], FeedError> in
            // Whoever asks again after a failure must not get the old one.
            defer { asked = nil }
            do throws(FeedError) { return .success(try await fetchInstruments()) } catch { return .failure(error) }
        }
        asked = task
        return try await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }.get()
    }

    private func fetchInstruments() async throws(FeedError) -> [Instrument] {
        let answer = try await client.get(.tradingInstruments)
        guard let rules = RuleReading.read(answer) else { throw malformed("exchangeInfo without a spot instrument") }
        let instruments = rules.filter { $0.status == .trading }.compactMap(Self.instrument)
        guard !instruments.isEmpty else { throw malformed("no instrument is open for trading") }
        symbols = Self.names(instruments.map(\.symbol))
        return instruments
    }

    /// A step of zero means that the rule is off; then the asset's own precision is the step.
    private static func instrument(_ rules: InstrumentRules) -> Instrument? {
        Instrument(
            symbol: rules.symbol, tickSize: rules.price.step ?? .unit(places: rules.quotePrecision),
            lotStep: rules.lot.step ?? .unit(places: rules.basePrecision),
            minNotional: rules.notional?.minimum ?? .zero)
    }

    public func tickers(at time: Timestamp) async throws(FeedError) -> [Ticker] {
        let answer = try await client.get(.tickers)
        if symbols.isEmpty { _ = try await instruments(at: time) }
        return try read(answer, symbols)
    }

    /// The tickers of these alone: far cheaper than all; if the venue does not know one symbol, it refuses them all.
    public func tickers(of symbols: [Symbol]) async throws(FeedError) -> [Ticker] {
        symbols.isEmpty ? [] : try read(try await client.get(.tickers(symbols)), Self.names(symbols))
    }

    private static func names(_ symbols: [Symbol]) -> [String: Symbol] { Dictionary(symbols.map { ($0.venueName, $0) }) { first, _ in first } }

    private func read(_ answer: JSONField, _ names: [String: Symbol]) throws(FeedError) -> [Ticker] {
        guard let rows = answer.elements else { throw malformed("24hr is not a list") }
        var seen: Set<Symbol> = []
        let tickers = rows.compactMap { row -> Ticker? in
            guard let symbol = row["symbol"]?.text.flatMap({ names[$0] }), seen.insert(symbol).inserted else { return nil }
            return MarketRows.ticker(row, symbol)
        }
        guard !tickers.isEmpty else { throw malformed("no ticker we know among \(rows.count)") }
        return tickers.sorted { $0.symbol < $1.symbol }
    }

    /// Best bid and ask of these symbols, without the figures of the day; one with an empty side is left out.
    public func bestPrices(of symbols: [Symbol]) async throws(FeedError) -> [Symbol: BestPrices] {
        guard let rows = try await client.get(.bookTickers(symbols)).elements else { throw malformed("bookTicker is not a list") }
        let asked = Self.names(symbols)
        var best: [Symbol: BestPrices] = [:]
        for row in rows {
            guard let symbol = row["symbol"]?.text.flatMap({ asked[$0] }) else { throw malformed("a symbol that was not asked for") }
            best[symbol] = MarketRows.bestPrices(row)
        }
        return best
    }

    /// One ticker; an answer about another symbol is malformed.
    public func ticker(of symbol: Symbol) async throws(FeedError) -> Ticker {
        let row = try await client.get(.ticker(symbol))
        guard row["symbol"]?.text == symbol.venueName else { throw malformed("asked for \(symbol), got another symbol") }
        guard let ticker = MarketRows.ticker(row, symbol) else { throw malformed("a ticker that cannot be") }
        return ticker
    }

    public nonisolated var hasQuotes: Bool { true }

    /// Asks two addresses of the venue, so that a wrong one shows.
    public func quote(of symbol: Symbol) async throws(FeedError) -> Quote? {
        let ticker = try await ticker(of: symbol)
        let row = try await client.get(.bookTicker(symbol))
        guard row["symbol"]?.text == symbol.venueName else { throw malformed("asked for \(symbol), got another symbol") }
        guard let best = MarketRows.top(row), let quote = Quote(last: ticker.last, at: ticker.time, bid: best.bid, ask: best.ask) else {
            throw malformed("a book that is empty or cannot be")
        }
        return quote
    }

    /// The book's best `levels` (at most 5000) on each side.
    public func book(of symbol: Symbol, levels: Int = 100) async throws(FeedError) -> OrderBookSnapshot {
        let levels = min(max(1, levels), 5_000)
        let answer = try await client.get(.book(symbol, levels: levels))
        return try MarketRows.book(answer, symbol, source: name)
    }

    private func malformed(_ detail: String) -> FeedError { FeedError(.malformed, source: name, detail) }
}

// MARK: The venue's time

extension BinanceMarketFeed {
    /// Asks for the venue's time and measures the offset at the middle of the round trip.
    public func measureClock() async throws(FeedError) -> VenueClock {
        let sentAt = clock.now, started = clock.monotonic
        let answer = try await client.get(.time)
        let ended = clock.monotonic
        guard let time = answer["serverTime"]?.moment, time.milliseconds > 0 else { throw malformed("no server time") }
        let reading = VenueClock(
            sentAt: sentAt, roundTrip: TimeSpan(milliseconds: ended.milliseconds - started.milliseconds),
            venueTime: time)
        measured = (reading, ended)
        return reading
    }

    /// Now by the venue's clock, measured anew if the last reading is old.
    private func venueTime() async throws(FeedError) -> Timestamp {
        if let measured, clock.monotonic.milliseconds - measured.at.milliseconds <= Self.offsetLifetime.milliseconds {
            return measured.reading.venueTime(at: clock.now)
        }
        return try await measureClock().venueTime(at: clock.now)
    }

    /// Newest page first, each window no longer than a page, so that no venue limit can cut it.
    public func candles(
        _ symbol: Symbol, _ timeframe: Timeframe, from start: Timestamp, to end: Timestamp,
        limit: Int
    ) async throws(FeedError) -> [Candle] {
        let step = timeframe.duration
        var last = min(end, try await venueTime()).floored(to: step) - step
        var candles: [Candle] = []
        while candles.count < limit, last >= start {
            // After a gap a few are still missing: a page costs the same for a hundred as for one.
            let slots = min(Self.pageSize, max(100, limit - candles.count))
            let first = max(last - step * (slots - 1), start.ceiled(to: step))
            guard first <= last else { break }
            guard let page = try await self.page(symbol, timeframe, from: first, to: last) else { break }
            candles = page + candles
            last = first - step
        }
        return candles.suffix(max(0, limit))
    }

    /// When the instrument was first traded: its first daily candle. Asked once for each symbol and process,
    /// so ask only for instruments that nothing else keeps out.
    public func listedSince(_ symbol: Symbol) async throws(FeedError) -> Timestamp? {
        if let known = firstDays[symbol] { return known }
        let answer = try await client.get(.candles(symbol, interval: "1d", from: Timestamp(milliseconds: 0), to: nil, limit: 1))
        guard let rows = answer.elements else { throw malformed("klines is not a list") }
        guard let row = rows.first else { return nil }
        // Whether this candle is whole or not, the instrument was traded then.
        guard let day = MarketRows.figures(row)?.0.openTime, day <= clock.now + .days(1) else { throw malformed("a first candle that cannot be") }
        firstDays[symbol] = day
        return day
    }

    /// nil if the venue has no row there, whole or not.
    private func page(_ symbol: Symbol, _ timeframe: Timeframe, from first: Timestamp, to last: Timestamp) async throws(FeedError) -> [Candle]? {
        let end = last + timeframe.duration - TimeSpan(milliseconds: 1)
        let answer = try await client.get(.candles(symbol, interval: timeframe.rawValue, from: first, to: end, limit: Self.pageSize))
        let candles = try MarketRows.candles(answer, timeframe, from: first, to: last, source: name)
        return answer.elements?.isEmpty ?? true ? nil : candles
    }
}

extension Timestamp {
    /// The first multiple of `step` at or after this moment.
    fileprivate func ceiled(to step: TimeSpan) -> Timestamp {
        let floor = floored(to: step)
        return floor == self ? self : floor + step
    }
}
