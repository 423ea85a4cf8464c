// Market capitalisations from CoinGecko. Tickers collide there (many coins call themselves BTC), so the
// highest cap wins and says so, unless the configuration names the coin by its id.
public import Kernel
public import Ports
import StrictJSON

public struct CoinGeckoCatalog: CoinCatalog {
    /// The kind of access there is; a key of one kind is an error on the other's host.
    public enum Access: Sendable {
        case keyless, demo(Secret), pro(Secret)

        var root: String {
            if case .pro = self { "https://pro-api.coingecko.com/api/v3" } else { "https://api.coingecko.com/api/v3" }
        }
        var headers: [(name: String, value: String)] {
            switch self {
            case .keyless: []
            case .demo(let key): [("x-cg-demo-api-key", key.reveal())]
            case .pro(let key): [("x-cg-pro-api-key", key.reveal())]
            }
        }
        func hidden(in text: String) -> String {
            switch self {
            case .keyless: text
            case .demo(let key), .pro(let key): key.hidden(in: text)
            }
        }
    }

    public static let pageSize = 250
    static let maximumBytes = 4 << 20
    /// How far the service's clock may be ahead of ours.
    static let ahead = TimeSpan.minutes(10)

    public let name: String
    private let access: Access
    private let root: String
    private let overrides: [Currency: String]
    private let maximumAge: TimeSpan
    private let client: FeedClient
    private let clock: any Clock

    /// - Parameters:
    ///   - root: another server than CoinGecko's own; nil for the one `access` belongs to.
    ///   - overrides: the coin's id for an asset whose ticker others use too.
    ///   - maximumAge: figures older than this count as unknown.
    public init(
        name: String = "coingecko", access: Access = .keyless, root: String? = nil, overrides: [Currency: String] = [:],
        maximumAge: TimeSpan = .hours(6), transport: any HTTPTransport, gate: HostGate, clock: any Clock
    ) {
        self.name = name
        self.access = access
        self.root = root ?? access.root
        self.overrides = overrides
        self.maximumAge = maximumAge
        self.clock = clock
        client = FeedClient(source: name, transport: transport, gate: gate)
    }

    /// At most `limit` coins (at most 1000), highest capitalisation first, each ticker once.
    public func coins(limit: Int) async throws(FeedError) -> [CoinFacts] {
        let wanted = min(max(0, limit), 1_000)
        var rows: [CoinGeckoRow] = []
        var page = 1
        while rows.count < wanted {
            let found = try await markets("order=market_cap_desc&per_page=\(Self.pageSize)&page=\(page)")
            rows += found
            if found.count < Self.pageSize { break }
            page += 1
        }
        let known = Set(rows.map(\.id))
        let missing = overrides.values.filter { !known.contains($0) }.sorted()
        if wanted > 0, !missing.isEmpty {
            rows += try await markets("per_page=\(Self.pageSize)&ids=" + missing.map(PercentEncoding.encode).joined(separator: "%2C"))
        }
        return Array(CoinGeckoRow.resolve(rows, overrides: overrides).prefix(wanted))
    }

    private func markets(_ query: String) async throws(FeedError) -> [CoinGeckoRow] {
        let url = "\(root)/coins/markets?vs_currency=usd&sparkline=false&" + query
        let response = try await client.get(url, headers: access.headers, maximumBytes: Self.maximumBytes, now: clock.now, explain: explain)
        let answer = try JSONField.parse(response.body, source: name)
        guard let rows = answer.elements, rows.count <= Self.pageSize else {
            let why = CoinGeckoRow.complaint(answer).map { "instead of coins: " + shown($0) } ?? "not a list of coins"
            throw FeedError(.malformed, source: name, why)
        }
        let fresh = clock.now - maximumAge...clock.now + Self.ahead
        let coins = rows.compactMap { CoinGeckoRow($0, fresh: fresh) }
        guard rows.isEmpty || !coins.isEmpty else { throw FeedError(.malformed, source: name, "no coin among \(rows.count) rows") }
        return coins
    }

    private func explain(_ response: HTTPResponse, _ plain: FeedError) -> FeedError {
        guard response.body.count <= 4_096, let answer = try? JSONField.parse(response.body, source: name),
            let complaint = CoinGeckoRow.complaint(answer)
        else { return plain }
        return FeedError(plain.kind, source: name, "\(plain.detail): \(shown(complaint))", retryAfter: plain.retryAfter)
    }

    private func shown(_ text: String) -> String { SafeText.short(access.hidden(in: text), limit: 80) }
}
