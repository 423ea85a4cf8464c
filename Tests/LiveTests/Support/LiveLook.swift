// A look at the stand-in venue through the real transport, feeds and fetcher, and the parts of a bot round it.
import Analysis
import Engine
import Events
import Feeds
import HTTPClient
import Kernel
import Market
import Ports
import Settings
import TestSupport
import Testing
import Trading
import VenueBinance
import VenuePaper

final class LiveLook: Sendable {
    /// It stands still: waits between tries are over at once, and a deadline comes if the test says so.
    let clock = FakeClock(start, sleep: .waits(from: shortestDeadline))
    static let shortestDeadline = TimeSpan.seconds(2)
    let venue: StandInVenue
    let feed: BinanceMarketFeed
    let settings: CarillonSettings
    let journal = MemoryJournal()

    init(_ change: (inout CarillonSettings) -> Void = { _ in }) throws {
        var settings = CarillonSettings.default
        change(&settings)
        self.settings = settings
        let clock = clock
        venue = try StandInVenue(now: { clock.now })
        feed = BinanceMarketFeed(baseURL: venue.url, transport: transport, limits: BinanceLimits(clock: clock), clock: clock)
    }

    private let transport = CurlTransport(version: "test", connectTimeout: .minutes(5))
    var fetcher: SourceFetcher {
        var fetcher = SourceFetcher(clock: clock, seed: 1)
        fetcher.policy = RetryPolicy(base: TimeSpan(milliseconds: 1), cap: TimeSpan(milliseconds: 2))
        return fetcher
    }
    private var gate: HostGate { HostGate(RateLimiter(1_000, per: .seconds(1)), clock: clock) }

    var look: MarketLook { look(feed, clock) }

    private func look(_ feed: BinanceMarketFeed, _ clock: any Ports.Clock) -> MarketLook {
        let news = SyndicationFeed(name: "news", url: venue.url + "/rss", transport: transport, gate: gate, clock: clock)
        let mood = FearGreedFeed(baseURL: venue.url, transport: transport, gate: gate, clock: clock)
        var sources = LookSources(
            market: feed, catalog: CoinGeckoCatalog(root: venue.url, transport: transport, gate: gate, clock: clock),
            context: MarketContext(news: [news], mood: mood, fetcher: fetcher),
            listedSince: { symbol, _ throws(FeedError) in try await feed.listedSince(symbol) })
        sources.venueClock = { () throws(FeedError) in try await feed.measureClock() }
        return MarketLook(sources, fetching: fetcher, clock: clock, settings: settings)
    }

    func observe(held: [Symbol] = []) async throws(FeedError) -> MarketSnapshot { try await look.observe(at: clock.now, held: held) }

    /// A bot whose panel buys AAA.
    var parts: Parts { parts(clock, nil) }

    /// The same by a clock that is believed, as a command that writes has it.
    var believing: Parts {
        get async {
            let venue = await ClockCheck(parts).reading()
            let began = try? journal.book().main.baselines.firstDepositAt
            let time = BelievedTime(
                TimeEvidence(
                    ours: clock.now, venue: venue, hasVenue: true, began: began ?? nil, newest: (try? journal.newestEntry()) ?? nil, counted: nil))
            return parts(time.doubt == nil ? clock : AnchoredClock(clock, at: time.moment), time)
        }
    }

    private func parts(_ clock: any Ports.Clock, _ time: BelievedTime?) -> Parts {
        let feed = BinanceMarketFeed(baseURL: venue.url, transport: transport, limits: BinanceLimits(clock: clock), clock: clock)
        let costs = FillCosts(fee: settings.fills.fee, slippage: settings.fills.slippage)
        return Parts(
            settings: settings, journal: journal, market: feed, exchange: PaperExchange(market: feed, costs: costs, journal: journal), clock: clock,
            observer: look(feed, clock), panel: Buyer(), hash: { "\($0.count)" },
            compress: { $0 }, killSwitch: { nil }, versions: Versions(code: "test", settingsHash: "s", riskHash: "r", promptSetHash: "p"),
            fetching: fetcher, venueClock: { () throws(FeedError) in try await feed.measureClock() }, time: time)
    }

    func open() throws {
        try Opening.open(
            journal, as: JournalOpened(world: "stand-in", start: nil, mode: "paper", quote: .usdt), deposit: Money("1000", .usdt), at: clock.now)
    }
    /// What was written of troubles.
    var said: [String] { journal.events.map { "\($0)" }.filter { $0.hasPrefix("trouble") } }
    var summaries: [String] {
        journal.events.compactMap { if case .messageQueued(let queued) = $0 { queued.plain } else { nil } }
    }
}

struct Buyer: Panel {
    let seats = [PanelSeat(name: "one", role: .voter), PanelSeat(name: "two", role: .voter), PanelSeat(name: "guard", role: .guardian)]
    let name = "buyer"
    func opinions(on snapshot: MarketSnapshot, cycle: CycleId) async -> [Opinion] {
        seats.flatMap { seat in
            snapshot.offered.map {
                Opinion(
                    analyst: seat.name, role: seat.role, family: "test", symbol: $0, action: $0.base.code == "AAA" ? .buy : .hold, conviction: "0.9",
                    reason: "")
            }
        }
    }
}

extension MarketSnapshot {
    func source(_ name: String) -> SourceReport? { sources.first { $0.name == name } }
    func verdict(_ base: String) -> UniverseVerdict? { universe.first { $0.symbol.base.code == base } }
    var bases: [String] { offered.map(\.base.code) }
}

/// Runs `body` with a stand-in venue that is stopped afterwards.
func live(_ change: (inout CarillonSettings) -> Void = { _ in }, _ body: (LiveLook) async throws -> Void) async throws {
    let look = try LiveLook(change)
    defer { look.venue.stop() }
    try await body(look)
}
