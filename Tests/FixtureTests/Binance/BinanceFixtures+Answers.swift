// Binance's recorded answers read by our adapter, and held against what the recorder read and, where that is a
// matter of opinion, against the answer itself. An order's own name in a cancel's answer is `origClientOrderId`.
import Kernel
import Market
import Ports
import StrictJSON
import Testing
import Trading

@testable import VenueBinance

extension BinanceFixtures {
    func reasonNotOurs(answer fixture: Fixture) -> String? {
        switch fixture.method {
        case "createOrder", "cancelOrder", "cancelAllOrders", "editOrder", "fetchOrder", "fetchOpenOrders", "fetchOrders", "fetchClosedOrders",
            "fetchMyTrades", "fetchOrderTrades",
            "fetchBalance", "fetchTradingFee", "fetchMarkets", "fetchTime", "fetchOrderBook", "fetchOHLCV", "fetchTicker", "fetchTickers",
            "fetchBidsAsks":
            return nil
        case "raw":
            if (try? fixture.answer.array) != nil || fixture.answer["contingencyType"].isThere { return nil }
            return fixture.answer["amendedOrder"].isThere ? "an order amended in place" : "nobody here asks for it"
        default: return "nobody here asks for it"
        }
    }

    func check(answer fixture: Fixture) async throws {
        let transport = RecordingTransport(status: fixture.status, fixture.body)
        let exchange = exchange(transport)
        switch fixture.method {
        case "createOrder": try compare(try await exchange.submit(placed(fixture), .ordinary), fixture.parsed, fixture.answer)
        case "cancelOrder": try compare(try await exchange.cancel(reference(fixture, symbolAt: 1), .ordinary), fixture.parsed, fixture.answer)
        case "fetchOrder": try compare(try await exchange.order(reference(fixture, symbolAt: 1)), fixture.parsed, fixture.answer)
        case "fetchOpenOrders": try compare(try await exchange.openOrders(symbol(fixture, 0)).orders, fixture)
        case "fetchOrders", "fetchClosedOrders": try compare(try await exchange.orders(symbol(fixture, 0)), fixture)
        case "cancelAllOrders", "raw": try await checkLists(fixture, exchange)
        case "editOrder": try await checkReplacement(fixture, exchange)
        case "fetchMyTrades", "fetchOrderTrades": try await checkTrades(fixture, exchange)
        case "fetchBalance": try await checkAccount(fixture, exchange)
        case "fetchTradingFee":
            let fees = try await exchange.fees(symbol(fixture, 0))
            #expect((fees.maker.value, fees.taker.value) == (try fixture.parsed["maker"].decimal, try fixture.parsed["taker"].decimal))
        case "fetchMarkets": try await checkMarkets(fixture, exchange)
        default: try await checkPrices(fixture, exchange, transport)
        }
    }

    // MARK: Orders

    /// A wish that this answer could belong to: its id, side, type and quantity where it tells them.
    private func placed(_ fixture: Fixture) throws -> OrderRequest { try placed(fixture.answer, symbol(fixture, 0)) }

    private func placed(_ answer: JSONNode, _ symbol: Symbol) throws -> OrderRequest {
        let price = try #require(Price("1")), one = try #require(Quantity(answer["origQty"].text.flatMap { FixedDecimal($0) } ?? "1"))
        let kinds: [String: OrderKind] = [
            "MARKET": .market(.base(one)), "LIMIT": .limit(one, price: price, .goodTillCancel), "LIMIT_MAKER": .limitMaker(one, price: price),
            "STOP_LOSS": .stopLoss(one, trigger: price), "TAKE_PROFIT": .takeProfit(one, trigger: price),
            "STOP_LOSS_LIMIT": .stopLossLimit(one, trigger: price, price: price, .goodTillCancel),
            "TAKE_PROFIT_LIMIT": .takeProfitLimit(one, trigger: price, price: price, .goodTillCancel)
        ]
        return OrderRequest(
            id: try #require(answer["clientOrderId"].text.flatMap { ClientOrderId($0) } ?? ClientOrderId("CRfixture")), symbol: symbol,
            side: answer["side"].text == "BUY" ? .buy : .sell, kind: try #require(kinds[answer["type"].text ?? "MARKET"]))
    }

    private func compare(_ orders: [VenueOrder], _ fixture: Fixture) throws {
        let parsed = try fixture.parsed.array, told = try fixture.answer.array
        try #require(orders.count == parsed.count && orders.count == told.count)
        for order in orders {
            // The recorder sorts by time.
            let id = order.id.text
            try compare(
                order, try #require(parsed.first { $0["id"].text == id }), try #require(told.first { $0["orderId"].integer.map(String.init) == id }))
        }
    }

    private func compare(_ order: VenueOrder, _ parsed: JSONNode, _ told: JSONNode) throws {
        compareTold(order, told)
        guard parsed.isThere else { return }
        #expect(order.id.text == parsed["id"].text)
        #expect(order.symbol.description == parsed["symbol"].text)
        #expect(order.side?.rawValue == parsed["side"].text)
        #expect(Self.word(order.status) == parsed["status"].text)
        #expect(order.executedQuantity.value == (parsed["filled"].number ?? .zero))
        if order.status != .acknowledged { #expect(order.quantity?.value == parsed["amount"].number) }
        if let cost = parsed["cost"].number { #expect(order.executedQuote == cost) }
        if let average = parsed["average"].number { #expect(order.averagePrice?.value == average) }
        #expect(order.trigger?.value == parsed["triggerPrice"].number)
        let fees = (try? parsed["fees"].array) ?? []
        for fee in fees where fee["cost"].isThere {
            let ours = order.trades.filter { $0.fee.currency.code == fee["currency"].text }.reduce(FixedDecimal.zero) { $0 + $1.fee.amount }
            #expect(ours == fee["cost"].number)
        }
    }

    /// Against the venue's own words, field by field.
    private func compareTold(_ order: VenueOrder, _ told: JSONNode) {
        #expect(order.id.text == told["orderId"].integer.map(String.init))
        #expect(order.clientId?.text == told["origClientOrderId"].text ?? told["clientOrderId"].text)
        #expect(order.list?.text == told["orderListId"].integer.flatMap { $0 < 0 ? nil : String($0) })
        #expect(order.executedQuantity.value == told["executedQty"].number ?? .zero)
        #expect((order.executedQuote ?? .zero) == told["cummulativeQuoteQty"].number ?? .zero)
        #expect((order.price?.value ?? .zero) == told["price"].number ?? .zero)
        #expect((order.trigger?.value ?? .zero) == told["stopPrice"].number ?? .zero)
        #expect(order.quantity?.value == told["origQty"].number)
        let types: [OrderType: String] = [
            .market: "MARKET", .limit: "LIMIT", .limitMaker: "LIMIT_MAKER", .stopLoss: "STOP_LOSS", .stopLossLimit: "STOP_LOSS_LIMIT",
            .takeProfit: "TAKE_PROFIT", .takeProfitLimit: "TAKE_PROFIT_LIMIT"
        ]
        #expect(order.type.flatMap { types[$0] } == told["type"].text)
        let fills = (try? told["fills"].array) ?? []
        #expect(
            order.trades.map { [$0.price.value, $0.quantity.value, $0.fee.amount] }
                == fills.map { [$0["price"].number, $0["qty"].number, $0["commission"].number] })
        #expect(order.trades.map(\.fee.currency.code) == fills.compactMap { $0["commissionAsset"].text })
    }

    private static func word(_ status: VenueOrderStatus) -> String? {
        switch status {
        case .new, .pendingNew, .partiallyFilled: "open"
        case .filled: "closed"
        case .canceled: "canceled"
        case .expired: "expired"
        case .rejected: "rejected"
        case .acknowledged, .unrecognised: nil
        }
    }

    private func checkReplacement(_ fixture: Fixture, _ exchange: BinanceExchange) async throws {
        let symbol = try symbol(fixture, 1), told = fixture.answer["data"].isThere ? fixture.answer["data"] : fixture.answer
        let old = told["cancelResponse"]["orderId"].integer.map { VenueOrderId($0) } ?? VenueOrderId(4)
        let outcome = try await exchange.replace(OrderReference(symbol, .venue(old)), with: placed(told["newOrderResponse"], symbol), .ordinary)
        func compare(_ result: Result<VenueOrder, ExchangeError>?, _ word: String?, _ told: JSONNode) {
            switch (result, word) {
            case (.success(let order), "SUCCESS"): compareTold(order, told)
            case (.failure(.rejected(let rejection)), "FAILURE"): #expect(rejection.detail.hasPrefix(String(told["code"].integer ?? 0)))
            case (nil, "NOT_ATTEMPTED"): break
            default: Issue.record("\(word ?? "") was read as \(String(describing: result))")
            }
        }
        compare(outcome.cancel, told["cancelResult"].text, told["cancelResponse"])
        compare(outcome.placement, told["newOrderResult"].text, told["newOrderResponse"])
    }

    // MARK: Lists

    private func checkLists(_ fixture: Fixture, _ exchange: BinanceExchange) async throws {
        guard fixture.answer["contingencyType"].isThere else {
            let rows = try fixture.answer.array
            let symbol = try #require(rules.first { $0.symbol.joined == rows.first?["symbol"].text }?.symbol)
            let orders = try await exchange.cancelAll(symbol, .ordinary)
            let told = rows.flatMap { row in (try? row["orderReports"].array) ?? [row] }
            try #require(orders.count == told.count)
            for (order, row) in zip(orders, told) { compareTold(order, row) }
            return
        }
        let told = fixture.answer
        let symbol = try #require(rules.first { $0.symbol.joined == told["symbol"].text }?.symbol)
        let isDone = told["listOrderStatus"].text == "ALL_DONE"
        let reference = OrderReference(symbol, .venue(VenueOrderId(try told["orderListId"].int64)))
        let list = isDone ? try await exchange.cancelList(reference, .ordinary) : try await exchange.submit(placed(list: told, symbol), .ordinary)
        #expect(list.id.text == told["orderListId"].integer.map(String.init))
        #expect(list.clientId?.text == told["listClientOrderId"].text)
        #expect(list.status == (isDone ? .done : .executing))
        #expect(list.time?.milliseconds == told["transactionTime"].integer)
        let legs = try told["orders"].array, reports = try told["orderReports"].array
        #expect(list.legs.map(\.clientId?.text) == legs.map { $0["clientOrderId"].text })
        #expect(list.kind == (legs.count == 3 ? .otoco : told["contingencyType"].text == "OCO" ? .oco : .oto))
        try #require(list.orders.count == reports.count)
        for (order, report) in zip(list.orders, reports) { compareTold(order, report) }
    }

    /// The list that such an answer belongs to.
    private func placed(list told: JSONNode, _ symbol: Symbol) throws -> OrderListRequest {
        let reports = try told["orderReports"].array
        let legs = try told["orders"].array.map { leg in
            let report = try #require(reports.first { $0["clientOrderId"].text == leg["clientOrderId"].text })
            return OrderLeg(
                id: try #require(leg["clientOrderId"].text.flatMap { ClientOrderId($0) }), side: report["side"].text == "SELL" ? .sell : .buy,
                kind: try kind(report))
        }
        let id = try #require(told["listClientOrderId"].text.flatMap { ClientOrderId($0) })
        switch (told["contingencyType"].text, legs.count) {
        case ("OCO", 2): return OrderListRequest(id: id, symbol: symbol, .oneCancelsOther(above: legs[0], below: legs[1]))
        case (_, 2): return OrderListRequest(id: id, symbol: symbol, .oneTriggersOther(working: legs[0], pending: legs[1]))
        default:
            try #require(legs.count == 3)
            return OrderListRequest(id: id, symbol: symbol, .oneTriggersOneCancelsOther(working: legs[0], above: legs[1], below: legs[2]))
        }
    }

    private func kind(_ report: JSONNode) throws -> OrderKind {
        let quantity = try #require(report["origQty"].text.flatMap { Quantity($0) })
        let force = report["timeInForce"].text.flatMap { TimeInForce(rawValue: $0) } ?? .goodTillCancel
        // Prices are not held against the answer: a leg told without one still has its kind.
        func price(_ name: String) throws -> Price { try report[name].text.flatMap { Price($0) } ?? #require(Price("1")) }
        switch report["type"].text {
        case "MARKET": return .market(.base(quantity))
        case "LIMIT_MAKER": return .limitMaker(quantity, price: try price("price"))
        case "STOP_LOSS": return .stopLoss(quantity, trigger: try price("stopPrice"))
        case "STOP_LOSS_LIMIT": return .stopLossLimit(quantity, trigger: try price("stopPrice"), price: try price("price"), force)
        case "TAKE_PROFIT": return .takeProfit(quantity, trigger: try price("stopPrice"))
        case "TAKE_PROFIT_LIMIT": return .takeProfitLimit(quantity, trigger: try price("stopPrice"), price: try price("price"), force)
        default: return .limit(quantity, price: try price("price"), force)
        }
    }
}
