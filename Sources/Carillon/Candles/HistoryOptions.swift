// The exchange that history is fetched from: the one place where a live feed is put together for the lab.
import ArgumentParser
import Domain
import Exchanges
import Feeds
import HTTPClient
import Ports
import SettingsFiles

/// Exchanges whose public history can be fetched.
enum HistoryVenue: String, CaseIterable, ExpressibleByArgument { case binance }

struct HistoryOptions: ParsableArguments {
    @Option(help: "binance.")
    var exchange: HistoryVenue = .binance
    @Option(help: ArgumentHelp("Another address of the exchange's public data.", valueName: "URL"))
    var address: String?

    /// Long enough for the pause a 429 asks for, with tries left.
    private static let patience = Duration.minutes(10)

    /// A feed that waits and tries again; a ban is kept for the next process, of the lab and of trading.
    func feed(_ clock: any Clock, store: String) throws(Failure) -> any MarketFeed {
        let address = address ?? FeedSettings.usualAddress
        guard WebAddress.authority(address) != nil else { throw Failure(.usage, "--address '\(address)' is no address; an example is \(FeedSettings.usualAddress)") }
        // A ban of another address is none of the venue that is traded at.
        let trading = address == FeedSettings.usualAddress ? try? HomeLocator(environment: Session.environment).locate() : nil
        let homes = [HomeFolder(path: store)] + [trading].compactMap { $0.map { HomeFolder(path: $0.path) } }
        let limits = BinanceLimits(clock: clock, bannedUntil: homes.compactMap { $0.ban(at: clock.now) }.max(), onBan: { end in for home in homes { home.keepBan(until: end) } })
        let feed = BinanceMarketFeed(baseURL: address, transport: CurlTransport(version: Version.number), limits: limits, clock: clock)
        return PatientMarketFeed(feed, clock: clock, seed: UInt64.random(in: 0 ... .max), deadline: Self.patience)
    }
}
