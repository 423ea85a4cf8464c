// Where prices come from and what surrounds them: the embedded market, candle files, or a venue.
import SettingsFiles
import Domain
import Engine
import Exchanges
import Ports

struct World: Sendable {
    /// What a look at the market asks.
    var sources: LookSources
    /// Names the world in the journal: `synthetic:7`.
    let identity: String
    /// Where paper orders find their price.
    var fills: any MarketFeed
    /// How a look asks, and how the monitor does.
    var looking: any Fetching = DirectFetching()
    var watching: any Fetching = DirectFetching()
    /// How the venue is asked for its time, which every command that writes waits for.
    var timing: any Fetching = DirectFetching()
    /// The finest candles between two moments: what the monitor of a demo steps by.
    var finestStep: @Sendable (Timestamp, Timestamp) -> Timeframe = { _, _ in .m1 }
    /// What a person should know before it begins, a line each.
    var remarks: [String] = []

    init(_ sources: LookSources, identity: String) {
        self.sources = sources
        self.identity = identity
        fills = sources.market
    }

    var market: any MarketFeed { sources.market }

    static func synthetic(seed: UInt64, instruments: Int, crash: MarketCrash? = nil) -> World {
        let market = SyntheticMarket(seed: seed, instrumentCount: instruments, crash: crash)
        let count = instruments == FeedSettings().instruments ? "" : ":\(instruments)"
        return World(LookSources(market: market, catalog: market, listedSince: { market.listedSince($0, at: $1) }),
                     identity: "synthetic:\(seed)\(count)" + (crash.map { ":crash:\($0.start)" } ?? ""))
    }
}
