// How Binance says no, and what we then do not send.
import Kernel
import Market
import Ports
import TestSupport
import Testing

@testable import Feeds
@testable import VenueBinance

@Suite("Binance limits")
struct BinanceLimitsTests {
    let clock = FakeClock()

    func ask(_ feed: BinanceMarketFeed) async -> FeedError? {
        await feedError { () throws(FeedError) in try await feed.measureClock() }
    }
    func feed(_ transport: FakeTransport, _ limits: BinanceLimits) -> BinanceMarketFeed {
        BinanceMarketFeed(baseURL: "http://venue", transport: transport, limits: limits, clock: clock)
    }
    func refusing(_ status: Int, _ body: String = "", headers: [(name: String, value: String)] = []) -> FakeTransport {
        FakeTransport(body, status: status, headers: headers)
    }

    @Test("a read with server trouble is an error that may be tried again, and is sent once a try")
    func F020_serverTrouble() async {
        for status in [500, 502, 503, 504, 520] {
            let transport = refusing(status, "<html>Bad gateway</html>")
            let error = await ask(feed(transport, BinanceLimits(clock: clock)))
            #expect(error?.kind == .unavailable)
            #expect(error?.mayRetry == true)
            #expect(transport.requests.count == 1)
        }
    }

    @Test("after 429 nothing is sent until Retry-After has passed")
    func F021_retryAfter() async {
        let transport = refusing(429, "{\"code\":-1003,\"msg\":\"Too much request weight used\"}", headers: [("retry-after", "17")])
        let feed = feed(transport, BinanceLimits(clock: clock))
        let first = await ask(feed)
        #expect(first?.kind == .rateLimited)
        #expect(first?.retryAfter == .seconds(17))
        #expect(first?.detail == "HTTP 429 too many requests (-1003 Too much request weight used)")
        clock.advance(by: .seconds(16))
        #expect(await ask(feed)?.retryAfter == .seconds(1))
        #expect(transport.requests.count == 1)
        clock.advance(by: .seconds(1))
        _ = await ask(feed)
        #expect(transport.requests.count == 2)
    }

    @Test("a ban is total silence to its end, also for the next process that is told of it")
    func F022_ban() async throws {
        let start = clock.now
        let cases: [(FakeTransport, TimeSpan)] = [
            (refusing(418, headers: [("retry-after", "120")]), .seconds(120)),
            (
                refusing(
                    418,
                    "{\"code\":-1003,\"msg\":\"Way too much request weight used; IP banned until \((start + .minutes(30)).milliseconds). "
                        + "Please use\"}"
                ), .minutes(30)
            ),
            (refusing(418, "<html>"), .minutes(10)),
            (refusing(418, "{\"code\":-1003,\"msg\":\"IP banned until 1700000120000.\"}"), .minutes(10)),
            (refusing(418, headers: [("retry-after", "99999999")]), .days(3))
        ]
        for (transport, length) in cases {
            let clock = FakeClock(start)
            let limits = BinanceLimits(clock: clock)
            let feed = BinanceMarketFeed(baseURL: "http://venue", transport: transport, limits: limits, clock: clock)
            #expect(await ask(feed)?.kind == .banned)
            #expect(await limits.bannedUntil == start + length)
            clock.advance(by: TimeSpan(milliseconds: length.milliseconds - 1))
            #expect(await ask(feed)?.kind == .banned)
            let next = BinanceMarketFeed(
                baseURL: "http://venue", transport: transport,
                limits: BinanceLimits(clock: clock, bannedUntil: start + length), clock: clock)
            #expect(await ask(next)?.kind == .banned)
            #expect(transport.requests.count == 1)
            clock.advance(by: TimeSpan(milliseconds: 1))
            _ = await ask(next)
            #expect(transport.requests.count == 2)
        }
    }

    @Test("a ban is not tried again by the fetcher")
    func F022_noRetry() async {
        let transport = refusing(418)
        let feed = feed(transport, BinanceLimits(clock: clock))
        let stepped = FakeClock(sleep: .waits())
        let fetched = await SourceFetcher(clock: stepped, seed: 1).fetchAll([
            Source("binance", required: true) { () throws(FeedError) in SourceValue(try await feed.measureClock()) }
        ])
        #expect(fetched[0].report.blocksEntries)
        #expect(fetched[0].report.detail.hasPrefix("banned: banned until"))
        #expect(transport.requests.count == 1)
    }

    @Test("a firewall's page or a revoked right opens the circuit for five minutes")
    func F023_firewall() async {
        for (status, body) in [
            (403, "<html>Request blocked</html>"), (401, "{\"code\":-2015,\"msg\":\"Invalid API-key, IP, or permissions for action.\"}"), (451, "")
        ] {
            let clock = FakeClock()
            let transport = refusing(status, body)
            let feed = BinanceMarketFeed(baseURL: "http://venue", transport: transport, limits: BinanceLimits(clock: clock), clock: clock)
            #expect(await ask(feed)?.kind == .refused)
            clock.advance(by: .seconds(299))
            #expect(await ask(feed)?.kind == .refused)
            #expect(transport.requests.count == 1)
            clock.advance(by: .seconds(1))
            _ = await ask(feed)
            #expect(transport.requests.count == 2)
        }
    }

    @Test(
        "who only meets the pause is told what it is for",
        arguments: [
            (403, "asked not to ask yet: HTTP 403 forbidden without an error code: a firewall"),
            (429, "asked not to ask yet: HTTP 429 too many requests")
        ])
    func reasonOfPause(_ status: Int, _ words: String) async {
        let feed = feed(refusing(status, "<html>no</html>"), BinanceLimits(clock: clock))
        let first = await ask(feed), second = await ask(feed)
        #expect(first?.detail.hasPrefix("HTTP \(status)") == true && second?.detail == words && second?.kind == first?.kind)
    }

    @Test("a page, a cut text, a name twice, deep nesting and a huge body with 200 are refused")
    func F026_body() async {
        let bodies: [(String, FeedError.Kind)] = [
            ("<html>Just a moment</html>", .malformed), ("{\"serverTime\":17676", .malformed), ("", .malformed),
            ("{\"serverTime\":1,\"serverTime\":2}", .malformed),
            (String(repeating: "[", count: 3_000), .malformed), (String(repeating: " ", count: 5_000), .tooLarge)
        ]
        for (body, kind) in bodies { #expect(await ask(feed(FakeTransport(body), BinanceLimits(clock: clock)))?.kind == kind) }
        let capped = FakeTransport("{}")
        _ = await ask(feed(capped, BinanceLimits(clock: clock)))
        #expect(capped.requests[0].maximumBytes == 4_096)
    }

    @Test("an unknown symbol is not there, another bad request is refused")
    func codes() async {
        #expect(await ask(feed(refusing(400, "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}"), BinanceLimits(clock: clock)))?.kind == .notFound)
        #expect(await ask(feed(refusing(400, "{\"code\":-1100,\"msg\":\"Illegal characters\"}"), BinanceLimits(clock: clock)))?.kind == .refused)
        #expect(await ask(feed(refusing(418, "{\"code\":{},\"msg\":[]}"), BinanceLimits(clock: clock)))?.kind == .banned)
    }

    @Test("readers leave a fifth of the minute's weight, by the venue's own count, and wait for the next minute")
    func F048_weightReserve() async throws {
        clock.advance(by: .seconds(15))
        let limits = BinanceLimits(clock: clock, weightPerMinute: 1_000)
        try await limits.enter(weight: 700, source: "s")
        #expect(clock.sleeps.isEmpty)
        await limits.note(usedWeight: 790)
        try await limits.enter(weight: 10, source: "s")
        #expect(clock.sleeps.isEmpty)
        try await limits.enter(weight: 1, source: "s")
        #expect(clock.sleeps == [.seconds(45)])
        #expect(await limits.weightUsed == 1)
        // A single request above the share still passes alone: otherwise it never would.
        try await limits.enter(weight: 5_000, source: "s")
        #expect(clock.sleeps.count == 2)
    }

    @Test("the venue's count is taken from the answer's header")
    func weightHeader() async {
        let limits = BinanceLimits(clock: clock)
        let transport = FakeTransport("{\"serverTime\":1767621600000}", headers: [("x-mbx-used-weight", "3"), ("x-mbx-used-weight-1m", "1234")])
        _ = await ask(feed(transport, limits))
        #expect(await limits.weightUsed == 1_234)
    }
}
