// Coins, headlines and mood over the network, as far as the settings ask for them. A key that is missing
// costs its own source and says so; one that is there and cannot be used stops the start.
import Engine
package import Feeds
package import HTTPClient
import Kernel
package import Market
package import Ports
package import Settings
import SettingsFiles

package struct LiveContext {
    package let settings: CarillonSettings
    package let clock: any Clock
    package let transport = CurlTransport(version: Version.number)
    /// The seed of the waits between tries: another one each start, so that many of us do not knock at the same moment.
    package let seed = UInt64.random(in: 0 ... .max)

    private let environment: @Sendable (String) -> String?

    /// - Parameter environment: where keys are looked for.
    package init(_ settings: CarillonSettings, _ clock: any Clock, _ environment: @escaping @Sendable (String) -> String?) {
        self.settings = settings
        self.clock = clock
        self.environment = environment
    }

    package func catalog() throws(Failure) -> CoinGeckoCatalog {
        let key = try secret(.coingeckoKey)
        let overrides = Dictionary(settings.universe.overrides.map { ($0.currency, $0.coin) }, uniquingKeysWith: { first, _ in first })
        return CoinGeckoCatalog(
            access: key.map { .demo($0) } ?? .keyless, root: settings.feeds.coingeckoURL, overrides: overrides, transport: transport,
            gate: HostGate(key == nil ? .coinGeckoKeyless : .coinGeckoDemo, clock: clock), clock: clock)
    }

    /// Headlines and mood, and what was wanted and has no key.
    package func source() throws(Failure) -> (any ContextSource, [SourceReport]) {
        let feeds = settings.feeds
        var news: [any NewsFeed] = syndication()
        var skipped: [SourceReport] = []
        if feeds.newsapi {
            if let key = try secret(.newsapiKey) {
                news.append(
                    NewsAPIFeed(
                        baseURL: feeds.newsapiURL, query: "cryptocurrency OR bitcoin OR ethereum", key: key, transport: transport,
                        gate: HostGate(.newsAPI, clock: clock), clock: clock))
            } else {
                skipped.append(SourceReport(name: "newsapi", isRequired: false, status: .skipped, detail: "no \(SecretName.newsapiKey.variable)"))
            }
        }
        let mood =
            feeds.feargreed
            ? FearGreedFeed(baseURL: feeds.feargreedURL, transport: transport, gate: HostGate(.fearGreed, clock: clock), clock: clock) : nil
        let fetcher = SourceFetcher(clock: clock, seed: seed, deadline: settings.cycle.fetchDeadline)
        return (MarketContext(news: news, mood: mood, fetcher: fetcher), skipped)
    }

    /// One feed an address, named by its host (and its path, if a host has several), one gate a host.
    private func syndication() -> [any NewsFeed] {
        let addresses = settings.feeds.news
        let hosts = addresses.map { WebAddress.authority($0) ?? $0 }
        var gates: [String: HostGate] = [:]
        return zip(addresses, hosts).map { address, host in
            let gate = gates[host] ?? HostGate(.syndication, clock: clock)
            gates[host] = gate
            let isOnly = hosts.count { $0 == host } == 1
            let path = address.firstRange(of: host).map { address[$0.upperBound...].prefix { $0 != "?" } } ?? ""
            return SyndicationFeed(name: isOnly ? host : host + path, url: address, transport: transport, gate: gate, clock: clock)
        }
    }

    private func secret(_ name: SecretName) throws(Failure) -> Secret? {
        do { return try SecretSources(environment: environment).secret(name) } catch { throw Failure(.configuration, error.description) }
    }
}

extension FeedSettings {
    /// Whether anything beside prices is wanted.
    package var needsContext: Bool { !news.isEmpty || newsapi || feargreed }
}
