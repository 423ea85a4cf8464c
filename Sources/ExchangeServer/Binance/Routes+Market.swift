// The market's addresses: anybody may ask.
import Kernel
import Market
import Matching
import Trading

extension Route {
    static let market: [Route] = [
        Route("GET", "/api/v3/ping", weight: 1) { (_, _) throws(BinanceError) in BinanceReply(.object([])) },
        Route("GET", "/api/v3/time", weight: 1) { (venue, _) throws(BinanceError) in BinanceReply(["serverTime": .time(venue.now)]) },
        Route("GET", "/api/v3/exchangeInfo", weight: 20, .none, ["symbol", "symbols", "permissions", "showPermissionSets", "symbolStatus"]) {
            (venue, parameters) throws(BinanceError) in BinanceReply(try venue.exchangeInfo(parameters))
        },
        Route("GET", "/api/v3/klines", weight: 2, .none, ["symbol", "interval", "startTime", "endTime", "timeZone", "limit"]) {
            (venue, parameters) throws(BinanceError) in BinanceReply(try venue.klines(parameters))
        },
        Route("GET", "/api/v3/ticker/price", weight: { $0.has("symbol") ? 2 : 4 }, .none, ["symbol", "symbols", "symbolStatus"]) {
            (venue, parameters) throws(BinanceError) in
            BinanceReply(
                try venue.tickers(parameters) { venue, symbol in
                    ["symbol": .string(symbol.venueName), "price": .price(venue.lastPrice(symbol))]
                })
        },
        Route("GET", "/api/v3/ticker/bookTicker", weight: { $0.has("symbol") ? 2 : 4 }, .none, ["symbol", "symbols", "symbolStatus"]) {
            (venue, parameters) throws(BinanceError) in BinanceReply(try venue.tickers(parameters) { $0.bookTicker($1) })
        },
        Route(
            "GET", "/api/v3/ticker/24hr", weight: { $0.has("symbol") ? 2 : $0.has("symbols") ? 40 : 80 }, .none,
            ["symbol", "symbols", "type", "symbolStatus"]
        ) { (venue, parameters) throws(BinanceError) in
            let isFull = try parameters.choice("type", .tickerType) { $0 == "FULL" ? true : $0 == "MINI" ? false : nil } ?? true
            return BinanceReply(try venue.tickers(parameters) { $0.dayTicker($1, isFull: isFull) })
        },
        Route("GET", "/api/v3/avgPrice", weight: 2, .none, ["symbol"]) { (venue, parameters) throws(BinanceError) in
            let symbol = try venue.symbol(parameters)
            return BinanceReply([
                "mins": .count(venue.rules(symbol).averagingMinutes), "price": .price(venue.core.averagePrice(symbol)), "closeTime": .time(venue.now)
            ])
        },
        Route("GET", "/api/v3/depth", weight: { depthWeight($0) }, .none, ["symbol", "limit", "symbolStatus"]) {
            (venue, parameters) throws(BinanceError) in
            let symbol = try venue.symbol(parameters)
            return BinanceReply(venue.depth(symbol, try parameters.limit(default: 100, maximum: 5_000)))
        },
        Route("GET", "/api/v3/trades", weight: 25, .none, ["symbol", "limit"]) { (venue, parameters) throws(BinanceError) in
            let symbol = try venue.symbol(parameters)
            return BinanceReply(venue.trades(symbol, try parameters.limit(default: 500, maximum: 1_000)))
        },
        Route("GET", "/api/v3/aggTrades", weight: 4, .none, ["symbol", "fromId", "startTime", "endTime", "limit"]) {
            (venue, parameters) throws(BinanceError) in BinanceReply(try venue.aggregateTrades(parameters))
        }
    ]

    private static func depthWeight(_ parameters: Parameters) -> Int {
        switch (try? parameters.limit(default: 100, maximum: 5_000)) ?? 100 {
        case ...100: 5
        case ...500: 25
        case ...1_000: 50
        default: 250
        }
    }
}
