// exchangeInfo read into instruments: spot, trading, with the filters' steps. What this code does not
// know (a new status, a new filter, a name outside our alphabet) leaves its symbol out and harms no other.
import Domain
import Ports

enum BinanceInstruments {
    /// In symbol order, each symbol once.
    static func read(_ answer: Field, source: String) throws(FeedError) -> [Instrument] {
        guard let rows = answer["symbols"]?.elements else { throw FeedError(.malformed, source: source, "exchangeInfo without symbols") }
        var seen: Set<Symbol> = []
        let instruments = rows.compactMap(instrument).filter { seen.insert($0.symbol).inserted }
        guard !instruments.isEmpty else { throw FeedError(.malformed, source: source, "no spot instrument among \(rows.count) symbols") }
        return instruments.sorted { $0.symbol < $1.symbol }
    }

    /// nil for anything that is not a spot market open for trading, and for rules that cannot be read.
    private static func instrument(_ row: Field) -> Instrument? {
        guard row["status"]?.text == "TRADING", row["isSpotTradingAllowed"]?.flag == true, hasSpotPermission(row),
              let base = row["baseAsset"]?.text.flatMap({ Currency($0) }),
              let quote = row["quoteAsset"]?.text.flatMap({ Currency($0) }),
              row["symbol"]?.text == base.code + quote.code, let filters = row["filters"]?.elements else { return nil }
        func value(_ filter: String, _ key: String) -> FixedDecimal? {
            filters.first { $0["filterType"]?.text == filter }?[key]?.decimal
        }
        guard let tick = value("PRICE_FILTER", "tickSize"), let lot = value("LOT_SIZE", "stepSize"),
              let basePlaces = places(row["baseAssetPrecision"]), let quotePlaces = places(row["quoteAssetPrecision"]) else { return nil }
        let minimum = [value("NOTIONAL", "minNotional"), value("MIN_NOTIONAL", "minNotional")].compactMap { $0 }.max()
        // A step of zero means that the rule is off; then the asset's own precision is the step.
        return Instrument(symbol: Symbol(base, quote), tickSize: tick.isZero ? .unit(places: quotePlaces) : tick,
                          lotStep: lot.isZero ? .unit(places: basePlaces) : lot, minNotional: minimum ?? .zero)
    }

    /// The sets are empty where they were not asked for; then the request has filtered by SPOT already.
    private static func hasSpotPermission(_ row: Field) -> Bool {
        guard let sets = row["permissionSets"]?.elements, !sets.isEmpty else { return true }
        return sets.contains { $0.elements?.contains { $0.text == "SPOT" } ?? false }
    }

    private static func places(_ node: Field?) -> Int? {
        guard let node else { return 8 }
        guard let value = node.integer, (0...Int64(FixedDecimal.places)).contains(value) else { return nil }
        return Int(value)
    }
}
