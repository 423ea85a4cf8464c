// The adapter's good days: what it sends, signed as it is sent, and what it reads.
import Kernel
import Market
import Ports
import Signing
import TestSupport
import Testing
import Trading

@testable import VenueBinance

@Suite("Binance exchange")
struct BinanceExchangeTests {
    static let quantity = Quantity("0.5")!, price = Price("70000")!, trigger = Price("60000.5")!

    @Test("an order goes in the body, a question in the query, both signed over the very bytes sent, stamped by the venue's clock")
    func signed() async throws {
        let bench = try BinanceBench { [start = FakeClock().now] request in
            request.target == "/api/v3/time" ? .json("{\"serverTime\":\(start.milliseconds + 1_500)}") : .json(BinanceBench.filled())
        }
        defer { bench.server.stop() }
        #expect(try await bench.exchange.measureClock().offset.milliseconds == 1_500)
        let order = try await bench.exchange.submit(BinanceBench.order, .ordinary)
        #expect(
            (order.status, order.executedQuantity, order.executedQuote, order.averagePrice) == (.filled, Quantity("0.001"), "99.5", Price("99500")))
        _ = try await bench.exchange.order(BinanceBench.reference)
        let requests = bench.server.requests
        #expect(requests[1].target == "/api/v3/order")
        for payload in [String(decoding: requests[1].body, as: UTF8.self), String(requests[2].target.dropFirst("/api/v3/order?".count))] {
            let parts = payload.split(separator: "&signature=")
            #expect(parts[0].hasSuffix("&recvWindow=5000&timestamp=\(bench.clock.now.milliseconds + 1_500)"))
            #expect(parts[1] == Hex.encode(HMAC.sha256(key: Array(BinanceBench.secret.utf8), Array(parts[0].utf8))))
        }
        #expect(requests[1].header("content-type") == "application/x-www-form-urlencoded")
        #expect(requests[1].header("x-mbx-apikey") == BinanceBench.apiKey && requests[0].header("x-mbx-apikey") == nil)
        #expect(
            String(decoding: requests[1].body, as: UTF8.self).hasPrefix(
                "symbol=BTCUSDT&side=BUY&type=MARKET&newClientOrderId=CR2026010514BTCE0&newOrderRespType=FULL&quoteOrderQty=100&"))
    }

    @Test("an Ed25519 signature travels percent-encoded")
    func ed25519() throws {
        let key = BinanceKey(name: Secret("canary"), ed25519: try #require(Ed25519Key(seed: [UInt8](repeating: 7, count: 32))))
        let request = Call.account.request(
            host: .testnet, key: key, at: Timestamp(milliseconds: 1), receiveWindow: .seconds(5), timeout: .seconds(1))
        #expect(request.url.hasPrefix("https://testnet.binance.vision/api/v3/account?recvWindow=5000&timestamp=1&signature="))
        #expect(!request.url.contains("+") && !request.url.contains("==") && request.url.hasSuffix("%3D%3D"))
        #expect(!"\(key)".contains("canary"))
    }

    @Test(
        "each kind of order has the parameters of its kind and no others",
        arguments: [
            (OrderKind.market(.base(quantity)), "type=MARKET", "quantity=0.5"),
            (.market(.quote("25.5")), "type=MARKET", "quoteOrderQty=25.5"),
            (.limit(quantity, price: price, .fillOrKill), "type=LIMIT", "quantity=0.5&price=70000&timeInForce=FOK"),
            (.limitMaker(quantity, price: price), "type=LIMIT_MAKER", "quantity=0.5&price=70000"),
            (.stopLoss(quantity, trigger: trigger), "type=STOP_LOSS", "quantity=0.5&stopPrice=60000.5"),
            (.takeProfit(quantity, trigger: trigger), "type=TAKE_PROFIT", "quantity=0.5&stopPrice=60000.5"),
            (
                .stopLossLimit(quantity, trigger: trigger, price: price, .goodTillCancel), "type=STOP_LOSS_LIMIT",
                "quantity=0.5&price=70000&stopPrice=60000.5&timeInForce=GTC"
            ),
            (
                .takeProfitLimit(quantity, trigger: trigger, price: price, .immediateOrCancel), "type=TAKE_PROFIT_LIMIT",
                "quantity=0.5&price=70000&stopPrice=60000.5&timeInForce=IOC"
            )
        ])
    func kinds(_ kind: OrderKind, _ type: String, _ numbers: String) {
        let call = Call.submit(OrderRequest(id: BinanceBench.id, symbol: BinanceBench.bitcoin, side: .sell, kind: kind))
        let text = call.parameters.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
        #expect(text == "symbol=BTCUSDT&side=SELL&\(type)&newClientOrderId=CR2026010514BTCE0&newOrderRespType=FULL&\(numbers)")
    }

    @Test("fills, fees in a third asset, a leg's list and a cancelled order's own name are read")
    func reading() async throws {
        let fills = ",\"fills\":[{\"price\":\"99500.0\",\"qty\":\"0.001\",\"commission\":\"0.0001\",\"commissionAsset\":\"BNB\",\"tradeId\":56}]"
        let bench = try BinanceBench { request in
            request.method == "POST"
                ? .json(BinanceBench.filled(more: fills))
                : .json(
                    BinanceBench.filled(
                        client: "CANCEL-1", status: "CANCELED", more: ",\"origClientOrderId\":\"\(BinanceBench.id)\",\"stopPrice\":\"1.5\""))
        }
        defer { bench.server.stop() }
        let trade = try #require(try await bench.exchange.submit(BinanceBench.order, .ordinary).trades.first)
        #expect((trade.id, trade.fee, trade.order) == ("56", Money("0.0001", Currency("BNB")!), VenueOrderId(28)))
        let cancelled = try await bench.exchange.cancel(BinanceBench.reference, .protective)
        #expect((cancelled.clientId, cancelled.status, cancelled.trigger) == (BinanceBench.id, .canceled, Price("1.5")))
    }

    @Test("F027 a word nobody knew is kept as unrecognised; a number that is no string, a missing field or nonsense is malformed")
    func F027_newWords() async throws {
        let bench = try BinanceBench { _ in .json(BinanceBench.filled(status: "HALF_FILLED")) }
        defer { bench.server.stop() }
        #expect(try await bench.exchange.order(BinanceBench.reference).status == .unrecognised("HALF_FILLED"))
        let fill = "{\"price\":\"99500\",\"qty\":\"0.001\",\"commission\":\"0\",\"commissionAsset\":\"BTC\",\"tradeId\":56}"
        let bodies = [
            BinanceBench.filled(executed: "0.001"), BinanceBench.filled(executed: "null"), BinanceBench.filled(executed: "\"-1\""),
            BinanceBench.filled(executed: "\"2\""),
            BinanceBench.filled(executed: "\"0\""), BinanceBench.filled(executed: "\"1e-30\""), BinanceBench.filled(side: "SHORT"),
            BinanceBench.filled(more: ",\"fills\":{}"), BinanceBench.filled(more: ",\"fills\":[{}]"), BinanceBench.filled(more: ",\"stopPrice\":5"),
            BinanceBench.filled(more: ",\"fills\":[\(fill),\(fill)]")
        ]
        for body in bodies {
            let bench = try BinanceBench { _ in .json(body) }
            defer { bench.server.stop() }
            #expect(await bench.submit()?.kind == "malformed", "\(body)")
        }
    }

    @Test("F024 a replacement half done is two results; refused as a whole it is one error")
    func F024_cancelReplace() async throws {
        let done = BinanceBench.filled(status: "CANCELED"), no = BinanceBench.refusal(-2_010, "Order would immediately match and take.")
        let gone = BinanceBench.refusal(-2_011, "Unknown order sent.")
        func answer(_ cancel: String, _ placed: String, _ first: String, _ second: String) -> String {
            "{\"cancelResult\":\"\(cancel)\",\"newOrderResult\":\"\(placed)\",\"cancelResponse\":\(first),\"newOrderResponse\":\(second)}"
        }
        func wrapped(_ code: Int, _ data: String) -> String { "{\"code\":\(code),\"msg\":\"Order cancel-replace failed.\",\"data\":\(data)}" }
        let cases: [(Int, String, cancel: String, placement: String)] = [
            (200, answer("SUCCESS", "SUCCESS", done, BinanceBench.filled()), "canceled", "filled"),
            (409, wrapped(-2_021, answer("SUCCESS", "FAILURE", done, no)), "canceled", "rejected wouldMatchImmediately"),
            (400, wrapped(-2_022, answer("FAILURE", "NOT_ATTEMPTED", gone, "null")), "rejected unknownOrder", "none"),
            (400, wrapped(-2_022, answer("FAILURE", "FAILURE", gone, no)), "rejected unknownOrder", "rejected wouldMatchImmediately"),
            (409, wrapped(-2_021, answer("SUCCESS", "FAILURE", "{}", no)), "malformed", "rejected wouldMatchImmediately")
        ]
        func word(_ result: Result<VenueOrder, ExchangeError>?) -> String {
            switch result {
            case .success(let order): "\(order.status)"
            case .failure(let error): error.kind
            case nil: "none"
            }
        }
        for (status, body, cancel, placement) in cases {
            let bench = try BinanceBench { _ in .json(body, status: status) }
            defer { bench.server.stop() }
            let outcome = try await bench.exchange.replace(BinanceBench.reference, with: BinanceBench.order, .ordinary)
            #expect((word(outcome.cancel), word(outcome.placement)) == (cancel, placement))
        }
        for (status, body, kind) in [
            (400, BinanceBench.refusal(-1_102, "missing"), "rejected invalidParameter"), (409, "<html>", "malformed"), (502, "", "outcomeUnknown"),
            (409, BinanceBench.refusal(-2_021, "Order cancel-replace partially failed."), "outcomeUnknown")
        ] {
            let bench = try BinanceBench { _ in .json(body, status: status) }
            defer { bench.server.stop() }
            #expect(
                await exchangeError { () throws(ExchangeError) in
                    try await bench.exchange.replace(BinanceBench.reference, with: BinanceBench.order, .ordinary)
                }?.kind == kind)
        }
    }

    @Test("after a refusal for the clock the next signed request measures it first; the order itself is not sent again")
    func clockSkew() async throws {
        let counter = Counter()
        let bench = try BinanceBench { request in
            if request.target == "/api/v3/time" { return .json("{\"serverTime\":1767621660000}") }
            return counter.next() == 0
                ? .json(BinanceBench.refusal(-1_021, "Timestamp for this request is outside of the recvWindow."), status: 400)
                : .json(BinanceBench.filled())
        }
        defer { bench.server.stop() }
        #expect(await bench.submit()?.kind == "clockSkew")
        #expect(bench.server.requests.count == 1)
        #expect(await bench.ask() == nil)
        #expect(await bench.ask() == nil)
        #expect(bench.server.requests.map { $0.target.prefix { $0 != "?" } } == ["/api/v3/order", "/api/v3/time", "/api/v3/order", "/api/v3/order"])
        #expect(bench.server.requests[2].target.contains("timestamp=1767621660000"))
    }

    @Test("nothing open to cancel is an empty list; orders and lists come in one answer")
    func cancelAll() async throws {
        let list =
            "{\"orderListId\":5,\"contingencyType\":\"OCO\",\"listStatusType\":\"ALL_DONE\",\"listOrderStatus\":\"ALL_DONE\","
            + "\"listClientOrderId\":\"L\",\"transactionTime\":1767621600123,"
            + "\"symbol\":\"BTCUSDT\",\"orders\":[],\"orderReports\":[\(BinanceBench.filled(status: "CANCELED"))]}"
        for (status, body, count) in [
            (400, BinanceBench.refusal(-2_011, "Unknown order sent."), 0), (200, "[]", 0),
            (200, "[\(BinanceBench.filled(status: "CANCELED")),\(list)]", 2)
        ] {
            let bench = try BinanceBench { _ in .json(body, status: status) }
            defer { bench.server.stop() }
            #expect(try await bench.exchange.cancelAll(BinanceBench.bitcoin, .protective).count == count)
        }
    }

    @Test("a cancel that the venue would not do is no empty list")
    func cancelRefused() async throws {
        let bench = try BinanceBench { _ in .json(BinanceBench.refusal(-2_011, "Order was not canceled due to cancel restrictions."), status: 400) }
        defer { bench.server.stop() }
        let error = await exchangeError { () throws(ExchangeError) in try await bench.exchange.cancelAll(BinanceBench.bitcoin, .protective) }
        #expect(error?.kind == "rejected other")
    }

    @Test("filled with less than was ordered makes no sense, and ends no asking")
    func filledWithLess() async throws {
        let bench = try BinanceBench { _ in .json(BinanceBench.filled(executed: "\"0.00050000\"")) }
        defer { bench.server.stop() }
        #expect(await bench.submit()?.kind == "malformed")
        #expect(await bench.ask()?.kind == "malformed")
    }

    @Test("open orders of all instruments: those outside our alphabet are named, not dropped")
    func foreign() async throws {
        let info =
            "{\"symbols\":[{\"symbol\":\"BTCUSDT\",\"status\":\"BREAK\",\"baseAsset\":\"BTC\",\"quoteAsset\":\"USDT\",\"isSpotTradingAllowed\":true,"
            + "\"filters\":["
            + "{\"filterType\":\"PRICE_FILTER\",\"minPrice\":\"0\",\"maxPrice\":\"0\",\"tickSize\":\"0.01\"},{\"filterType\":\"LOT_SIZE\","
            + "\"minQty\":\"0\",\"maxQty\":\"9\",\"stepSize\":\"0.001\"}]}]}"
        let bench = try BinanceBench { request in
            request.target.hasPrefix("/api/v3/exchangeInfo")
                ? .json(info)
                : .json("[\(BinanceBench.filled(symbol: "币安USDT")),\(BinanceBench.filled()),\(BinanceBench.filled(symbol: "另USDT"))]")
        }
        defer { bench.server.stop() }
        let open = try await bench.exchange.openOrders(nil)
        #expect(open.orders.map(\.symbol) == [BinanceBench.bitcoin])
        #expect(open.foreign == ["另USDT", "币安USDT"].sorted())
        #expect(try await bench.exchange.openOrders(nil) == open)
        // The list of all names is dear: it is asked for once.
        #expect(bench.server.requests.filter { $0.target.hasPrefix("/api/v3/exchangeInfo") }.count == 1)
    }
}
