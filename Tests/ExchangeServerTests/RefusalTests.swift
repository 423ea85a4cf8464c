// Each way a request can be wrong, and the exact words for it.
import ExchangeServer
import Kernel
import Ports
import StrictJSON
import Testing
import Trading

@Suite struct RefusalTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let parameters: String, status: Int, code: Int, message: String
        init(_ parameters: String, _ code: Int, _ message: String, status: Int = 400) {
            (self.parameters, self.code, self.message, self.status) = (parameters, code, message, status)
        }
        var testDescription: String { parameters }
    }
    private static let buy = "symbol=BTCUSDT&side=BUY&"
    private static func missing(_ name: String) -> String { "Mandatory parameter '\(name)' was not sent, was empty/null, or malformed." }
    private static let decimals = "legal range is '^([0-9]{1,20})(\\.[0-9]{1,20})?$'."

    static let orders: [Case] = [
        Case("side=BUY&type=MARKET&quantity=1", -1102, missing("symbol")),
        Case("symbol=&side=BUY&type=MARKET&quantity=1", -1105, "Parameter 'symbol' was empty."),
        Case("symbol=NOSUCH&side=BUY&type=MARKET&quantity=1", -1121, "Invalid symbol."),
        Case(
            "symbol=btcusdt&side=BUY&type=MARKET&quantity=1", -1100,
            "Illegal characters found in parameter 'symbol'; legal range is '^[A-Z0-9-_.]{1,20}$'."),
        Case("symbol=BTCUSDT&type=MARKET&quantity=1", -1102, missing("side")),
        Case("symbol=BTCUSDT&side=HOLD&type=MARKET&quantity=1", -1117, "Invalid side."),
        Case(buy + "quantity=1", -1102, missing("type")),
        Case(buy + "type=BRACKET&quantity=1", -1116, "Invalid orderType."),
        Case(buy + "type=LIMIT&quantity=1&price=60000", -1102, missing("timeInForce")),
        Case(buy + "type=LIMIT&quantity=1&price=60000&timeInForce=DAY", -1115, "Invalid timeInForce."),
        Case(buy + "type=LIMIT&timeInForce=GTC&price=60000", -1102, missing("quantity")),
        Case(buy + "type=LIMIT&timeInForce=GTC&quantity=1", -1102, missing("price")),
        Case(buy + "type=MARKET", -1102, "Param 'quantity' or 'quoteOrderQty' must be sent, but both were empty/null!"),
        Case(buy + "type=MARKET&quantity=1&quoteOrderQty=10", -1128, "Combination of optional parameters invalid."),
        Case(buy + "type=MARKET&quantity=1&timeInForce=GTC", -1106, "Parameter 'timeInForce' sent when not required."),
        Case(buy + "type=MARKET&quantity=1&price=1", -1106, "Parameter 'price' sent when not required."),
        Case(buy + "type=LIMIT_MAKER&quantity=1&price=1&timeInForce=GTC", -1106, "Parameter 'timeInForce' sent when not required."),
        Case(buy + "type=STOP_LOSS&quantity=0.1", -1102, "Param 'stopPrice' or 'trailingDelta' must be sent, but both were empty/null!"),
        Case(buy + "type=STOP_LOSS&quantity=0.1&trailingDelta=100", -1013, "Trailing stop orders are not supported for this symbol."),
        Case(buy + "type=LIMIT&timeInForce=GTC&quantity=0.1&price=50000&icebergQty=0.01", -1013, "Iceberg orders are not supported for this symbol."),
        Case(buy + "type=MARKET&quantity=abc", -1100, "Illegal characters found in parameter 'quantity'; " + decimals),
        Case(buy + "type=MARKET&quantity=-1", -1100, "Illegal characters found in parameter 'quantity'; " + decimals),
        Case(buy + "type=MARKET&quantity=1e3", -1100, "Illegal characters found in parameter 'quantity'; " + decimals),
        Case(buy + "type=MARKET&quantity=0.000000001", -1111, "Parameter 'quantity' has too much precision."),
        Case(buy + "type=MARKET&quantity=0", -1013, "Invalid quantity."),
        Case(buy + "type=LIMIT&timeInForce=GTC&quantity=1&price=0", -1013, "Invalid price."),
        Case(buy + "type=MARKET&quantity=0.000001", -1013, "Filter failure: LOT_SIZE"),
        Case(buy + "type=LIMIT&timeInForce=GTC&quantity=0.1&price=50000.001", -1013, "Filter failure: PRICE_FILTER"),
        Case(buy + "type=LIMIT&timeInForce=GTC&quantity=0.00001&price=50000", -1013, "Filter failure: NOTIONAL"),
        Case(buy + "type=MARKET&quoteOrderQty=4", -1013, "Filter failure: NOTIONAL"),
        Case(buy + "type=LIMIT&timeInForce=GTC&quantity=0.1&price=900000", -1013, "Filter failure: PERCENT_PRICE_BY_SIDE"),
        Case(buy + "type=MARKET&quoteOrderQty=100001", -2010, "Account has insufficient balance for requested action."),
        Case(buy + "type=LIMIT_MAKER&quantity=0.1&price=60001", -2010, "Order would immediately match and take."),
        Case(buy + "type=STOP_LOSS&quantity=0.1&stopPrice=59000", -2010, "Order would trigger immediately."),
        Case(
            buy + "type=MARKET&quantity=1&newClientOrderId=no%20spaces", -1100,
            "Illegal characters found in parameter 'newClientOrderId'; legal range is '^[a-zA-Z0-9-_]{1,36}$'."),
        Case(
            buy + "type=MARKET&quantity=1&newClientOrderId=" + String(repeating: "x", count: 37), -1100,
            "Illegal characters found in parameter 'newClientOrderId'; legal range is '^[a-zA-Z0-9-_]{1,36}$'."),
        Case(buy + "type=MARKET&quantity=1&side=SELL", -1101, "Duplicate values for a parameter detected."),
        Case(buy + "type=MARKET&quantity=1&price2=5", -1104, "Not all sent parameters were read; read '6' parameter(s) but was sent '7'."),
        Case(buy + "type=MARKET&quantity=%zz", -1100, "Illegal characters found in a parameter."),
        Case(buy + "type=MARKET&quantity=1&strategyType=5", -1134, "`strategyType` was less than 1000000.")
    ]

    @Test("a wrong order is refused in the venue's words and leaves no trace", arguments: orders)
    func order(_ row: Case) async throws {
        try await Bench.with { bench async throws in
            let before = bench.venue.audit.holdings
            for path in ["/api/v3/order", "/api/v3/order/test"] {
                let answer = try await bench.signed(.post, path, row.parameters)
                #expect(answer.status == row.status && answer.code == row.code && answer.message == row.message, "\(answer.json)")
            }
            #expect(bench.venue.audit.holdings == before && bench.venue.audit.orders.isEmpty)
        }
    }

    static let lists: [Case] = [
        Case(
            "quantity=0.1&aboveType=LIMIT_MAKER&abovePrice=59000&belowType=STOP_LOSS&belowStopPrice=58000", -2010,
            "The relationship of the prices for the orders is not correct."),
        Case(
            "quantity=0.1&aboveType=LIMIT_MAKER&abovePrice=62000&belowType=STOP_LOSS&belowStopPrice=61000", -2010,
            "The relationship of the prices for the orders is not correct."),
        Case(
            "quantity=0.1&aboveType=LIMIT_MAKER&abovePrice=62000&belowType=LIMIT_MAKER&belowPrice=61000", -1168,
            "At least one OCO order must be contingent."),
        Case(
            "quantity=0.1&aboveType=STOP_LOSS&aboveStopPrice=62000&belowType=TAKE_PROFIT&belowStopPrice=58000", -1197,
            "A stop loss order in a sell OCO must be below."),
        Case(
            "quantity=0.1&aboveType=MARKET&belowType=STOP_LOSS&belowStopPrice=58000", -1102,
            "Param 'aboveQuantity' or 'aboveQuoteOrderQty' must be sent, but both were empty/null!"),
        Case("quantity=0.1&aboveType=LIMIT_MAKER&abovePrice=62000", -1102, missing("belowType")),
        Case(
            "quantity=2&aboveType=LIMIT_MAKER&abovePrice=62000&belowType=STOP_LOSS&belowStopPrice=58000", -2010,
            "Account has insufficient balance for requested action.")
    ]

    @Test("a wrong list is refused in the venue's words", arguments: lists)
    func list(_ row: Case) async throws {
        try await Bench.with { bench async throws in
            let answer = try await bench.signed(.post, "/api/v3/orderList/oco", "symbol=BTCUSDT&side=SELL&" + row.parameters)
            #expect(answer.status == row.status && answer.code == row.code && answer.message == row.message, "\(answer.json)")
            #expect(bench.venue.audit.orders.isEmpty)
        }
    }

    @Test(
        "a wrong question is refused in the venue's words",
        arguments: [
            ("klines?symbol=BTCUSDT", -1102), ("klines?symbol=BTCUSDT&interval=7m", -1120), ("klines?symbol=BTCUSDT&interval=1H", -1120),
            ("klines?symbol=BTCUSDT&interval=1h&limit=0", -1130), ("klines?symbol=BTCUSDT&interval=1h&startTime=x", -1100),
            ("klines?symbol=BTCUSDT&interval=1h&startTime=99999999999999999999", -1108), ("time?x=1", -1101), ("ticker/24hr?type=HUGE", -1139),
            ("ticker/price?symbol=BTCUSDT&symbols=%5B%22BTCUSDT%22%5D", -1128), ("ticker/price?symbols=BTCUSDT", -1100),
            ("ticker/price?symbols=%5B%22BTCUSDT%22,%22BTCUSDT%22%5D", -1151), ("exchangeInfo?symbol=NOSUCH", -1121),
            ("exchangeInfo?symbolStatus=OPEN", -1122),
            ("depth", -1102)
        ])
    func question(_ target: String, _ code: Int) async throws {
        try await Bench.with { bench async throws in
            let answer = try await bench.send(.get, "/api/v3/" + target)
            #expect(answer.status == 400 && answer.code == code, "\(answer.json)")
        }
    }

    @Test(
        "a question about orders that are not there says so",
        arguments: [
            ("order", "symbol=BTCUSDT&orderId=9", -2013, "Order does not exist."),
            ("order", "symbol=BTCUSDT&origClientOrderId=x", -2013, "Order does not exist."),
            ("order", "symbol=BTCUSDT", -1102, "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!"),
            ("orderList", "orderListId=3", -2018, "Order list does not exist."),
            ("myTrades", "symbol=BTCUSDT&startTime=1&endTime=86400002", -1127, "More than 24 hours between startTime and endTime."),
            ("allOrders", "symbol=BTCUSDT&startTime=5&endTime=5", -1102, missing("endTime"))
        ])
    func unknown(_ path: String, _ query: String, _ code: Int, _ message: String) async throws {
        try await Bench.with { bench async throws in
            let answer = try await bench.signed(.get, "/api/v3/" + path, query)
            #expect(answer.status == 400 && answer.code == code && answer.message == message, "\(answer.json)")
        }
    }

    @Test("an address nobody serves is a page, and so is a wrong method")
    func addresses() async throws {
        try await Bench.with { bench async throws in
            for (method, path, status) in [(HTTPRequest.Method.get, "/api/v3/uiKlines2", 404), (.get, "/", 404), (.post, "/api/v3/ping", 405)] {
                let answer = try await bench.send(method, path)
                #expect(answer.status == status && answer.header("content-type") == "text/html" && answer.json == .null)
            }
        }
    }

    @Test("a halted symbol takes cancels and no orders")
    func halted() async throws {
        try await Bench.with { bench async throws in
            _ = try await bench.order("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=59000&newClientOrderId=a")
            bench.venue.setRules(.btc) { $0.status = .halted }
            let refused = try await bench.order("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01")
            #expect(refused.code == -1013 && refused.message == "Market is closed.")
            #expect(try await bench.get("/api/v3/exchangeInfo", "symbol=BTCUSDT").json["symbols"][0]["status"].string == "HALT")
            #expect(try await bench.signed(.delete, "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=a").status == 200)
        }
    }

    @Test("counts of open orders, of triggers and of lists are limited")
    func counts() async throws {
        try await Bench.with { bench async throws in
            bench.venue.setRules(.btc) { ($0.maximumOrders, $0.maximumAlgoOrders, $0.maximumOrderLists) = (3, 1, 1) }
            let stop = "symbol=BTCUSDT&side=SELL&type=STOP_LOSS&quantity=0.01&stopPrice=50000",
                rest = "symbol=BTCUSDT&side=BUY&type=LIMIT_MAKER&quantity=0.01&price=50000"
            #expect(try await bench.order(stop).status == 200)
            #expect(try await bench.order(stop).message == "Filter failure: MAX_NUM_ALGO_ORDERS")
            #expect(try await bench.order(rest).status == 200)
            #expect(try await bench.order(rest).status == 200)
            #expect(try await bench.order(rest).message == "Filter failure: MAX_NUM_ORDERS")
        }
    }
}
