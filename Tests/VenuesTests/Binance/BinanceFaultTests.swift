// The catalogue's faults as Binance shows them, over a real socket: what each leaves known and unknown, and that
// nothing is ever sent twice.
import Kernel
import Ports
import TestSupport
import Testing
import Trading

@testable import VenueBinance

@Suite("Binance faults")
struct BinanceFaultTests {
    /// What an order, a cancel and a question each end in when the venue answers like this; the first answer never ends.
    static let answers: [(ScriptedAnswer, change: String, read: String)] = [
        (.drip(everyMilliseconds: 50), "outcomeUnknown", "unavailable"), (.hangUp, "outcomeUnknown", "unavailable"),
        (.truncated(BinanceBench.filled(), after: 40), "outcomeUnknown", "unavailable"),
        (.json(String(BinanceBench.filled().prefix(60))), "malformed", "malformed"),
        (.html("<html>Just a moment</html>"), "malformed", "malformed"),
        (.json("[]"), "malformed", "malformed"), (.json(""), "malformed", "malformed"), (.json("{\"a\":1,\"a\":2}"), "malformed", "malformed"),
        (.huge(bytes: 50 << 20), "malformed", "malformed"), (.gzipBomb(bytes: 50 << 20), "malformed", "malformed"),
        (.html("<html>404</html>", status: 404), "malformed", "malformed"),
        (.json("", status: 302, headers: [("Location", "http://127.0.0.1:9/")]), "outcomeUnknown", "unavailable")
    ]

    @Test(
        "F015 F026 a lost, late, broken, foreign or endless answer leaves an order open and a question without answer, each sent once",
        arguments: answers.indices)
    func F015_F026_lostAnswers(_ index: Int) async throws {
        let (answer, change, read) = Self.answers[index]
        let bench = try BinanceBench(timeout: index == 0 ? TimeSpan(milliseconds: 800) : .minutes(5)) { _ in answer }
        defer { bench.server.stop() }
        #expect(await bench.submit()?.kind == change)
        #expect(await bench.cancel()?.kind == change)
        #expect(await bench.ask()?.kind == read)
        // Of what never ends the client may have enough before the server has read its request.
        #expect(index == 0 ? bench.server.requests.count <= 3 : bench.server.requests.count == 3)
    }

    @Test("F018 F019 F020 server trouble leaves an order and a cancel unknown and a question unanswered", arguments: [500, 502, 503, 504, 520])
    func F018_F019_F020_serverTrouble(_ status: Int) async throws {
        let bodies = [
            "<html>", "", BinanceBench.refusal(-1_007, "Timeout waiting for response from backend server."),
            BinanceBench.refusal(-2_010, "Account has insufficient balance")
        ]
        for body in bodies {
            let bench = try BinanceBench { _ in .json(body, status: status) }
            defer { bench.server.stop() }
            #expect(await bench.submit()?.kind == "outcomeUnknown")
            #expect(await bench.cancel()?.kind == "outcomeUnknown")
            #expect(await bench.ask()?.kind == "unavailable")
            #expect(bench.server.requests.count == 3)
        }
    }

    @Test("F018 codes of an order that may have got through, whatever the status", arguments: [-1_000, -1_001, -1_006, -1_007, -1_008])
    func F018_codes(_ code: Int) async throws {
        let bench = try BinanceBench { _ in .json(BinanceBench.refusal(code, "unknown"), status: 400) }
        defer { bench.server.stop() }
        #expect(await bench.submit()?.leavesOutcomeOpen == true)
        #expect(await bench.ask()?.kind == "unavailable")
    }

    @Test("F015 an order on a connection that was used before and now breaks is not sent again")
    func F015_reusedConnection() async throws {
        let bench = try BinanceBench { $0.method == "GET" ? .json(BinanceBench.filled()) : .hangUp }
        defer { bench.server.stop() }
        #expect(await bench.ask() == nil)
        #expect(await bench.submit()?.kind == "outcomeUnknown")
        #expect(bench.server.requests.filter { $0.method == "POST" }.count == 1)
        #expect(await bench.ask() == nil)
        #expect(await bench.cancel()?.kind == "outcomeUnknown")
        #expect(bench.server.requests.filter { $0.method == "DELETE" }.count == 1)
    }

    @Test("an address nobody listens at: nothing was sent, and that is known")
    func unreachable() async throws {
        let bench = try BinanceBench { _ in .hangUp }
        bench.server.stop()
        #expect(await bench.submit()?.kind == "unavailable")
    }

    @Test("F021 after 429 nothing is sent until Retry-After has passed, neither orders nor prices")
    func F021_retryAfter() async throws {
        let bench = try BinanceBench { _ in
            .json(BinanceBench.refusal(-1_003, "Too much request weight used"), status: 429, headers: [("Retry-After", "17")])
        }
        defer { bench.server.stop() }
        let until = bench.clock.now + .seconds(17)
        #expect(await bench.submit() == .rateLimited(until: until))
        bench.clock.advance(by: .seconds(16))
        #expect(await bench.submit(.protective) == .rateLimited(until: until))
        let feed = BinanceMarketFeed(baseURL: bench.server.url, transport: Silent(), limits: bench.limits, clock: bench.clock)
        await #expect(throws: FeedError.self) { try await feed.measureClock() }
        #expect(bench.server.requests.count == 1)
        bench.clock.advance(by: .seconds(1))
        _ = await bench.ask()
        #expect(bench.server.requests.count == 2)
    }

    @Test("F021 a 429 that does not say how long lasts to the next minute")
    func F021_nextMinute() async throws {
        let bench = try BinanceBench { _ in .html("slow down", status: 429) }
        defer { bench.server.stop() }
        bench.clock.advance(by: .seconds(20))
        #expect(await bench.submit() == .rateLimited(until: bench.clock.now + .seconds(40)))
    }

    @Test("F021 too many orders stop orders alone: asking and cancelling go on")
    func F021_orderCount() async throws {
        let bench = try BinanceBench {
            $0.method == "POST"
                ? .json(BinanceBench.refusal(-1_015, "Too many new orders"), status: 429, headers: [("Retry-After", "5")])
                : .json(BinanceBench.filled())
        }
        defer { bench.server.stop() }
        #expect(await bench.submit()?.kind == "rateLimited")
        #expect(await bench.submit()?.kind == "rateLimited")
        #expect(await bench.ask() == nil)
        #expect(await bench.cancel() == nil)
        #expect(bench.server.requests.count == 3)
    }

    @Test("F022 a ban is silence to its end, told by status, header or words, and the next process is told")
    func F022_ban() async throws {
        let told = Told()
        let clock = FakeClock()
        let end = clock.now + .minutes(30)
        let limits = BinanceLimits(clock: clock, onBan: { told.keep($0) })
        let bench = try BinanceBench(limits: limits) { _ in
            .json(BinanceBench.refusal(-1_003, "Way too much request weight used; IP banned until \(end.milliseconds)."), status: 418)
        }
        defer { bench.server.stop() }
        #expect(await bench.submit() == .banned(until: end))
        #expect(await bench.cancel() == .banned(until: end))
        #expect(bench.server.requests.count == 1)
        #expect(told.kept == [end])
    }

    @Test("F023 a refused key opens the circuit: no later signed call reaches the venue, prices do", arguments: [-2_014, -2_015, -2_008, -1_002])
    func F023_keyRevoked(_ code: Int) async throws {
        let bench = try BinanceBench {
            $0.target.hasPrefix("/api/v3/time")
                ? .json("{\"serverTime\":1767621600000}") : .json(BinanceBench.refusal(code, "Invalid API-key"), status: 401)
        }
        defer { bench.server.stop() }
        for _ in 0..<3 { #expect(await bench.submit() == .authentication("\(code) Invalid API-key")) }
        #expect(await bench.ask()?.kind == "authentication")
        bench.clock.advance(by: .days(1))
        #expect(await bench.cancel()?.kind == "authentication")
        #expect(bench.server.requests.count == 1)
        _ = try await bench.exchange.measureClock()
    }

    @Test("F023 a bad signature is about one request and opens no circuit")
    func F023_signature() async throws {
        let bench = try BinanceBench { _ in .json(BinanceBench.refusal(-1_022, "Signature for this request is not valid."), status: 400) }
        defer { bench.server.stop() }
        #expect(await bench.submit()?.kind == "authentication")
        #expect(await bench.submit()?.kind == "authentication")
        #expect(bench.server.requests.count == 2)
    }

    @Test("F023 a firewall's page says nothing about the key: silence for five minutes, then again")
    func F023_firewall() async throws {
        let bench = try BinanceBench { _ in .html("<html>Request blocked</html>", status: 403) }
        defer { bench.server.stop() }
        let until = bench.clock.now + .minutes(5)
        #expect(await bench.submit() == .rateLimited(until: until))
        #expect(await bench.ask() == .rateLimited(until: until))
        #expect(bench.server.requests.count == 1)
        bench.clock.advance(by: .minutes(5))
        _ = await bench.ask()
        #expect(bench.server.requests.count == 2)
    }

    @Test("F049 an answer about another symbol, name, side, quantity or account is malformed, and the order's outcome open")
    func F049_echo() async throws {
        for body in [BinanceBench.filled(symbol: "ETHUSDT"), BinanceBench.filled(client: "CR2026010514ETHE0"), BinanceBench.filled(side: "SELL")] {
            let bench = try BinanceBench { _ in .json(body) }
            defer { bench.server.stop() }
            #expect(await bench.submit()?.kind == "malformed")
        }
        let other = try BinanceBench { _ in .json(BinanceBench.filled()) }
        defer { other.server.stop() }
        let wish = OrderRequest(id: BinanceBench.id, symbol: BinanceBench.bitcoin, side: .buy, kind: .market(.base(Quantity("0.002")!)))
        #expect(await exchangeError { () throws(ExchangeError) in try await other.exchange.submit(wish, .ordinary) }?.kind == "malformed")
        let bench = try BinanceBench { _ in .json(BinanceBench.filled(client: "another")) }
        defer { bench.server.stop() }
        #expect(await bench.ask()?.kind == "malformed")
        #expect(await bench.cancel()?.kind == "malformed")
        let byNumber = OrderReference(BinanceBench.bitcoin, .venue(VenueOrderId(29)))
        #expect(await exchangeError { () throws(ExchangeError) in try await bench.exchange.order(byNumber) }?.kind == "malformed")
    }

    @Test("no error and no printed value holds the key or the secret, even where the venue repeats them")
    func secrets() async throws {
        let echo = "No: \(BinanceBench.apiKey) \(BinanceBench.secret)"
        for code in [-2_010, -2_015, -1_021, -1_007] {
            let bench = try BinanceBench { _ in .json(BinanceBench.refusal(code, echo), status: 400) }
            defer { bench.server.stop() }
            let error = try #require(await bench.submit())
            var dumped = ""
            dump(bench.exchange, to: &dumped)
            for text in ["\(error)", dumped, "\(bench.exchange)"] { #expect(!text.contains(BinanceBench.apiKey) && !text.contains("canary")) }
        }
    }

    @Test("no part of a key is left where a long message is cut in the middle of it")
    func cutSecrets() async throws {
        let bench = try BinanceBench { _ in .json(BinanceBench.refusal(-2_010, String(repeating: "x", count: 150) + BinanceBench.apiKey), status: 400)
        }
        defer { bench.server.stop() }
        #expect(try #require(await bench.submit()).leavesOutcomeOpen == false)
        #expect(await bench.submit().map { "\($0)".contains("bench") } == false)
    }

    private struct Silent: HTTPTransport {
        func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse { throw .timeout }
    }
}
