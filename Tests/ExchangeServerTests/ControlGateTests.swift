// The control port is for programs on this machine: no page in a browser may drive or read it.
import ExchangeServer
import Kernel
import Ports
import TestSupport
import Testing

@Suite struct ControlGateTests {
    static let body = #"{"asset":"USDT","change":"99999"}"#

    @Test(
        "a page of another site, or a name that is made to point here, is refused and nothing is done",
        arguments: [
            [("Origin", "http://evil.example"), ("Content-Type", "text/plain")],
            [("Origin", "http://evil.example"), ("Content-Type", "application/json")],
            [("Origin", "null"), ("Content-Type", "application/json")], [("Sec-Fetch-Site", "cross-site"), ("Content-Type", "application/json")],
            [("Sec-Fetch-Site", "same-site"), ("Content-Type", "application/json")], [("Host", "evil.example"), ("Content-Type", "application/json")],
            [("Host", "127.0.0.1.evil.example"), ("Content-Type", "application/json")],
            [("Host", "localhost@evil.example"), ("Content-Type", "application/json")]
        ])
    func pages(_ headers: [(String, String)]) async throws {
        try await Bench.with(control: true) { bench async throws in
            let named = headers.map { (name: $0.0, value: $0.1) }
            let answer = try await bench.send(.post, "/balances", body: Self.body, headers: named, port: bench.exchange.controlPort)
            #expect(answer.status == 403 && answer.keys == ["error"])
            #expect(
                try await bench.send(.get, "/audit", headers: named.filter { $0.name != "Content-Type" }, port: bench.exchange.controlPort).status
                    == 403)
            #expect(bench.venue.audit.holding(.usdt).free == FixedDecimal(100_000))
        }
    }

    @Test(
        "what is not called JSON is not taken",
        arguments: ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonp", ""])
    func types(_ type: String) async throws {
        try await Bench.with(control: true) { bench async throws in
            let headers = [(name: "Content-Type", value: type)]
            #expect(try await bench.send(.post, "/balances", body: Self.body, headers: headers, port: bench.exchange.controlPort).status == 415)
            #expect(bench.venue.audit.holding(.usdt).free == FixedDecimal(100_000))
        }
    }

    @Test("programs on this machine are served", arguments: ["127.0.0.1", "localhost", "LOCALHOST:8081", "[::1]:8081", "127.0.0.1:1"])
    func programs(_ host: String) async throws {
        try await Bench.with(control: true) { bench async throws in
            let headers = [
                (name: "Host", value: host), (name: "Content-Type", value: "application/json; charset=utf-8"), (name: "Sec-Fetch-Site", value: "none")
            ]
            #expect(try await bench.send(.post, "/balances", body: Self.body, headers: headers, port: bench.exchange.controlPort).status == 200)
            #expect(try await bench.send(.delete, "/faults", headers: [headers[0]], port: bench.exchange.controlPort).status == 200)
        }
    }

    @Test("connections that say nothing keep nobody out")
    func silent() async throws {
        let venue = BinanceVenue(
            .still, VenueSettings(key: BinanceKey(key: Bench.key, secret: Secret(Bench.secret)), balances: [:]), clock: FakeClock(Bench.opening))
        let exchange = try await RunningExchange(venue, patience: 300, maximumConnections: 32)
        let port = exchange.port
        let seen = try await onThread {
            let silent = try (0..<100).map { _ in try RawConnection(port: port) }
            let asking = try RawConnection(port: port)
            asking.send("GET /api/v3/ping HTTP/1.1\r\nHost: x\r\n\r\n")
            return try (silent.count, asking.read(until: "200 OK", times: 1))
        }
        #expect(seen.0 == 100 && seen.1.contains("200 OK"))
        await exchange.stop()
    }
}
