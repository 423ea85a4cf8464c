// The only place where live parts are built and put together.
import Compression
import Domain
import Engine
import Exchanges
import Messaging
import Ports
import Signing
import Store

struct Assembly {
    let settings: CarillonSettings
    let journal: SQLiteJournal
    let clock: any Clock
    let world: World
    var killSwitch: @Sendable () -> String? = { nil }

    /// Where prices come from.
    struct World: Sendable {
        let market: any MarketFeed
        let catalog: (any CoinCatalog)?
        let listedSince: @Sendable (Symbol, Timestamp) async -> Timestamp?
        /// Names the world in the journal: `synthetic:7`.
        let identity: String
    }

    static func synthetic(seed: UInt64, instruments: Int) -> World {
        let market = SyntheticMarket(seed: seed, instrumentCount: instruments)
        return World(market: market, catalog: market, listedSince: { market.listedSince($0, at: $1) },
                     identity: instruments == FeedSettings().instruments ? "synthetic:\(seed)" : "synthetic:\(seed):\(instruments)")
    }

    func parts() -> Parts {
        let costs = FillCosts(fee: settings.fills.fee, slippage: settings.fills.slippage)
        let renderer = MessageRenderer(zone: .utc)
        let look = MarketLook(market: world.market, catalog: world.catalog, listedSince: world.listedSince, context: NoContext(), settings: settings)
        return Parts(settings: settings, journal: journal, market: world.market, exchange: PaperExchange(market: world.market, costs: costs),
                     clock: clock, observer: look, panel: IndicatorPanel(IndicatorAnalyst.allCases), render: renderer.text(of:),
                     hash: SHA256.hex, compress: Deflate.compress, killSwitch: killSwitch, versions: versions)
    }

    private var versions: Versions {
        Versions(code: Version.number, settingsHash: "", riskHash: "", promptSetHash: "")
    }
}
