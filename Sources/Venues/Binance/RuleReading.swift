// exchangeInfo read in full: every filter of every spot symbol. What this code does not know (a name outside
// our alphabet, a filter it cannot read) leaves its symbol out and harms no other.
import Kernel
import Market
import Ports
import StrictJSON
import Trading
import VenueCommon

enum RuleReading {
    /// In symbol order, each symbol once; nil if the answer is no list or holds none.
    static func read(_ answer: JSONField) -> [InstrumentRules]? {
        guard let rows = answer["symbols"]?.elements else { return nil }
        var seen: Set<Symbol> = []
        let rules = rows.compactMap(rules).filter { seen.insert($0.symbol).inserted }
        return rules.isEmpty ? nil : rules.sorted { $0.symbol < $1.symbol }
    }

    /// The limits of the address and the account, if the venue tells them.
    static func limits(_ answer: JSONField) -> (weightPerMinute: Int?, ordersPerTenSeconds: Int?, ordersPerDay: Int?) {
        func limit(_ type: String, _ interval: String, _ number: Int64) -> Int? {
            let row = answer["rateLimits"]?.elements?.first {
                $0["rateLimitType"]?.text == type && $0["interval"]?.text == interval && $0["intervalNum"]?.integer == number
            }
            return row?["limit"]?.integer.flatMap { (1...10_000_000).contains($0) ? Int($0) : nil }
        }
        return (limit("REQUEST_WEIGHT", "MINUTE", 1), limit("ORDERS", "SECOND", 10), limit("ORDERS", "DAY", 1))
    }

    /// nil for anything that is not a spot market, and for rules that cannot be read.
    private static func rules(_ row: JSONField) -> InstrumentRules? {
        guard row["isSpotTradingAllowed"]?.flag == true, hasSpotPermission(row), let base = row["baseAsset"]?.currency,
            let quote = row["quoteAsset"]?.currency,
            row["symbol"]?.text == Symbol(base, quote).venueName, let status = row["status"]?.text, let filters = row["filters"]?.elements,
            let basePlaces = places(row["baseAssetPrecision"]), let quotePlaces = places(row["quoteAssetPrecision"]),
            let price = range(filters, "PRICE_FILTER", "minPrice", "maxPrice", "tickSize"),
            let lot = range(filters, "LOT_SIZE", "minQty", "maxQty", "stepSize")
        else { return nil }
        var rules = InstrumentRules(symbol: Symbol(base, quote), status: word(status), price: price, lot: lot)
        (rules.basePrecision, rules.quotePrecision) = (basePlaces, quotePlaces)
        rules.orderTypes = Set((row["orderTypes"]?.elements ?? []).compactMap { $0.text.flatMap(Words.type) })
        let oco = row["ocoAllowed"]?.flag == true, oto = row["otoAllowed"]?.flag == true
        rules.orderLists = Set([oco ? .oco : nil, oto ? .oto : nil, oco && oto ? .otoco : nil].compactMap { $0 })
        rules.allowsQuoteAmount = row["quoteOrderQtyMarketAllowed"]?.flag == true
        rules.allowsCancelReplace = row["cancelReplaceAllowed"]?.flag == true
        guard readNotional(filters, into: &rules), readPercentPrice(filters, into: &rules), readCounts(filters, into: &rules) else { return nil }
        if find(filters, "MARKET_LOT_SIZE") != nil {
            guard let marketLot = range(filters, "MARKET_LOT_SIZE", "minQty", "maxQty", "stepSize") else { return nil }
            rules.marketLot = marketLot
        }
        return rules
    }

    private static func word(_ status: String) -> InstrumentRules.Status {
        switch status {
        case "TRADING": .trading
        case "HALT", "BREAK", "END_OF_DAY", "AUCTION_MATCH": .halted
        case "CANCEL_ONLY": .cancelOnly
        default: .unrecognised(SafeText.short(status, limit: 40))
        }
    }

    /// The sets are empty if they were not asked for; then the request has filtered by SPOT already.
    private static func hasSpotPermission(_ row: JSONField) -> Bool {
        guard let sets = row["permissionSets"]?.elements, !sets.isEmpty else { return true }
        return sets.contains { $0.elements?.contains { $0.text == "SPOT" } ?? false }
    }

    private static func places(_ node: JSONField?) -> Int? {
        guard let node else { return 8 }
        return node.integer.flatMap { (0...Int64(FixedDecimal.places)).contains($0) ? Int($0) : nil }
    }
}

// MARK: Filters. Each reader answers false or nil if a filter is there and cannot be read.

extension RuleReading {
    private static func find(_ filters: [JSONField], _ type: String) -> JSONField? { filters.first { $0["filterType"]?.text == type } }

    /// A bound that is zero or not told is off; a filter that is missing, has no step or cannot be read is nil.
    private static func range(_ filters: [JSONField], _ type: String, _ low: String, _ high: String, _ step: String) -> InstrumentRules.Range? {
        guard let filter = find(filters, type), let step = filter[step]?.decimal, !step.isNegative else { return nil }
        let bounds = [low, high].map { filter[$0].map { $0.decimal } ?? .zero }
        guard let minimum = bounds[0], let maximum = bounds[1], !minimum.isNegative, !maximum.isNegative else { return nil }
        return InstrumentRules.Range(minimum: minimum.unlessZero, maximum: maximum.unlessZero, step: step.unlessZero)
    }

    /// NOTIONAL and its older form; if both are told, the stricter minimum counts.
    private static func readNotional(_ filters: [JSONField], into rules: inout InstrumentRules) -> Bool {
        for (type, applies) in [("NOTIONAL", "applyMinToMarket"), ("MIN_NOTIONAL", "applyToMarket")] {
            guard let filter = find(filters, type) else { continue }
            guard let minimum = filter["minNotional"]?.decimal, !minimum.isNegative, let minutes = minutes(filter) else { return false }
            var rule = rules.notional ?? InstrumentRules.NotionalRule(minimum: nil, appliesMinimumToMarket: false)
            rule.minimum = max(rule.minimum ?? .zero, minimum).unlessZero
            rule.appliesMinimumToMarket = rule.appliesMinimumToMarket || filter[applies]?.flag != false
            if let maximum = filter["maxNotional"] {
                guard let value = maximum.decimal, !value.isNegative else { return false }
                rule.maximum = value.unlessZero
                rule.appliesMaximumToMarket = filter["applyMaxToMarket"]?.flag == true
            }
            rules.notional = rule
            rules.averagingWindow = .minutes(minutes)
        }
        return true
    }

    private static func readPercentPrice(_ filters: [JSONField], into rules: inout InstrumentRules) -> Bool {
        let bySide = find(filters, "PERCENT_PRICE_BY_SIDE")
        guard let filter = bySide ?? find(filters, "PERCENT_PRICE") else { return true }
        let names =
            bySide == nil
            ? ["multiplierUp", "multiplierDown", "multiplierUp", "multiplierDown"]
            : ["bidMultiplierUp", "bidMultiplierDown", "askMultiplierUp", "askMultiplierDown"]
        let values = names.compactMap { filter[$0]?.decimal }.filter { !$0.isNegative }
        guard values.count == 4, let minutes = minutes(filter) else { return false }
        rules.percentPrice = InstrumentRules.PercentPrice(bidUp: values[0], bidDown: values[1], askUp: values[2], askDown: values[3])
        rules.percentPriceBySide = bySide != nil
        rules.averagingWindow = max(rules.averagingWindow, .minutes(minutes))
        return true
    }

    private static func readCounts(_ filters: [JSONField], into rules: inout InstrumentRules) -> Bool {
        func count(_ type: String, _ name: String, _ store: (Int) -> Void) -> Bool {
            guard let filter = find(filters, type) else { return true }
            guard let value = filter[name]?.integer, (0...1_000_000).contains(value) else { return false }
            store(Int(value))
            return true
        }
        if let filter = find(filters, "MAX_POSITION") {
            guard let most = filter["maxPosition"]?.decimal, !most.isNegative else { return false }
            rules.maximumPosition = most
        }
        return count("MAX_NUM_ORDERS", "maxNumOrders") { rules.maximumOrders = $0 }
            && count("MAX_NUM_ALGO_ORDERS", "maxNumAlgoOrders") { rules.maximumAlgoOrders = $0 }
            && count("MAX_NUM_ORDER_LISTS", "maxNumOrderLists") { rules.maximumOrderLists = $0 }
    }

    private static func minutes(_ filter: JSONField) -> Int? {
        guard let node = filter["avgPriceMins"] else { return 0 }
        return node.integer.flatMap { (0...10_000).contains($0) ? Int($0) : nil }
    }
}

extension FixedDecimal {
    fileprivate var unlessZero: FixedDecimal? { isZero ? nil : self }
}
