// Where prices come from and what surrounds them: the embedded market, candle files, or a venue.
package import Engine
package import Kernel
package import Market
package import Ports
import Settings
import SettingsFiles
package import VenueSynthetic

package struct World: Sendable {
    /// What a look at the market asks.
    package var sources: LookSources
    /// Names the world in the journal: `synthetic:7`.
    package let identity: String
    /// Where paper orders find their price.
    package var fills: any MarketFeed
    /// How a look asks, and how the monitor does.
    package var looking: any Fetching = DirectFetching()
    package var watching: any Fetching = DirectFetching()
    /// How the venue is asked for its time, which every command that writes waits for.
    package var timing: any Fetching = DirectFetching()
    /// The finest candles between two moments: what the monitor of a demo steps by.
    package var finestStep: @Sendable (Timestamp, Timestamp) -> Timeframe = { _, _ in .m1 }
    /// What a person should know before it begins, a line each.
    package var remarks: [String] = []

    package init(_ sources: LookSources, identity: String) {
        self.sources = sources
        self.identity = identity
        fills = sources.market
    }

    package var market: any MarketFeed { sources.market }

    package static func synthetic(seed: UInt64, instruments: Int, crash: MarketCrash? = nil) -> World {
        let market = SyntheticMarket(seed: seed, instrumentCount: instruments, crash: crash)
        let count = instruments == FeedSettings().instruments ? "" : ":\(instruments)"
        return World(
            LookSources(market: market, catalog: market, listedSince: { market.listedSince($0, at: $1) }),
            identity: "synthetic:\(seed)\(count)" + (crash.map { ":crash:\($0.start)" } ?? ""))
    }
}
