// Every fault the exchange can play, seen from the client's side and in the books. A number in a name is the row
// of the fault catalogue that it serves; what Carillon makes of it is tested elsewhere.
import ExchangeServer
import Kernel
import Market
import Matching
import Ports
import StrictJSON
import TestSupport
import Testing
import Trading

@Suite struct FaultTests {
    private static let buy = "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.001&newClientOrderId=lost"
    private static let lost = ClientOrderId("lost")!

    @Test("(15) the answer is lost and the order is there, or the request is lost and it is not", arguments: [Delivery.End.reset, .closed])
    func lost(_ end: Delivery.End) async throws {
        try await Bench.with { bench async throws in
            bench.venue.add(Fault(.loseRequest(end), method: "POST", path: "/api/v3/order"))
            await #expect(throws: HTTPError.self) { try await bench.order(Self.buy) }
            #expect(bench.venue.audit.orders(Self.lost).isEmpty)
            bench.venue.add(Fault(.loseAnswer(end), method: "POST", path: "/api/v3/order"))
            await #expect(throws: HTTPError.self) { try await bench.order(Self.buy) }
            #expect(bench.venue.audit.orders(Self.lost).count == 1)
            #expect(try await bench.signed(.get, "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=lost").text("status") == "FILLED")
            #expect(bench.venue.waitingFaults == 0)
        }
    }

    @Test("silence lasts until the client gives up")
    func silence() async throws {
        try await Bench.with { bench async throws in
            bench.venue.add(Fault(.loseAnswer(.silence), path: "/api/v3/ping"))
            // A client may give up before a busy exchange has taken its request.
            repeat {
                let error = await #expect(throws: HTTPError.self) { try await bench.send(.get, "/api/v3/ping", timeout: .seconds(1)) }
                #expect(error == .timeout)
            } while bench.venue.waitingFaults > 0
            #expect(try await bench.get("/api/v3/ping").status == 200)
        }
    }

    @Test(
        "(18) an error of any status comes with the order done or not done",
        arguments: [
            (500, -1000, true), (503, -1008, false), (504, -1007, true), (400, -1006, true), (403, -1000, false)
        ])
    func errors(_ status: Int, _ code: Int, _ accepted: Bool) async throws {
        try await Bench.with(control: true) { bench async throws in
            let made = try await bench.control(
                .post, "/faults",
                """
                {"effect":"answer","method":"POST","path":"/order","status":\(status),"code":\(code),"message":"broken","accepted":\(accepted)}
                """)
            #expect(made.status == 200, "\(made.json)")
            let answer = try await bench.order(Self.buy)
            #expect(answer.status == status && answer.code == code && answer.message == "broken")
            #expect(bench.venue.audit.orders(Self.lost).count == (accepted ? 1 : 0))
        }
    }

    @Test("(21) 429 to everything until its time is over, with the seconds to wait")
    func rateLimited() async throws {
        try await Bench.with { bench async throws in
            bench.venue.add(Fault(.rateLimit(.seconds(30)), path: "/api/v3/time"))
            for path in ["/api/v3/time", "/api/v3/ping"] {
                let answer = try await bench.get(path)
                #expect(answer.status == 429 && answer.code == -1003 && answer.header("retry-after") == "30")
            }
            bench.clock.advance(by: .seconds(30))
            #expect(try await bench.get("/api/v3/ping").status == 200)
        }
    }

    @Test("(22) 418 until its end, and its end is in the words")
    func banned() async throws {
        try await Bench.with { bench async throws in
            bench.venue.add(Fault(.ban(.minutes(2)), path: "/api/v3/time"))
            _ = try await bench.get("/api/v3/time")
            let answer = try await bench.get("/api/v3/ping")
            #expect(answer.status == 418 && answer.header("retry-after") == "120")
            #expect(answer.message?.contains("IP banned until \(bench.clock.now.milliseconds + 120_000).") == true)
            bench.clock.advance(by: .minutes(2))
            #expect(try await bench.get("/api/v3/ping").status == 200)
        }
    }

    @Test("(26) a page, a cut body and a huge one come with status 200")
    func bodies() async throws {
        try await Bench.with(control: true) { bench async throws in
            _ = try await bench.control(.post, "/faults", #"{"effect":"page","path":"/time"}"#)
            let page = try await bench.get("/api/v3/time")
            #expect(page.status == 200 && page.header("content-type") == "text/html")
            _ = try await bench.control(.post, "/faults", #"{"effect":"cut","path":"/time","bytes":5}"#)
            await #expect(throws: HTTPError.self) { try await bench.get("/api/v3/time") }
            _ = try await bench.control(.post, "/faults", #"{"effect":"huge","path":"/time","bytes":3000000}"#)
            #expect(try await bench.get("/api/v3/time").body.count == 3_000_000)
        }
    }

    @Test("(27) an answer's words can be others")
    func rewritten() async throws {
        try await Bench.with { bench async throws in
            bench.venue.add(Fault(.rewrite(old: "\"FILLED\"", new: "\"MELTED\""), path: "/order"))
            #expect(try await bench.order(Self.buy).text("status") == "MELTED")
        }
    }

    @Test("(28) trades come twice, backwards, or not all")
    func rows() async throws {
        try await Bench.with { bench async throws in
            for _ in 0..<3 { _ = try await bench.order(Self.buy) }
            func ids(_ effect: Fault.Effect?) async throws -> [Int64] {
                if let effect { bench.venue.add(Fault(effect, path: "/myTrades")) }
                return try await bench.signed(.get, "/api/v3/myTrades", "symbol=BTCUSDT").rows.map { try $0["id"].int64 }
            }
            #expect(try await ids(nil) == [1, 2, 3])
            #expect(try await ids(.doubleRows) == [1, 1, 2, 2, 3, 3])
            #expect(try await ids(.reverseRows) == [3, 2, 1])
            #expect(try await ids(.dropRows(2)) == [1])
        }
    }

    @Test("a delay before the venue looks makes a request late, one behind it does not")
    func delays() async throws {
        try await Bench.with { bench async throws in
            bench.venue.add(Fault(.delay(.seconds(6), isBefore: true), path: "/order"))
            #expect(try await bench.order(Self.buy).code == -1021)
            bench.venue.add(Fault(.delay(.seconds(6), isBefore: false), path: "/order"))
            #expect(try await bench.order(Self.buy).status == 200)
        }
    }

    @Test("a fault waits for its request, lets pass what it is told to, and hits as often as it is told")
    func matching() async throws {
        try await Bench.with { bench async throws in
            let refused = Fault.Effect.rewrite(old: "serverTime", new: "x")
            bench.venue.add(Fault(refused, method: "GET", path: "/time", containing: "", skip: 1, count: 2))
            var seen: [Bool] = []
            for _ in 0..<4 { seen.append(try await bench.get("/api/v3/time").keys == ["x"]) }
            #expect(seen == [false, true, true, false])
            bench.venue.add(Fault(refused, containing: "symbol=ETHUSDT"))
            #expect(try await bench.get("/api/v3/time").keys == ["serverTime"] && bench.venue.waitingFaults == 1)
            bench.venue.clearFaults()
            #expect(bench.venue.waitingFaults == 0)
        }
    }

    @Test("(32) a thin book fills a part, and what rests can be cancelled")
    func partial() async throws {
        try await Bench.with { bench async throws in
            bench.venue.setDepth(.btc, levels: 1, quantity: Quantity("0.002"))
            let order = try await bench.order("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=61000&newClientOrderId=lost")
            #expect(order.text("status") == "PARTIALLY_FILLED" && order.text("executedQty") == "0.00200000")
            let canceled = try await bench.signed(.delete, "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=lost")
            #expect(canceled.text("status") == "CANCELED" && canceled.text("executedQty") == "0.00200000")
            bench.venue.setDepth(.btc, levels: 0, quantity: .zero)
            let none = try await bench.order("symbol=BTCUSDT&side=SELL&type=MARKET&quantity=0.01")
            #expect(none.text("status") == "EXPIRED" && none.text("executedQty") == "0.00000000")
            #expect(bench.venue.audit.isSound)
        }
    }

    @Test("(34) a fee in a third coin leaves what was bought whole")
    func thirdAsset() async throws {
        let bnb = Currency("BNB")!
        try await Bench.with(
            .still,
            { settings in
                settings.balances[bnb] = FixedDecimal(1)
                settings.feesIn = .third(bnb, prices: [.usdt: Price("600")!])
            }
        ) { bench async throws in
            let bought = try await bench.order("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01")
            let fill = try bought.json["fills"][0].value
            #expect(fill.text("commissionAsset") == "BNB" && fill.text("commission") == "0.00100001")
            let audit = bench.venue.audit
            #expect(audit.isSound && audit.holding(Symbol.btc.base).total == "1.01" && audit.holding(bnb).total == "0.99899999")
        }
    }

    @Test(
        "numbers beyond any market are refused at the control port",
        arguments: [
            ("/symbols", #"{"symbol":"BTCUSDT","minNotional":"1e23"}"#), ("/symbols", #"{"symbol":"BTCUSDT","tickSize":"0"}"#),
            ("/price", #"{"symbol":"BTCUSDT","price":"0"}"#),
            ("/price", #"{"symbol":"NOSUCH","price":"1"}"#), ("/balances", #"{"asset":"USDT","change":"1e20"}"#),
            ("/clock/advance", #"{"milliseconds":-1}"#),
            ("/clock/advance", #"{"milliseconds":604800001}"#),
            ("/faults", #"{"effect":"zap"}"#), ("/faults", #"{"effect":"cut","cuont":2}"#), ("/faults", "[]"), ("/faults", "{"), ("/nowhere", "{}")
        ])
    func wrongControl(_ path: String, _ body: String) async throws {
        try await Bench.with(control: true) { bench async throws in
            let answer = try await bench.control(.post, path, body)
            #expect(answer.status == 400 && answer.keys == ["error"])
            #expect(try await bench.control(.post, "/symbols", #"{"symbol":"BTCUSDT","minNotional":"1000000000000"}"#).status == 200)
            #expect(try await bench.control(.post, "/price", #"{"symbol":"BTCUSDT","price":"0.01"}"#).status == 200)
            #expect(try await bench.get("/api/v3/ticker/price", "symbol=BTCUSDT").text("price") == "0.01000000")
        }
    }

    @Test("a body of less than nothing is an empty one")
    func negativeHuge() async throws {
        try await Bench.with(control: true) { bench async throws in
            #expect(try await bench.control(.post, "/faults", #"{"effect":"huge","bytes":-1}"#).status == 200)
            #expect(try await bench.get("/api/v3/time").body.isEmpty)
        }
    }

    @Test("time that is told moves by the control port")
    func advance() async throws {
        try await Bench.with(control: true) { bench async throws in
            let before = bench.clock.now
            #expect(
                try await bench.control(.post, "/clock/advance", #"{"milliseconds":90000}"#).integer("now") == (before + .seconds(90)).milliseconds)
            #expect(try await bench.control(.get, "/").keys.contains("POST /faults"))
            #expect(try await bench.control(.get, "/audit").json.member("isSound") == true)
        }
    }

    @Test("(39) a price that jumps through a stop sells far below it")
    func gap() async throws {
        try await Bench.with { bench async throws in
            _ = try await bench.order("symbol=BTCUSDT&side=SELL&type=STOP_LOSS&quantity=0.5&stopPrice=58000&newClientOrderId=lost")
            bench.venue.setPrice(.btc, Price("42000")!)
            let found = try await bench.signed(.get, "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=lost")
            #expect(found.text("status") == "FILLED" && found.text("cummulativeQuoteQty") == "20999.99500000")
        }
    }

    @Test("(42) a tick, a lot and a smallest order change under the client")
    func filters() async throws {
        try await Bench.with(control: true) { bench async throws in
            #expect(
                try await bench.control(.post, "/symbols", #"{"symbol":"BTCUSDT","tickSize":"1","stepSize":"0.01","minNotional":"1000"}"#).status
                    == 200)
            let words = [
                ("quantity=0.01&price=50000.5", "PRICE_FILTER"), ("quantity=0.005&price=50000", "LOT_SIZE"), ("quantity=0.01&price=50000", "NOTIONAL")
            ]
            for (parameters, filter) in words {
                #expect(
                    try await bench.order("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&" + parameters).message == "Filter failure: \(filter)")
            }
        }
    }

    @Test("(45, 46) a person takes money away and trades on the same account")
    func human() async throws {
        try await Bench.with(control: true) { bench async throws in
            #expect(try await bench.control(.post, "/balances", #"{"asset":"USDT","change":"-99990"}"#).status == 200)
            #expect(try await bench.control(.post, "/balances", #"{"asset":"USDT","change":"-99990"}"#).status == 400)
            #expect(try await bench.order("symbol=BTCUSDT&side=BUY&type=MARKET&quoteOrderQty=100").code == -2010)
            let sold = try await bench.control(
                .post, "/orders", #"{"symbol":"BTCUSDT","side":"SELL","type":"MARKET","quantity":"0.4","newClientOrderId":"web_1"}"#)
            #expect(sold.integer("status") == 200)
            #expect(try await bench.signed(.get, "/api/v3/allOrders", "symbol=BTCUSDT").rows.map { $0.text("clientOrderId") } == ["web_1"])
            _ = try await bench.order("symbol=BTCUSDT&side=SELL&type=LIMIT_MAKER&quantity=0.1&price=70000&newClientOrderId=mine")
            #expect(try await bench.control(.delete, "/orders", #"{"symbol":"BTCUSDT","origClientOrderId":"mine"}"#).integer("status") == 200)
            #expect(try await bench.signed(.get, "/api/v3/openOrders").rows.isEmpty)
            let audit = bench.venue.audit
            #expect(audit.isSound && audit.holding(Symbol.btc.base).total == "0.6")
        }
    }
}
