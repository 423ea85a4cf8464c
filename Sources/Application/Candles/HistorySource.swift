// The exchange that history is fetched from: the one place where a live feed is put together for the lab.
import Feeds
import HTTPClient
import Kernel
package import Ports
import Settings
import SettingsFiles
import VenueBinance

/// Exchanges whose public history can be fetched.
package enum HistoryVenue: String, CaseIterable, Sendable { case binance }

package struct HistorySource: Sendable {
    private let venue: HistoryVenue
    private let address: String

    /// - Parameter address: another one of its public data; nil for the usual one.
    package init(_ venue: HistoryVenue, address: String?) {
        self.venue = venue
        self.address = address ?? FeedSettings.usualAddress
    }

    /// Long enough for the pause a 429 asks for, with tries left.
    private static let patience = TimeSpan.minutes(10)

    /// A feed that waits and tries again; a ban is kept for the next process, of the lab and of trading.
    package func feed(_ caller: Caller, _ clock: any Clock, store: String) throws(Failure) -> any MarketFeed {
        guard WebAddress.authority(address) != nil else {
            throw Failure(.usage, "--address '\(address)' is not an address; write e.g. \(FeedSettings.usualAddress)")
        }
        // A ban by another address says nothing about the venue that is traded at.
        let trading = address == FeedSettings.usualAddress ? try? HomeLocator(environment: caller.environment).locate() : nil
        let homes = [HomeFolder(path: store)] + [trading].compactMap { $0.map { HomeFolder(path: $0.path) } }
        let transport = CurlTransport(version: Version.number)
        let feed: any MarketFeed =
            switch venue {
            case .binance:
                BinanceMarketFeed(
                    baseURL: address, transport: transport,
                    limits: BinanceLimits(
                        clock: clock, bannedUntil: homes.compactMap { $0.ban(at: clock.now) }.max(),
                        onBan: { end in for home in homes { home.keepBan(until: end) } }), clock: clock)
            }
        return PatientMarketFeed(feed, clock: clock, seed: UInt64.random(in: 0 ... .max), deadline: Self.patience)
    }
}
