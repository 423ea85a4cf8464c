// The addresses of the account: balances, fees, trades, counts of orders.
import Kernel
import Market
import Matching
import StrictJSON

extension Route {
    static let account: [Route] = [
        Route("GET", "/api/v3/account", weight: 20, .read, ["omitZeroBalances"]) { (venue, parameters) throws(BinanceError) in
            BinanceReply(venue.account(omitsZeros: try parameters.flag("omitZeroBalances") ?? false))
        },
        Route("GET", "/api/v3/account/commission", weight: 20, .read, ["symbol"]) { (venue, parameters) throws(BinanceError) in
            let symbol = try venue.symbol(parameters)
            let zero: JSONValue = ["maker": .amount(.zero), "taker": .amount(.zero), "buyer": .amount(.zero), "seller": .amount(.zero)]
            return BinanceReply([
                "symbol": .string(symbol.venueName), "standardCommission": venue.commissionRates, "specialCommission": zero, "taxCommission": zero,
                "discount": ["enabledForAccount": false, "enabledForSymbol": false, "discountAsset": "BNB", "discount": .amount(.zero)]
            ])
        },
        Route("GET", "/api/v3/rateLimit/order", weight: 40, .read) { (venue, _) throws(BinanceError) in
            func row(_ interval: String, _ number: Int, _ limit: Int, _ count: Int) -> JSONValue {
                [
                    "rateLimitType": "ORDERS", "interval": .string(interval), "intervalNum": .count(number), "limit": .count(limit),
                    "count": .count(count)
                ]
            }
            let counts = venue.counts
            return BinanceReply([
                row("SECOND", 10, counts.limits.ordersPerTenSeconds, counts.tenSeconds), row("DAY", 1, counts.limits.ordersPerDay, counts.day)
            ])
        },
        Route(
            "GET", "/api/v3/myTrades", weight: { $0.has("orderId") ? 5 : 20 }, .read, ["symbol", "orderId", "startTime", "endTime", "fromId", "limit"]
        ) {
            (venue, parameters) throws(BinanceError) in BinanceReply(try venue.myTrades(parameters))
        }
    ]
}

extension VenueState {
    var commissionRates: JSONValue {
        ["maker": .amount(settings.makerFee.value), "taker": .amount(settings.takerFee.value), "buyer": .amount(.zero), "seller": .amount(.zero)]
    }

    fileprivate func account(omitsZeros: Bool) -> JSONValue {
        func points(_ rate: Ratio) -> JSONValue { .integer(Int64((rate.value.double * 10_000).rounded())) }
        let held = core.balances(.trader)
        // Every asset there is has a row, held or not.
        let empty = omitsZeros ? [] : currencies.filter { currency in !held.contains { $0.currency == currency } }
        let rows: [(Currency, FixedDecimal, FixedDecimal)] =
            held.filter { !omitsZeros || $0.total.isPositive }.map { ($0.currency, $0.free, $0.locked) }
            + empty.map { ($0, .zero, .zero) }
        return [
            "makerCommission": points(settings.makerFee), "takerCommission": points(settings.takerFee), "buyerCommission": 0, "sellerCommission": 0,
            "commissionRates": commissionRates, "canTrade": true, "canWithdraw": true, "canDeposit": true, "brokered": false,
            "requireSelfTradePrevention": false, "preventSor": false, "updateTime": .time(now), "accountType": "SPOT",
            "balances": .array(rows.sorted { $0.0 < $1.0 }.map { ["asset": .string($0.0.code), "free": .amount($0.1), "locked": .amount($0.2)] }),
            "permissions": ["SPOT"], "uid": 354_937_868
        ]
    }

    fileprivate func myTrades(_ parameters: Parameters) throws(BinanceError) -> JSONValue {
        let symbol = try symbol(parameters), order = try parameters.integer("orderId"), from = try parameters.integer("fromId")
        let window = try parameters.window(), limit = try parameters.limit(default: 500, maximum: 1_000)
        guard from == nil || !parameters.has("startTime") && !parameters.has("endTime") else { throw .combination }
        let found = core.fills(.trader, symbol).filter { trade in
            trade.id >= from ?? 0 && window.contains(trade.time) && order.map { trade.maker.order == $0 || trade.taker.order == $0 } ?? true
        }
        let shown = from == nil && !parameters.has("startTime") ? found.suffix(limit) : found.prefix(limit)
        // Both sides may be the account's: then there is a row for each order.
        return .array(
            shown.flatMap { trade in
                [trade.maker, trade.taker].compactMap { party in
                    guard party.account == .trader, let id = party.order, order == nil || order == id else { return nil }
                    return core.order(id).map { trade.row(of: $0) }
                }
            })
    }
}
