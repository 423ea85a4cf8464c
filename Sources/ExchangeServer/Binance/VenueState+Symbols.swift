// Which instruments a request means, and what the venue says of each: `exchangeInfo` with its filters.
import Kernel
import Market
import StrictJSON
import Trading

extension VenueState {
    /// The instrument that `symbol` names; it must be there.
    func symbol(_ parameters: Parameters, _ name: String = "symbol") throws(BinanceError) -> Symbol {
        try instrument(try parameters.required(name, try parameters.text(name)), name)
    }

    private func instrument(_ text: String, _ name: String) throws(BinanceError) -> Symbol {
        let legal = text.utf8.allSatisfy { (65...90).contains($0) || (48...57).contains($0) || [45, 46, 95].contains($0) }
        guard legal, (1...20).contains(text.utf8.count) else { throw .illegal(name, "^[A-Z0-9-_.]{1,20}$") }
        guard let symbol = symbols[text] else { throw .symbol }
        return symbol
    }

    /// One instrument, several, or nil if neither was named.
    func named(_ parameters: Parameters) throws(BinanceError) -> (symbols: [Symbol], isOne: Bool)? {
        guard !(parameters.has("symbol") && parameters.has("symbols")) else { throw .combination }
        if parameters.has("symbol") { return ([try symbol(parameters)], true) }
        guard let text = try parameters.text("symbols") else { return nil }
        guard case .array(let names)? = try? JSONValue(parsing: text), !names.isEmpty else {
            throw .illegal("symbols", "^\\[\"[A-Z0-9-_.]{1,20}\"(,\"[A-Z0-9-_.]{1,20}\"){0,}\\]$")
        }
        var found: [Symbol] = []
        for name in names {
            guard case .string(let text) = name else { throw .illegalParameter }
            let symbol = try instrument(text, "symbols")
            guard !found.contains(symbol) else { throw .duplicateSymbols }
            found.append(symbol)
        }
        return (found, false)
    }

    /// One object for `symbol`, a list for `symbols` or for all.
    func tickers(_ parameters: Parameters, _ ticker: (VenueState, Symbol) -> JSONValue) throws(BinanceError) -> JSONValue {
        let wanted = try named(parameters)
        let status = try status(parameters)
        if let wanted, wanted.isOne { return ticker(self, wanted.symbols[0]) }
        return .array((wanted?.symbols ?? traded).filter { has($0, status) }.map { ticker(self, $0) })
    }

    private func status(_ parameters: Parameters) throws(BinanceError) -> String? {
        try parameters.choice("symbolStatus", .symbolStatus) { ["TRADING", "HALT", "BREAK", "CANCEL_ONLY"].contains($0) ? $0 : nil }
    }

    private func has(_ symbol: Symbol, _ status: String?) -> Bool { status == nil || status == rules(symbol).statusWord }

    func exchangeInfo(_ parameters: Parameters) throws(BinanceError) -> JSONValue {
        let wanted = try named(parameters), status = try status(parameters)
        guard wanted == nil || status == nil, wanted == nil || !parameters.has("permissions") else { throw .combination }
        let showsPermissions = try parameters.flag("showPermissionSets") ?? true
        let spot = try parameters.text("permissions").map { $0.contains("SPOT") } ?? true
        let shown = (wanted?.symbols ?? traded).filter { spot && has($0, status) }
        return [
            "timezone": "UTC", "serverTime": .time(now), "rateLimits": .array(rateLimits), "exchangeFilters": [],
            "symbols": .array(shown.map { rules($0).json(showsPermissions: showsPermissions) })
        ]
    }

    private var rateLimits: [JSONValue] {
        func limit(_ kind: String, _ interval: String, _ number: Int, _ limit: Int) -> JSONValue {
            ["rateLimitType": .string(kind), "interval": .string(interval), "intervalNum": .count(number), "limit": .count(limit)]
        }
        return [
            limit("REQUEST_WEIGHT", "MINUTE", 1, counts.limits.weight), limit("ORDERS", "SECOND", 10, counts.limits.ordersPerTenSeconds),
            limit("ORDERS", "DAY", 1, counts.limits.ordersPerDay), limit("RAW_REQUESTS", "MINUTE", 5, 61_000)
        ]
    }
}

extension InstrumentRules {
    var statusWord: String {
        switch status {
        case .trading: "TRADING"
        case .halted: "HALT"
        case .cancelOnly: "CANCEL_ONLY"
        case .unrecognised(let word): word
        }
    }

    fileprivate func json(showsPermissions: Bool) -> JSONValue {
        let modes = JSONValue.strings(["NONE", "EXPIRE_TAKER", "EXPIRE_MAKER", "EXPIRE_BOTH"])
        return [
            "symbol": .string(symbol.venueName), "status": .string(statusWord),
            "baseAsset": .string(symbol.base.code), "baseAssetPrecision": .count(basePrecision),
            "quoteAsset": .string(symbol.quote.code), "quotePrecision": .count(quotePrecision), "quoteAssetPrecision": .count(quotePrecision),
            "baseCommissionPrecision": .count(basePrecision), "quoteCommissionPrecision": .count(quotePrecision),
            "orderTypes": .strings(OrderType.allCases.filter(orderTypes.contains).map(\.word).sorted()),
            "icebergAllowed": false, "ocoAllowed": .bool(orderLists.contains(.oco)), "otoAllowed": .bool(orderLists.contains(.oto)),
            "opoAllowed": false,
            "quoteOrderQtyMarketAllowed": .bool(allowsQuoteAmount), "allowTrailingStop": false, "cancelReplaceAllowed": .bool(allowsCancelReplace),
            "amendAllowed": false, "pegInstructionsAllowed": false, "isSpotTradingAllowed": true, "isMarginTradingAllowed": false,
            "filters": .array(filters), "permissions": [], "permissionSets": showsPermissions ? [["SPOT"]] : [],
            "defaultSelfTradePreventionMode": "EXPIRE_MAKER", "allowedSelfTradePreventionModes": modes
        ]
    }

    private var filters: [JSONValue] {
        func range(_ name: String, _ range: Range, _ suffix: (String, String, String)) -> JSONValue {
            .fields([
                ("filterType", .string(name)), (suffix.0, .amount(range.minimum ?? .zero)), (suffix.1, .amount(range.maximum ?? .zero)),
                (suffix.2, .amount(range.step ?? .zero))
            ])
        }
        func count(_ name: String, _ field: String, _ limit: Int?) -> JSONValue? {
            limit.map { .fields([("filterType", .string(name)), (field, .count($0))]) }
        }
        let quantities = ("minQty", "maxQty", "stepSize")
        var all = [
            range("PRICE_FILTER", price, ("minPrice", "maxPrice", "tickSize")), range("LOT_SIZE", lot, quantities),
            range("MARKET_LOT_SIZE", marketLot, quantities)
        ]
        if let percent = percentPrice {
            all.append([
                "filterType": "PERCENT_PRICE_BY_SIDE", "bidMultiplierUp": .string(percent.bidUp.description),
                "bidMultiplierDown": .string(percent.bidDown.description),
                "askMultiplierUp": .string(percent.askUp.description), "askMultiplierDown": .string(percent.askDown.description),
                "avgPriceMins": .count(averagingMinutes)
            ])
        }
        if let notional {
            all.append([
                "filterType": "NOTIONAL", "minNotional": .amount(notional.minimum ?? .zero),
                "applyMinToMarket": .bool(notional.appliesMinimumToMarket),
                "maxNotional": .amount(notional.maximum ?? FixedDecimal(9_000_000)), "applyMaxToMarket": .bool(notional.appliesMaximumToMarket),
                "avgPriceMins": .count(averagingMinutes)
            ])
        }
        if let maximumPosition { all.append(["filterType": "MAX_POSITION", "maxPosition": .amount(maximumPosition)]) }
        return all
            + [
                count("MAX_NUM_ORDERS", "maxNumOrders", maximumOrders), count("MAX_NUM_ORDER_LISTS", "maxNumOrderLists", maximumOrderLists),
                count("MAX_NUM_ALGO_ORDERS", "maxNumAlgoOrders", maximumAlgoOrders)
            ].compactMap { $0 }
    }
}
