// The world of commands that run in real time: Binance's public prices or the embedded market, and the
// context that is switched on. Nothing here connects to anything before it is asked.
import Engine
import Feeds
import HTTPClient
package import Kernel
package import Ports
import Settings
package import SettingsFiles
import VenueBinance

extension World {
    /// The monitor looks every minute: what takes longer is tried again by the next step.
    package static let watchDeadline = TimeSpan.seconds(20)
    /// Whoever writes waits for the venue's time that long.
    package static let timeDeadline = TimeSpan.seconds(5)
    /// For one order's price with its tries.
    package static let fillDeadline = TimeSpan.seconds(10)

    /// - Parameter home: the folder where a ban by the venue outlives this process.
    package static func live(_ configuration: LoadedConfiguration, _ caller: Caller, home: HomeFolder, clock: any Clock) throws(Failure) -> World {
        let settings = configuration.settings
        let context = LiveContext(settings, clock, caller.environment)
        var world: World
        switch settings.feeds.prices {
        case .synthetic:
            world = synthetic(seed: settings.feeds.seed, instruments: settings.feeds.instruments)
        case .binance:
            world = binance(settings, home, context)
            if settings.feeds.coingecko { world.sources.catalog = try context.catalog() }
        case .candles:
            throw Failure(
                .configuration,
                "feeds.prices: candles replay the past and cannot be traded in real time; "
                    + "carillon demo --candles FOLDER --start 2022-11-04T00:00:00Z replays them, feeds.prices: binance has real prices")
        }
        if settings.feeds.needsContext {
            let (source, skipped) = try context.source()
            world.sources.context = source
            world.sources.skipped = skipped
        }
        return world
    }

    private static func binance(_ settings: CarillonSettings, _ home: HomeFolder, _ context: LiveContext) -> World {
        let clock = context.clock, address = settings.feeds.address
        let limits = BinanceLimits(clock: clock, bannedUntil: home.ban(at: clock.now), onBan: { home.keepBan(until: $0) })
        let feed = BinanceMarketFeed(baseURL: address, transport: context.transport, limits: limits, clock: clock)
        var sources = LookSources(market: feed, listedSince: { symbol, _ throws(FeedError) in try await feed.listedSince(symbol) })
        sources.venueClock = { () throws(FeedError) in try await feed.measureClock() }
        let host = address == FeedSettings.usualAddress ? nil : WebAddress.authority(address)
        var world = World(sources, identity: host.map { "binance:\($0)" } ?? "binance")
        world.fills = PatientMarketFeed(feed, clock: clock, seed: context.seed, deadline: fillDeadline)
        world.looking = SourceFetcher(clock: clock, seed: context.seed, deadline: settings.cycle.fetchDeadline)
        world.watching = SourceFetcher(clock: clock, seed: context.seed, deadline: watchDeadline)
        world.timing = SourceFetcher(clock: clock, seed: context.seed, deadline: timeDeadline)
        return world
    }
}
