// Balances, what the key may do, fees, executions, lists: read, and held against what was asked.
import Kernel
import Market
import Ports
import TestSupport
import Testing
import Trading

@testable import VenueBinance

@Suite("Binance account and lists")
struct BinanceAccountTests {
    @Test("balances and fees; an asset twice or a number that is no string is malformed")
    func account() async throws {
        let good =
            "{\"canTrade\":true,\"commissionRates\":{\"maker\":\"0.0015\",\"taker\":\"0.002\"},\"balances\":[{\"asset\":\"USDT\",\"free\":\"5.5\","
            + "\"locked\":\"1\"},{\"asset\":\"币安\",\"free\":\"1\",\"locked\":\"0\"}]}"
        let bench = try BinanceBench { _ in .json(good) }
        defer { bench.server.stop() }
        let account = try await bench.exchange.account()
        #expect(account.balance(of: .usdt)?.total == "6.5")
        #expect(account.balances.count == 2)
        #expect((account.canTrade, account.makerFee, account.takerFee) == (true, Ratio("0.0015"), Ratio("0.002")))
        for (old, new) in [("\"5.5\"", "5.5"), ("\"5.5\"", "\"-5.5\""), ("\"币安\"", "\"USDT\""), ("\"canTrade\":true,", ""), ("\"0.002\"", "0.002")] {
            let bench = try BinanceBench { _ in .json(good.replacing(old, with: new)) }
            defer { bench.server.stop() }
            #expect(await exchangeError { () throws(ExchangeError) in try await bench.exchange.account() }?.kind == "malformed")
        }
    }

    @Test("what a key may do; what is not said is not known")
    func restrictions() async throws {
        let bench = try BinanceBench { _ in
            .json(
                "{\"ipRestrict\":true,\"enableReading\":true,\"enableSpotAndMarginTrading\":true,\"enableWithdrawals\":false,"
                    + "\"permitsUniversalTransfer\":true}"
            )
        }
        defer { bench.server.stop() }
        let told = try await bench.exchange.keyRestrictions()
        #expect((told.mayRead, told.mayTradeSpot, told.mayWithdraw, told.mayTransfer, told.isBoundToAddresses) == (true, true, false, true, true))
        let silent = try BinanceBench { _ in .json("{}") }
        defer { silent.server.stop() }
        let nothing = try await silent.exchange.keyRestrictions()
        #expect(
            [nothing.mayRead, nothing.mayTradeSpot, nothing.mayWithdraw, nothing.mayTransfer, nothing.isBoundToAddresses] == [nil, nil, nil, nil, nil]
        )
    }

    @Test("F028 F049 executions carry the venue's trade ids; one of another order or symbol is malformed")
    func F028_F049_trades() async throws {
        let row =
            "{\"symbol\":\"BTCUSDT\",\"id\":28457,\"orderId\":100234,\"price\":\"4.1\",\"qty\":\"12\",\"commission\":\"-0.5\","
            + "\"commissionAsset\":\"BNB\",\"time\":1499865549590,\"isBuyer\":false,\"isMaker\":true}"
        let bench = try BinanceBench { _ in .json("[\(row)]") }
        defer { bench.server.stop() }
        let order = VenueOrderId(100_234)
        let trade = try #require(try await bench.exchange.fills(BinanceBench.bitcoin, of: order, since: nil).first)
        #expect((trade.id, trade.side, trade.fee, trade.isMaker) == ("28457", .sell, Money("-0.5", Currency("BNB")!), true))
        #expect(bench.server.requests[0].target.contains("symbol=BTCUSDT&orderId=100234&limit=1000"))
        #expect(
            await exchangeError { () throws(ExchangeError) in try await bench.exchange.fills(BinanceBench.bitcoin, of: VenueOrderId(1), since: nil)
            }?.kind == "malformed")
        #expect(
            await exchangeError { () throws(ExchangeError) in try await bench.exchange.fills(Symbol("ETH/USDT")!, of: nil, since: nil) }?.kind
                == "malformed")
    }

    private static func trade(_ id: Int, quantity: String = "12") -> String {
        "{\"symbol\":\"BTCUSDT\",\"id\":\(id),\"orderId\":7,\"price\":\"4.1\",\"qty\":\"\(quantity)\",\"commission\":\"0\","
            + "\"commissionAsset\":\"BNB\",\"time\":1499865549590,\"isBuyer\":true,\"isMaker\":true}"
    }

    @Test(
        "F028 executions out of order are put in order by their number, one told twice counts once, and one told in two ways is malformed",
        arguments: [
            ([trade(100), trade(9), trade(10)], ["9", "10", "100"]), ([trade(2), trade(1), trade(2)], ["1", "2"]), ([], []),
            ([trade(1), trade(1, quantity: "13")], nil), ([trade(1), trade(2), trade(1, quantity: "13"), trade(1)], nil)
        ] as [([String], [String]?)])
    func F028_tradesInOrder(_ rows: [String], _ ids: [String]?) async throws {
        let bench = try BinanceBench { _ in .json("[\(rows.joined(separator: ","))]") }
        defer { bench.server.stop() }
        do throws(ExchangeError) {
            let trades = try await bench.exchange.fills(BinanceBench.bitcoin, of: nil, since: nil)
            #expect(trades.map(\.id) == ids)
        } catch { #expect(ids == nil && error.kind == "malformed") }
    }

    @Test("open orders out of order or told twice are put in order, and one told in two ways is malformed", arguments: [BinanceBench.bitcoin, nil])
    func openOrdersInOrder(_ symbol: Symbol?) async throws {
        let info = "{\"symbols\":[\(BinanceRulesTests.symbol(BinanceRulesTests.filters))]}"
        func row(_ id: Int, _ status: String = "NEW") -> String {
            BinanceBench.filled(status: status, executed: status == "NEW" ? "\"0\"" : "\"0.0005\"").replacing(
                "\"orderId\":28", with: "\"orderId\":\(id)")
        }
        for (rows, ids) in [([row(28), row(9), row(28)], ["9", "28"]), ([row(9), row(28), row(9, "PARTIALLY_FILLED")], nil)]
            as [([String], [String]?)]
        {
            let bench = try BinanceBench { $0.target.hasPrefix("/api/v3/exchangeInfo") ? .json(info) : .json("[\(rows.joined(separator: ","))]") }
            defer { bench.server.stop() }
            do throws(ExchangeError) {
                let open = try await bench.exchange.openOrders(symbol)
                #expect(open.orders.map(\.id.text) == ids && open.foreign.isEmpty)
            } catch { #expect(ids == nil && error.kind == "malformed", "\(error)") }
        }
    }

    @Test("F049 a list's answer must name the list and the legs that were asked for, as they were asked for")
    func F049_lists() async throws {
        func report(_ side: String, _ type: String, _ quantity: String) -> String {
            ",\"orderReports\":[{\"symbol\":\"BTCUSDT\",\"orderId\":2,\"orderListId\":5,\"clientOrderId\":\"B\",\"transactTime\":1,\"price\":\"0\","
                + "\"stopPrice\":\"2\","
                + "\"origQty\":\"\(quantity)\",\"executedQty\":\"0\",\"cummulativeQuoteQty\":\"0\",\"status\":\"NEW\",\"timeInForce\":\"GTC\","
                + "\"type\":\"\(type)\",\"side\":\"\(side)\"}]"
        }
        func answer(_ list: String, _ leg: String, _ reports: String = "") -> String {
            "{\"orderListId\":5,\"contingencyType\":\"OCO\",\"listStatusType\":\"EXEC_STARTED\",\"listOrderStatus\":\"EXECUTING\","
                + "\"listClientOrderId\":\"\(list)\",\"transactionTime\":1,"
                + "\"symbol\":\"BTCUSDT\",\"orders\":[{\"symbol\":\"BTCUSDT\",\"orderId\":1,\"clientOrderId\":\"A\"},{\"symbol\":\"BTCUSDT\","
                + "\"orderId\":2,\"clientOrderId\":\"\(leg)\"}]\(reports)}"
        }
        func leg(_ id: String, _ kind: OrderKind) throws -> OrderLeg { OrderLeg(id: try #require(ClientOrderId(id)), side: .sell, kind: kind) }
        let one = Quantity("1")!, price = Price("2")!
        let list = OrderListRequest(
            id: ClientOrderId("L")!, symbol: BinanceBench.bitcoin,
            .oneCancelsOther(above: try leg("A", .limitMaker(one, price: price)), below: try leg("B", .stopLoss(one, trigger: price))))
        for (body, kind) in [
            (answer("L", "B"), nil), (answer("M", "B"), "malformed"), (answer("L", "C"), "malformed"),
            (answer("L", "B", report("SELL", "STOP_LOSS", "1.00000000")), nil), (answer("L", "B", report("BUY", "STOP_LOSS", "1")), "malformed"),
            (answer("L", "B", report("SELL", "TAKE_PROFIT", "1")), "malformed"), (answer("L", "B", report("SELL", "STOP_LOSS", "0.5")), "malformed"),
            ("{}", "malformed")
        ] as [(String, String?)] {
            let bench = try BinanceBench { _ in .json(body) }
            defer { bench.server.stop() }
            #expect(await exchangeError { () throws(ExchangeError) in try await bench.exchange.submit(list, .ordinary) }?.kind == kind)
            let other = OrderReference(BinanceBench.bitcoin, .venue(VenueOrderId(6)))
            #expect(await exchangeError { () throws(ExchangeError) in try await bench.exchange.orderList(other) }?.kind == "malformed")
            #expect(await exchangeError { () throws(ExchangeError) in try await bench.exchange.cancelList(other, .ordinary) }?.kind == "malformed")
        }
    }

    @Test("cancelling one leg takes the list: the leg that was meant is found among the reports")
    func cancelledLeg() async throws {
        let reports = [("A", 27), (BinanceBench.id.text, 28)].map { name, id in
            BinanceBench.filled(client: "CANCEL", status: "CANCELED", executed: "\"0\"", more: ",\"origClientOrderId\":\"\(name)\"").replacing(
                "\"orderId\":28", with: "\"orderId\":\(id)")
        }
        let body =
            "{\"orderListId\":5,\"contingencyType\":\"OCO\",\"symbol\":\"BTCUSDT\",\"orders\":[],"
            + "\"orderReports\":[\(reports.joined(separator: ","))]}"
        let bench = try BinanceBench { _ in .json(body) }
        defer { bench.server.stop() }
        #expect(try await bench.exchange.cancel(BinanceBench.reference, .protective).id == VenueOrderId(28))
        let other = OrderReference(BinanceBench.bitcoin, .venue(VenueOrderId(99)))
        #expect(await exchangeError { () throws(ExchangeError) in try await bench.exchange.cancel(other, .protective) }?.kind == "malformed")
    }
}
