// What nobody should send: broken HTTP, endless bodies, slow senders, noise. Each gets a documented error or a closed
// connection, and the exchange answers the next one.
import ExchangeServer
import Glibc
import Kernel
import Ports
import StrictJSON
import TestSupport
import Testing

@Suite struct HostileTests {
    /// Sends bytes and reads until the exchange closes.
    private func raw(_ bench: Bench, _ bytes: [UInt8]) async throws -> String {
        let port = bench.exchange.port
        return try await onThread {
            let connection = try RawConnection(port: port)
            connection.send(bytes)
            return try connection.readToEnd()
        }
    }
    private func raw(_ bench: Bench, _ text: String) async throws -> String { try await raw(bench, Array(text.utf8)) }

    @Test("a gigabyte is refused before it is sent, announced or not")
    func gigabyte() async throws {
        try await Bench.with { bench async throws in
            let announced = try await raw(bench, "POST /api/v3/order HTTP/1.1\r\nHost: x\r\nContent-Length: 1073741824\r\n\r\n")
            #expect(announced.hasPrefix("HTTP/1.1 413"), "\(announced)")
            let port = bench.exchange.port
            let sent = try await onThread {
                let chunked = try RawConnection(port: port)
                chunked.send("POST /api/v3/order HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
                let chunk = Array("10000\r\n".utf8) + [UInt8](repeating: 65, count: 65_536) + Array("\r\n".utf8)
                var sent = 0
                while sent < 16_384, chunked.send(chunk) { sent += 1 }
                return sent
            }
            // The sockets' own buffers hold some megabytes; what matters is that it ends long before the gigabyte.
            #expect(sent < 1_024)
            #expect(try await bench.get("/api/v3/ping").status == 200)
        }
    }

    @Test("who is slow with headers or body is cut off")
    func slow() async throws {
        try await Bench.with(patience: 1) { bench async throws in
            // The last one is a whole order as far as it goes.
            let order = Bench.sign("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01", at: bench.clock.now)
            let texts = [
                "GET /api/v3/ping HTTP/1.1\r\nHost: x\r\nX-Slow: ", "POST /api/v3/order HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nsymbol=",
                "",
                "POST /api/v3/order HTTP/1.1\r\nHost: x\r\nX-MBX-APIKEY: \(Bench.key)\r\nContent-Length: 5000\r\n\r\n\(order)"
            ]
            for text in texts {
                #expect(try await raw(bench, text) == "", "\(text)")
            }
            #expect(bench.venue.audit.orders.isEmpty)
            #expect(try await bench.isAlive())
        }
    }

    @Test("a body that drips a byte now and then is cut off all the same")
    func dripping() async throws {
        try await Bench.with(patience: 1) { bench async throws in
            let port = bench.exchange.port
            let sent = try await onThread {
                let connection = try RawConnection(port: port)
                connection.send("POST /api/v3/order HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n")
                var sent = 0
                // Patience is a second; a busy exchange may need some to notice that it is over.
                while sent < 6_000, connection.send("a") {
                    sent += 1
                    usleep(50_000)
                }
                return sent
            }
            #expect(sent < 6_000)
        }
    }

    @Test("an order whose connection ends before its body does is not taken", arguments: ["Content-Length: 5000", "Transfer-Encoding: chunked"])
    func brokenOff(_ length: String) async throws {
        try await Bench.with { bench async throws in
            let order = Bench.sign("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01", at: bench.clock.now), port = bench.exchange.port
            let head = "POST /api/v3/order HTTP/1.1\r\nHost: x\r\nX-MBX-APIKEY: \(Bench.key)\r\n\(length)\r\n\r\n"
            let body = length.hasPrefix("T") ? String(order.utf8.count, radix: 16) + "\r\n\(order)\r\n" : order
            _ = try await onThread {
                let connection = try RawConnection(port: port)
                connection.send(head + body)
                connection.finish()
                return try connection.readToEnd()
            }
            #expect(try await bench.get("/api/v3/ping").status == 200)
            #expect(bench.venue.audit.orders.isEmpty)
            #expect(try await bench.order("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01").status == 200)
        }
    }

    @Test("requests in a row on one connection are answered in their order")
    func pipelined() async throws {
        try await Bench.with { bench async throws in
            let paths = ["time", "ping", "avgPrice?symbol=BTCUSDT", "ticker/price?symbol=NOSUCH", "ping"], port = bench.exchange.port
            let text = try await onThread {
                let connection = try RawConnection(port: port)
                connection.send(paths.map { "GET /api/v3/\($0) HTTP/1.1\r\nHost: x\r\n\r\n" }.joined())
                return try connection.read(until: "HTTP/1.1", times: 5)
            }
            let order = ["serverTime", "mins", "-1121"].compactMap { text.firstRange(of: $0)?.lowerBound }
            #expect(order.count == 3 && order == order.sorted())
        }
    }

    @Test(
        "broken HTTP is a 400 or a closed connection",
        arguments: [
            "GARBAGE\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET\r\n\r\n", "\0\0\0\0\r\n\r\n", "GET /api/v3/ping HTTP/1.1\r\nHost x\r\n\r\n",
            "POST /api/v3/order HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
            "POST /api/v3/order HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
            "POST /api/v3/order HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "GET /" + String(repeating: "a", count: 200_000) + " HTTP/1.1\r\n\r\n",
            "GET /api/v3/ping HTTP/1.1\r\n" + String(repeating: "X: y\r\n", count: 500) + "\r\n",
            "GET /api/v3/ping HTTP/1.1\r\nX: " + String(repeating: "y", count: 40_000) + "\r\n\r\n"
        ])
    func broken(_ text: String) async throws {
        try await Bench.with(patience: 1) { bench async throws in
            let answer = try await raw(bench, text)
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 400") || answer.hasPrefix("HTTP/1.1 404"), "\(answer.prefix(100))")
            #expect(try await bench.isAlive())
        }
    }

    @Test("a body that is no UTF-8 is refused, one that is no form is no part of the request")
    func bodies() async throws {
        try await Bench.with { bench async throws in
            let bytes =
                Array("POST /api/v3/order HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 4\r\n\r\n".utf8) + [0xFF, 0xFE, 0x00, 0x80]
            #expect(try await raw(bench, bytes).contains("-1100"))
            let headers = [(name: "X-MBX-APIKEY", value: Bench.key), (name: "Content-Type", value: "application/json")]
            let answer = try await bench.send(
                .post, "/api/v3/order?" + Bench.sign("symbol=BTCUSDT&side=BUY&type=MARKET", at: bench.clock.now), body: "{}", headers: headers)
            #expect(answer.code == -1102)
        }
    }

    @Test("noise of every kind gets a documented answer, and the books stay sound", arguments: 1...4)
    func noise(_ seed: UInt64) async throws {
        try await Bench.with(
            .still,
            {
                $0.limits.weight = .max; $0.limits.ordersPerTenSeconds = .max; $0.limits.ordersPerDay = .max
            }
        ) { bench async throws in
            var noise = Noise(seed: seed)
            for _ in 0..<400 {
                let (request, text) = noise.request(bench)
                let reply = await bench.venue.answer(request)
                let body = String(decoding: reply.body, as: UTF8.self)
                #expect([200, 400, 401, 404, 405, 409].contains(reply.status), "\(text): \(reply.status) \(body)")
                #expect(reply.status >= 404 && reply.status != 409 || (try? JSONValue(parsing: reply.body)) != nil, "\(text): \(body)")
                if noise.below(10) == 0 { bench.clock.advance(by: .seconds(noise.below(100))) }
                if noise.below(20) == 0 { bench.venue.setPrice(.btc, Price(FixedDecimal(50_000 + noise.below(20_000)))!) }
            }
            #expect(bench.venue.audit.isSound)
            #expect(try await bench.get("/api/v3/ping").status == 200)
        }
    }
}

/// Requests from a seed: mostly plausible, with something wrong here and there.
struct Noise {
    private var chance: SplitMix64
    init(seed: UInt64) { chance = SplitMix64(seed: seed) }

    mutating func below(_ count: Int) -> Int { chance.below(count) }
    mutating func pick<T>(_ values: [T]) -> T { values[below(values.count)] }

    static let paths = [
        "order", "order/test", "order/cancelReplace", "order/oco", "orderList/oco", "orderList/oto", "orderList/otoco", "orderList", "openOrderList",
        "allOrderList",
        "openOrders", "allOrders", "myTrades", "account", "account/commission", "rateLimit/order", "exchangeInfo", "klines", "ticker/price",
        "ticker/24hr",
        "ticker/bookTicker", "avgPrice", "depth", "trades", "aggTrades", "time", "ping", "nothing", "../secret", ""
    ]
    static let names: [(String, [String])] = [
        ("symbol", ["BTCUSDT", "ETHUSDT", "BTCUSDT", "NOSUCH", ""]), ("side", ["BUY", "SELL", "BUY", "X"]),
        ("type", ["MARKET", "LIMIT", "LIMIT_MAKER", "STOP_LOSS", "STOP_LOSS_LIMIT", "TAKE_PROFIT", "TAKE_PROFIT_LIMIT", "FULL", "?"]),
        ("timeInForce", ["GTC", "IOC", "FOK", "DAY"]), ("quantity", ["0.01", "0.5", "1", "0", "99999999999999999999", "0.000000001", "-1"]),
        ("price", ["60000", "59000", "61000", "0.01", "1e5", "999999999999"]), ("quoteOrderQty", ["100", "5", "0"]),
        ("stopPrice", ["58000", "62000", "x"]),
        ("aboveType", ["LIMIT_MAKER", "STOP_LOSS", "TAKE_PROFIT"]), ("abovePrice", ["62000", "1"]), ("aboveStopPrice", ["63000"]),
        ("belowType", ["STOP_LOSS", "STOP_LOSS_LIMIT", "LIMIT_MAKER"]), ("belowStopPrice", ["58000"]), ("belowPrice", ["57000"]),
        ("belowTimeInForce", ["GTC"]),
        ("workingType", ["LIMIT", "LIMIT_MAKER", "MARKET"]), ("workingSide", ["BUY", "SELL"]), ("workingPrice", ["59000", "61000"]),
        ("workingQuantity", ["0.1"]),
        ("workingTimeInForce", ["GTC", "IOC"]), ("pendingType", ["MARKET", "LIMIT"]), ("pendingSide", ["SELL", "BUY"]),
        ("pendingQuantity", ["0.1", "0"]),
        ("pendingAboveType", ["LIMIT_MAKER"]), ("pendingAbovePrice", ["62000"]), ("pendingBelowType", ["STOP_LOSS"]),
        ("pendingBelowStopPrice", ["57000"]),
        ("orderId", ["1", "2", "7", "99999", "x"]), ("orderListId", ["1", "5"]), ("origClientOrderId", ["a", "b"]),
        ("newClientOrderId", ["a", "b", "ü"]),
        ("cancelReplaceMode", ["STOP_ON_FAILURE", "ALLOW_FAILURE"]), ("cancelOrderId", ["1", "3"]), ("interval", ["1m", "1h", "1M", "9z"]),
        ("limit", ["1", "1000", "0", "99999999"]),
        ("startTime", ["0", "1767621600000", "18446744073709551615", "99999999999999999"]), ("endTime", ["1767621660000", "1"]),
        ("fromId", ["1", "-1"]),
        ("newOrderRespType", ["ACK", "RESULT", "FULL", "LOUD"]), ("selfTradePreventionMode", ["NONE", "EXPIRE_TAKER", "EXPIRE_BOTH", "?"])
    ]

    mutating func request(_ bench: Bench) -> (BinanceRequest, String) {
        var fields: [String] = []
        let density = 1 + below(3)
        for (name, values) in Self.names where below(4) < density && below(3) > 0 { fields.append("\(name)=\(pick(values))") }
        if below(15) == 0 {
            fields.append(pick(["=", "&&", "%", "%GG=1", "a=%ff%fe", "symbol", "\u{0}=\u{7}", "x=" + String(repeating: "9", count: 3_000)]))
        }
        var text = fields.joined(separator: "&")
        if below(5) > 0 { text = Bench.sign(text, at: bench.clock.now) }
        let method = pick(["GET", "POST", "DELETE", "POST", "PUT", "PATCH", "GET"]),
            path = (below(10) == 0 ? "/sapi/v1/" : "/api/v3/") + pick(Self.paths)
        let inBody = method != "GET" && below(2) == 0
        return (
            BinanceRequest(
                method: method, target: path + (inBody ? "" : "?" + text), body: inBody ? text : "", key: below(20) == 0 ? nil : Bench.key),
            "\(method) \(path) \(text)"
        )
    }
}
