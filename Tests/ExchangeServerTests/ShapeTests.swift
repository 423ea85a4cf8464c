// Every answer has exactly the fields the venue documents: against its own samples where they are at hand, and
// against lists of our own where they are not.
import ExchangeServer
import Kernel
import Ports
import StrictJSON
import Testing

@Suite struct ShapeTests {
    @Test("answers have the documented samples' fields", .enabled(if: Shared.isThere, "needs the reference data in ../shared"))
    func samples() async throws {
        try await Bench.with { bench async throws in
            func same(_ answer: JSONValue, _ description: String) throws {
                let sample = try #require(Shared.answer(description), "no sample '\(description)'")
                #expect(Self.difference(answer, sample, "") == [], "\(description)")
            }
            try same(try await bench.get("/api/v3/time").json, "server time")
            try same(try await bench.get("/api/v3/depth", "symbol=BTCUSDT").json, "depth")
            try same(try await bench.get("/api/v3/klines", "symbol=BTCUSDT&interval=1h&limit=3").json, "kline row")
            try same(try await bench.get("/api/v3/ticker/24hr").json, "24h array")
            try same(try await bench.get("/api/v3/ticker/bookTicker").json, "book ticker")
            try same(try await bench.signed(.get, "/api/v3/account").json, "account")
            let market = "symbol=BTCUSDT&side=SELL&type=MARKET&quantity=0.001"
            try same(try await bench.order(market + "&newOrderRespType=ACK").json, "ACK")
            try same(try await bench.order(market).json, "FULL with 5 fills")
            try same(
                try await bench.order("symbol=BTCUSDT&side=SELL&type=LIMIT&timeInForce=GTC&quantity=0.001&price=70000&newClientOrderId=a").json
                    .without("fills"),
                "FULL with 5 fills", leaving: ["fills"])
            try same(try await bench.signed(.get, "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=a").json, "order")
            try same(try await bench.signed(.get, "/api/v3/openOrders").json, "open")
            try same(try await bench.signed(.delete, "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=a").json, "cancelled LIMIT")
            try same(try await bench.signed(.get, "/api/v3/myTrades", "symbol=BTCUSDT").json, "trade with fee")

            func same(_ answer: JSONValue, _ description: String, leaving: [String]) throws {
                let sample = try #require(Shared.answer(description))
                #expect(Self.difference(answer, leaving.reduce(sample) { $0.without($1) }, "") == [], "\(description)")
            }
        }
    }

    @Test("order lists have the documented samples' fields", .enabled(if: Shared.isThere, "needs the reference data in ../shared"))
    func listSamples() async throws {
        try await Bench.with { bench async throws in
            let oco =
                "symbol=BTCUSDT&side=SELL&quantity=0.1&aboveType=LIMIT_MAKER&abovePrice=62000&belowType=STOP_LOSS_LIMIT&belowStopPrice=58000"
                + "&belowPrice=57000&belowTimeInForce=GTC"
            let working =
                "symbol=BTCUSDT&workingType=LIMIT&workingSide=BUY&workingPrice=50000&workingQuantity=0.1&workingTimeInForce=GTC&pendingSide=SELL"
                + "&pendingQuantity=0.09"
            let placed: [(String, String, String)] = [
                ("/api/v3/orderList/oco", oco, "OCO response"),
                ("/api/v3/orderList/oto", working + "&pendingType=MARKET", "OTO response"),
                (
                    "/api/v3/orderList/otoco",
                    working + "&pendingAboveType=LIMIT_MAKER&pendingAbovePrice=62000&pendingBelowType=STOP_LOSS_LIMIT"
                        + "&pendingBelowStopPrice=58000&pendingBelowPrice=57000&pendingBelowTimeInForce=IOC", "OTOCO response"
                )
            ]
            for (path, parameters, description) in placed {
                let answer = try await bench.signed(.post, path, parameters).json, sample = try #require(Shared.answer(description))
                // The sample's legs are of other kinds here and there: fields that depend on the kind are left out.
                let kinds = ["stopPrice", "icebergQty"]
                #expect(Self.difference(answer, sample, "", optional: kinds) == [], "\(description)")
            }
            let canceled = try await bench.signed(.delete, "/api/v3/orderList", "symbol=BTCUSDT&orderListId=1").json
            #expect(Self.difference(canceled, try #require(Shared.answer("cancel list")), "", optional: ["stopPrice"]) == [])
            let failed = try await bench.signed(
                .post, "/api/v3/order/cancelReplace",
                "symbol=BTCUSDT&side=SELL&type=LIMIT_MAKER&quantity=0.1&price=50000"
                    + "&cancelReplaceMode=ALLOW_FAILURE&cancelOrderId=99"
            ).json
            #expect(failed == Shared.answer("cancelReplace sample 4"))
        }
    }

    @Test(
        "the list of instruments has what client libraries read, in the documented shape",
        .enabled(if: Shared.isThere, "needs the reference data in ../shared"))
    func exchangeInfo() async throws {
        try await Bench.with { bench async throws in
            let all = try await bench.get("/api/v3/exchangeInfo")
            let symbol = try all.json["symbols"][0].value, sample = try #require(Shared.answer("exchangeInfo synthetic 8 symbols"))
            #expect(symbol.keys.isSuperset(of: try sample["symbols"][0].value.keys))
            let filters = try symbol["filters"].array.map { try $0["filterType"].string }
            #expect(
                filters == [
                    "PRICE_FILTER", "LOT_SIZE", "MARKET_LOT_SIZE", "PERCENT_PRICE_BY_SIDE", "NOTIONAL", "MAX_NUM_ORDERS", "MAX_NUM_ORDER_LISTS",
                    "MAX_NUM_ALGO_ORDERS"
                ])
            #expect(try all.json["rateLimits"].array.count == 4)
            for (query, count) in [
                ("symbol=ETHUSDT", 1), ("symbols=%5B%22ETHUSDT%22,%22BTCUSDT%22%5D", 2), ("permissions=SPOT", 2), ("symbolStatus=HALT", 0)
            ] {
                #expect(try await bench.get("/api/v3/exchangeInfo", query).json["symbols"].array.count == count, "\(query)")
            }
        }
    }

    @Test(
        "every public address answers",
        arguments: [
            ("ping", "", [String]()), ("avgPrice", "symbol=BTCUSDT", ["mins", "price", "closeTime"]),
            ("ticker/price", "symbol=BTCUSDT", ["symbol", "price"]),
            (
                "ticker/24hr", "symbol=BTCUSDT&type=MINI",
                [
                    "symbol", "openPrice", "highPrice", "lowPrice", "lastPrice", "volume", "quoteVolume", "openTime", "closeTime",
                    "firstId", "lastId", "count"
                ]
            )
        ])
    func publicAddresses(_ path: String, _ query: String, _ keys: [String]) async throws {
        try await Bench.with { bench async throws in
            let answer = try await bench.get("/api/v3/" + path, query)
            #expect(
                answer.status == 200 && answer.keys == Set(keys) && answer.header("content-type") == "application/json;charset=UTF-8",
                "\(answer.json)")
        }
    }

    @Test(
        "what client libraries ask when they start is there",
        arguments: [
            ("/sapi/v1/account/apiRestrictions", "enableWithdrawals"), ("/api/v3/account/commission?symbol=BTCUSDT", "standardCommission")
        ])
    func wallet(_ path: String, _ key: String) async throws {
        try await Bench.with { bench async throws in
            let parts = path.split(separator: "?").map(String.init)
            #expect(try await bench.signed(.get, parts[0], parts.count > 1 ? parts[1] : "").keys.contains(key))
            #expect(try await bench.signed(.get, "/sapi/v1/capital/config/getall").rows.count == 3)
            #expect(try await bench.signed(.get, "/sapi/v1/asset/tradeFee").rows.count == 2)
            #expect(try await bench.signed(.get, "/api/v3/rateLimit/order").rows.count == 2)
            for empty in ["margin/allPairs", "margin/isolated/allPairs", "margin/allAssets"] {
                #expect(try await bench.send(.get, "/sapi/v1/" + empty).json == [])
            }
        }
    }

    /// Paths that only one of two has, or whose kinds differ; of lists the first rows are compared.
    static func difference(_ a: JSONValue, _ b: JSONValue, _ path: String, optional: [String] = []) -> [String] {
        switch (a, b) {
        case (.object, .object):
            let names = a.keys.union(b.keys).filter { !optional.contains($0) }.sorted()
            return names.flatMap { name -> [String] in
                guard let left = a.member(name), let right = b.member(name) else {
                    return ["\(path).\(name) only in \(a.has(name) ? "the answer" : "the sample")"]
                }
                return difference(left, right, path + "." + name, optional: optional)
            }
        case (.array(let left), .array(let right)):
            guard let one = left.first, let other = right.first else { return left.isEmpty == right.isEmpty ? [] : ["\(path) empty on one side"] }
            return difference(one, other, path + "[0]", optional: optional)
        default: return a.kind == b.kind ? [] : ["\(path): \(a.kind) and \(b.kind)"]
        }
    }
}

extension JSONValue {
    func without(_ name: String) -> JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { $0.name != name })
    }
}
