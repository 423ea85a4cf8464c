// One coin of CoinGecko's list, and how colliding tickers are told apart.
import Kernel
import Ports
import StrictJSON

struct CoinGeckoRow {
    let id: String
    let asset: Currency
    let name: String
    let marketCap: FixedDecimal?
    let volume: FixedDecimal?

    /// nil if the coin has no usable id or a ticker outside A-Z and 0-9. A figure that is null, zero,
    /// negative, older than allowed, or of a moment still to come is unknown, not small.
    /// - Parameter fresh: when figures may have been updated last.
    init?(_ row: JSONField, fresh: ClosedRange<Timestamp>) {
        guard let id = row["id"]?.text, (1...128).contains(id.utf8.count), id.unicodeScalars.allSatisfy(\.isPrintable),
            let asset = row["symbol"]?.text.flatMap(Self.asset)
        else { return nil }
        self.id = id
        self.asset = asset
        name = PlainText.title(row["name"]?.text ?? id)
        let updated = row["last_updated"]?.text.flatMap(FeedDate.parse)
        let isFresh = updated.map(fresh.contains) ?? false
        func figure(_ key: String) -> FixedDecimal? {
            row[key]?.number.flatMap { isFresh && $0.isPositive ? $0 : nil }
        }
        marketCap = figure("market_cap")
        volume = figure("total_volume")
    }

    /// A-Z written small or large and no other letter: a long s is none, though its capital is S.
    private static func asset(_ ticker: String) -> Currency? {
        Currency(String(decoding: ticker.utf8.map { (97...122).contains($0) ? $0 - 32 : $0 }, as: UTF8.self))
    }

    /// One coin a ticker: the override's, else the highest cap (then the lesser id). A ticker whose override
    /// is nowhere to be found has no coin at all: unknown is better than the wrong one.
    /// Highest cap first; coins without one last, by id.
    static func resolve(_ rows: [CoinGeckoRow], overrides: [Currency: String]) -> [CoinFacts] {
        var seen: Set<String> = []
        let unique = rows.filter { seen.insert($0.id).inserted }.sorted(by: isBefore)
        let rivals = Dictionary(grouping: unique, by: \.asset)
        return unique.compactMap { row in
            let same = rivals[row.asset] ?? []
            let chosen = overrides[row.asset] ?? same.first?.id
            guard row.id == chosen else { return nil }
            return CoinFacts(
                asset: row.asset, id: row.id, name: row.name, marketCap: row.marketCap, volume24h: row.volume,
                collided: same.count > 1)
        }
    }

    private static func isBefore(_ a: CoinGeckoRow, _ b: CoinGeckoRow) -> Bool {
        switch (a.marketCap, b.marketCap) {
        case (let x?, let y?) where x != y: x > y
        case (_?, nil): true
        case (nil, _?): false
        default: a.id < b.id
        }
    }

    /// The message of any of the service's three error bodies.
    static func complaint(_ answer: JSONField) -> String? {
        let status = answer["status"] ?? answer["error"]?["status"]
        return status?["error_message"]?.text ?? answer["error"]?.text
    }
}
