// Orders from placing to the end, as a client sees them, and the books behind them.
import ExchangeServer
import Kernel
import Market
import Ports
import StrictJSON
import Testing
import Trading

@Suite struct OrderLifeTests {
    @Test("a market buy is answered in full, charged in coins, and the books agree")
    func marketBuy() async throws {
        try await Bench.with { bench async throws in
            let bought = try await bench.order("symbol=BTCUSDT&side=BUY&type=MARKET&quoteOrderQty=600&newClientOrderId=buy-1")
            #expect(bought.status == 200 && bought.text("status") == "FILLED" && bought.text("clientOrderId") == "buy-1")
            #expect(bought.text("executedQty") == "0.00999000" && bought.text("cummulativeQuoteQty") == "599.40009990")
            #expect(bought.text("origQuoteOrderQty") == "600.00000000" && bought.text("price") == "0.00000000" && bought.text("timeInForce") == "GTC")
            let fill = try bought.json["fills"][0].value
            #expect(fill.text("price") == "60000.01000000" && fill.text("commission") == "0.00000999" && fill.text("commissionAsset") == "BTC")
            let account = try await bench.signed(.get, "/api/v3/account", "omitZeroBalances=true")
            let coins = try account.json["balances"].array.map { try $0.value }.first { $0.text("asset") == "BTC" }
            #expect(coins?.text("free") == "1.00998001")
            let trades = try await bench.signed(.get, "/api/v3/myTrades", "symbol=BTCUSDT&orderId=1")
            #expect(trades.rows.count == 1 && trades.rows[0].text("quoteQty") == "599.40009990" && trades.rows[0].member("isMaker") == false)
            #expect(bench.venue.audit.isSound)
        }
    }

    @Test(
        "the answer has as much in it as was asked for, and each type's usual much",
        arguments: [
            ("type=MARKET&quantity=0.001", ["fills", "status"], []),
            ("type=LIMIT&timeInForce=GTC&quantity=0.001&price=50000", ["fills", "status"], []),
            ("type=LIMIT_MAKER&quantity=0.001&price=50000", ["transactTime"], ["status", "fills"]),
            ("type=MARKET&quantity=0.001&newOrderRespType=ACK", ["orderId"], ["status"]),
            ("type=MARKET&quantity=0.001&newOrderRespType=RESULT", ["status"], ["fills"])
        ])
    func responseTypes(_ parameters: String, _ present: [String], _ absent: [String]) async throws {
        try await Bench.with { bench async throws in
            let answer = try await bench.order("symbol=BTCUSDT&side=BUY&" + parameters)
            #expect(answer.status == 200 && answer.keys.isSuperset(of: present) && answer.keys.isDisjoint(with: absent), "\(answer.json)")
        }
    }

    @Test("a resting order is found by both names, fills when the market comes, and is then not to be cancelled")
    func resting() async throws {
        try await Bench.with { bench async throws in
            let placed = try await bench.order("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=59000&newClientOrderId=rest")
            #expect(placed.text("status") == "NEW")
            #expect(try await bench.signed(.get, "/api/v3/openOrders", "symbol=BTCUSDT").rows.count == 1)
            #expect(bench.venue.audit.holding(.usdt).locked == FixedDecimal(590))
            bench.venue.setPrice(.btc, Price("58000")!)
            for name in ["orderId=1", "origClientOrderId=rest", "orderId=1&origClientOrderId=rest"] {
                let found = try await bench.signed(.get, "/api/v3/order", "symbol=BTCUSDT&" + name)
                #expect(found.text("status") == "FILLED" && found.text("cummulativeQuoteQty") == "590.00000000" && found.integer("orderId") == 1)
            }
            #expect(try await bench.signed(.get, "/api/v3/myTrades", "symbol=BTCUSDT").rows.first?.member("isMaker") == true)
            let cancel = try await bench.signed(.delete, "/api/v3/order", "symbol=BTCUSDT&orderId=1")
            #expect(cancel.status == 400 && cancel.code == -2011 && cancel.message == "Unknown order sent.")
            #expect(bench.venue.audit.isSound)
        }
    }

    @Test("a cancel's answer carries the cancel's id, and the order keeps its own")
    func cancelIds() async throws {
        try await Bench.with { bench async throws in
            _ = try await bench.order("symbol=BTCUSDT&side=SELL&type=LIMIT&timeInForce=GTC&quantity=0.01&price=70000&newClientOrderId=mine")
            let canceled = try await bench.signed(.delete, "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=mine&newClientOrderId=away")
            #expect(canceled.text("clientOrderId") == "away" && canceled.text("origClientOrderId") == "mine" && canceled.text("status") == "CANCELED")
            #expect(try await bench.signed(.get, "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=mine").text("clientOrderId") == "mine")
            #expect(bench.venue.audit.holding(Symbol.btc.base).locked.isZero)
        }
    }

    @Test("a client id is free again once its order is filled, and not before")
    func clientIds() async throws {
        try await Bench.with { bench async throws in
            let resting = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=59000&newClientOrderId=same"
            #expect(try await bench.order(resting).status == 200)
            let again = try await bench.order(resting)
            #expect(again.code == -2010 && again.message == "Duplicate order sent.")
            bench.venue.setPrice(.btc, Price("58000")!)
            #expect(try await bench.order("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.001&newClientOrderId=same").status == 200)
            #expect(bench.venue.audit.orders(ClientOrderId("same")!).count == 2)
        }
    }

    @Test(
        "an OCO's stop fills when the price falls and the target expires with it",
        arguments: [
            ("/api/v3/orderList/oco", "aboveType=LIMIT_MAKER&abovePrice=62000&belowType=STOP_LOSS&belowStopPrice=58000"),
            ("/api/v3/order/oco", "price=62000&stopPrice=58000&stopLimitPrice=57000&stopLimitTimeInForce=GTC")
        ])
    func oco(_ path: String, _ legs: String) async throws {
        try await Bench.with { bench async throws in
            let placed = try await bench.signed(.post, path, "symbol=BTCUSDT&side=SELL&quantity=0.5&listClientOrderId=guard&" + legs)
            #expect(
                placed.status == 200 && placed.text("contingencyType") == "OCO" && placed.text("listOrderStatus") == "EXECUTING", "\(placed.json)")
            #expect(try placed.json["orderReports"].array.count == 2)
            #expect(bench.venue.audit.holding(Symbol.btc.base).locked == "0.5")
            bench.venue.setPrice(.btc, Price("57500")!)
            let list = try await bench.signed(.get, "/api/v3/orderList", "origClientOrderId=guard")
            #expect(list.text("listOrderStatus") == "ALL_DONE" && !list.keys.contains("orderReports"))
            let all = try await bench.signed(.get, "/api/v3/allOrders", "symbol=BTCUSDT")
            #expect(Set(all.rows.compactMap { $0.text("status") }) == ["FILLED", "EXPIRED"])
            #expect(bench.venue.audit.isSound)
        }
    }

    @Test("an OTOCO's pair waits for the entry, stands after it, and goes when one leg is cancelled")
    func otoco() async throws {
        try await Bench.with { bench async throws in
            let placed = try await bench.signed(
                .post, "/api/v3/orderList/otoco",
                "symbol=BTCUSDT&workingType=LIMIT&workingSide=BUY&workingPrice=59000"
                    + "&workingQuantity=0.1&workingTimeInForce=GTC&pendingSide=SELL&pendingQuantity=0.0999"
                    + "&pendingAboveType=LIMIT_MAKER&pendingAbovePrice=62000"
                    + "&pendingBelowType=STOP_LOSS_LIMIT&pendingBelowStopPrice=57000&pendingBelowPrice=56000&pendingBelowTimeInForce=GTC")
            #expect(placed.status == 200 && placed.text("contingencyType") == "OTO", "\(placed.json)")
            #expect(try placed.json["orderReports"].array.map { try $0["status"].string } == ["NEW", "PENDING_NEW", "PENDING_NEW"])
            bench.venue.setPrice(.btc, Price("58500")!)
            let open = try await bench.signed(.get, "/api/v3/openOrders")
            #expect(open.rows.map { $0.text("status") } == ["NEW", "NEW"] && open.rows.map { $0.member("isWorking") } == [true, false])
            #expect(try await bench.signed(.get, "/api/v3/openOrderList").rows.count == 1)
            let gone = try await bench.signed(.delete, "/api/v3/orderList", "symbol=BTCUSDT&orderListId=1")
            #expect(gone.text("listOrderStatus") == "ALL_DONE")
            #expect(try await bench.signed(.get, "/api/v3/openOrders").rows.isEmpty)
            #expect(bench.venue.audit.isSound)
        }
    }

    @Test(
        "cancel-replace tells two results, and stops where it was told to",
        arguments: [
            ("STOP_ON_FAILURE", 1, 200, nil, "SUCCESS", "SUCCESS"), ("STOP_ON_FAILURE", 9, 400, -2022, "FAILURE", "NOT_ATTEMPTED"),
            ("ALLOW_FAILURE", 9, 409, -2021, "FAILURE", "SUCCESS")
        ] as [(String, Int, Int, Int?, String, String)])
    func cancelReplace(_ mode: String, _ old: Int, _ status: Int, _ code: Int?, _ cancel: String, _ placement: String) async throws {
        try await Bench.with { bench async throws in
            _ = try await bench.order("symbol=BTCUSDT&side=SELL&type=LIMIT&timeInForce=GTC&quantity=0.6&price=70000")
            let answer = try await bench.signed(
                .post, "/api/v3/order/cancelReplace",
                "symbol=BTCUSDT&side=SELL&type=LIMIT&timeInForce=GTC&quantity=0.3&price=71000"
                    + "&cancelReplaceMode=\(mode)&cancelOrderId=\(old)")
            let data = status == 200 ? answer.json : answer.json.member("data") ?? nil
            #expect(
                answer.status == status && answer.code == code && data.text("cancelResult") == cancel && data.text("newOrderResult") == placement,
                "\(answer.json)")
        }
    }

    @Test("cancelling everything answers orders and lists together, and nothing left is an error")
    func cancelAll() async throws {
        try await Bench.with { bench async throws in
            _ = try await bench.order("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=50000")
            _ = try await bench.signed(
                .post, "/api/v3/orderList/oco",
                "symbol=BTCUSDT&side=SELL&quantity=0.5&aboveType=LIMIT_MAKER&abovePrice=62000"
                    + "&belowType=STOP_LOSS&belowStopPrice=58000")
            let canceled = try await bench.signed(.delete, "/api/v3/openOrders", "symbol=BTCUSDT")
            #expect(canceled.rows.map { $0.text("contingencyType") } == [nil, "OCO"])
            #expect(try await bench.signed(.delete, "/api/v3/openOrders", "symbol=BTCUSDT").code == -2011)
        }
    }
}
