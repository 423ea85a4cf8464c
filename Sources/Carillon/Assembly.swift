// The only place where live parts are built and put together.
import CandleFiles
import Compression
import Configuration
import Domain
import Engine
import Exchanges
import Messaging
import Ports
import Signing
import Store

struct Assembly {
    let configuration: LoadedConfiguration
    let journal: SQLiteJournal
    let clock: any Clock
    let world: World
    var killSwitch: @Sendable () -> String? = { nil }
    var settings: CarillonSettings { configuration.settings }

    /// Where prices come from.
    struct World: Sendable {
        let market: any MarketFeed
        let catalog: (any CoinCatalog)?
        let listedSince: @Sendable (Symbol, Timestamp) async -> Timestamp?
        /// Names the world in the journal: `synthetic:7`.
        let identity: String
        /// The finest candles between two moments: what the monitor of a demo steps by.
        var finestStep: @Sendable (Timestamp, Timestamp) -> Timeframe = { _, _ in .m1 }
    }

    static func world(_ configuration: LoadedConfiguration) throws -> World {
        let feeds = configuration.settings.feeds
        switch feeds.prices {
        case .synthetic: return synthetic(seed: feeds.seed, instruments: feeds.instruments)
        case .binance, .candles: throw Failure(.configuration, "feeds.prices: \(feeds.prices.rawValue) is not wired")
        }
    }

    static func synthetic(seed: UInt64, instruments: Int) -> World {
        let market = SyntheticMarket(seed: seed, instrumentCount: instruments)
        return World(market: market, catalog: market, listedSince: { market.listedSince($0, at: $1) },
                     identity: instruments == FeedSettings().instruments ? "synthetic:\(seed)" : "synthetic:\(seed):\(instruments)")
    }

    /// Real candles, replayed. The name of the folder is the world's name; with another start it is another world.
    static func replay(_ folder: String, from start: Timestamp, hours: Int) throws -> World {
        do {
            // Sixty days before the start are more than any indicator reads.
            let market = try CandleFileMarket(paths: [folder], window: start - .days(60) ..< start + .hours(hours + 24))
            let name = folder.split(separator: "/").last.map(String.init) ?? folder
            return World(market: market, catalog: nil, listedSince: { symbol, _ in market.listedSince(symbol) }, identity: "candles:\(name)",
                         finestStep: { market.finestStep(from: $0, to: $1) ?? .h1 })
        } catch { throw Failure(.data, "\(error.source): \(error.detail)") }
    }

    var renderer: MessageRenderer { MessageRenderer(zone: DisplayZone.configured(settings.report.zone).zone) }

    func parts() -> Parts {
        let costs = FillCosts(fee: settings.fills.fee, slippage: settings.fills.slippage)
        let look = MarketLook(market: world.market, catalog: world.catalog, listedSince: world.listedSince, context: NoContext(), settings: settings)
        let (panel, promptSetHash) = PanelAssembly(configuration: configuration).panel(journal: journal, clock: clock, render: renderer.text(of:))
        return Parts(settings: settings, journal: journal, market: world.market, exchange: PaperExchange(market: world.market, costs: costs),
                     clock: clock, observer: look, panel: panel, render: renderer.text(of:),
                     hash: SHA256.hex, compress: Deflate.compress, killSwitch: killSwitch, versions: versions(promptSetHash))
    }

    private func versions(_ promptSetHash: String) -> Versions {
        Versions(code: Version.number, settingsHash: SettingsText.configHash(settings, hash: SHA256.hex),
                 riskHash: SHA256.hex(Array(SettingsText.risk(settings).utf8)), promptSetHash: promptSetHash)
    }
}
