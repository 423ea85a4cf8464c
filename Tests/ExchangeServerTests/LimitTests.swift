// How often one may ask: weights, their headers, 429 and the ban behind it, counts of orders.
import ExchangeServer
import Kernel
import Ports
import TestSupport
import Testing

@Suite struct LimitTests {
    @Test(
        "each address costs its weight, and the header tells the sum",
        arguments: [
            ("/api/v3/ping", "", 1), ("/api/v3/exchangeInfo", "", 20), ("/api/v3/klines", "symbol=BTCUSDT&interval=1h", 2),
            ("/api/v3/depth", "symbol=BTCUSDT", 5),
            ("/api/v3/depth", "symbol=BTCUSDT&limit=500", 25), ("/api/v3/depth", "symbol=BTCUSDT&limit=5000", 250), ("/api/v3/ticker/price", "", 4),
            ("/api/v3/ticker/price", "symbol=BTCUSDT", 2), ("/api/v3/ticker/24hr", "", 80), ("/api/v3/trades", "symbol=BTCUSDT", 25),
            ("/nowhere", "", 1)
        ])
    func weights(_ path: String, _ query: String, _ weight: Int) async throws {
        try await Bench.with { bench async throws in
            for count in 1...2 {
                let answer = try await bench.get(path, query)
                #expect(
                    answer.header("x-mbx-used-weight-1m") == String(weight * count) && answer.header("x-mbx-used-weight") == String(weight * count))
            }
            bench.clock.advance(by: .minutes(1))
            #expect(try await bench.get("/api/v3/ping").header("x-mbx-used-weight-1m") == "1")
        }
    }

    @Test(
        "signed questions cost what they cost",
        arguments: [
            ("/api/v3/account", "", 20), ("/api/v3/order", "symbol=BTCUSDT&orderId=1", 4), ("/api/v3/openOrders", "", 80),
            ("/api/v3/openOrders", "symbol=BTCUSDT", 6),
            ("/api/v3/allOrders", "symbol=BTCUSDT", 20), ("/api/v3/myTrades", "symbol=BTCUSDT", 20),
            ("/api/v3/myTrades", "symbol=BTCUSDT&orderId=1", 5),
            ("/api/v3/openOrderList", "", 6), ("/api/v3/rateLimit/order", "", 40)
        ])
    func signedWeights(_ path: String, _ query: String, _ weight: Int) async throws {
        try await Bench.with { bench async throws in
            #expect(try await bench.signed(.get, path, query).header("x-mbx-used-weight-1m") == String(weight))
        }
    }

    @Test("too much weight is refused until the minute is over, and who asks on is banned")
    func tooMuch() async throws {
        try await Bench.with(
            .still,
            {
                $0.limits.weight = 41; $0.limits.refusalsUntilBan = 3
            }
        ) { bench async throws in
            for _ in 0..<2 { #expect(try await bench.get("/api/v3/exchangeInfo").status == 200) }
            for _ in 0..<3 {
                let refused = try await bench.get("/api/v3/exchangeInfo")
                #expect(refused.status == 429 && refused.header("retry-after") == "60")
                #expect(
                    refused.message == "Too much request weight used; current limit is 41 request weight per 1 MINUTE. "
                        + "Please use WebSocket Streams for live updates to avoid polling the API.")
            }
            #expect(try await bench.get("/api/v3/ping").status == 418)
            bench.clock.advance(by: .seconds(119))
            #expect(try await bench.get("/api/v3/ping").status == 418)
            bench.clock.advance(by: .seconds(1))
            #expect(try await bench.get("/api/v3/ping").status == 200)
        }
    }

    @Test("too many resting orders in ten seconds are refused; filled and refused ones are given back")
    func orders() async throws {
        try await Bench.with(.still, { $0.limits.ordersPerTenSeconds = 3 }) { bench async throws in
            let rest = "symbol=BTCUSDT&side=BUY&type=LIMIT_MAKER&quantity=0.01&price=50000"
            #expect(try await bench.order("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.001").header("x-mbx-order-count-10s") == "0")
            #expect(try await bench.order("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=99").header("x-mbx-order-count-10s") == "0")
            for count in 1...3 { #expect(try await bench.order(rest).header("x-mbx-order-count-10s") == String(count)) }
            let refused = try await bench.order(rest)
            #expect(
                refused.status == 429 && refused.code == -1015 && refused.message == "Too many new orders; current limit is 3 orders per 10 SECOND.")
            #expect(bench.venue.audit.orders.count == 4)
            bench.clock.advance(by: .seconds(10))
            #expect(try await bench.order(rest).header("x-mbx-order-count-1d") == "4")
        }
    }
}
