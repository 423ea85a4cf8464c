// The feeds over the real transport and a real socket: what a fake cannot show, such as size caps that
// act while bytes arrive, and connections that end half way.
import HTTPClient
import Kernel
import Market
import Ports
import TestSupport
import Testing

@testable import Feeds
@testable import VenueBinance

@Suite("Feeds over loopback")
struct LoopbackTests {
    let clock = FakeClock()
    let transport = CurlTransport(version: "test", connectTimeout: .minutes(5))

    /// Runs `body` against a server and stops it.
    func serving(_ script: @escaping LoopbackServer.Script, _ body: (LoopbackServer) async throws -> Void) async throws {
        let server = try LoopbackServer(script)
        defer { server.stop() }
        try await body(server)
    }
    func feed(_ server: LoopbackServer, _ limits: BinanceLimits? = nil) -> BinanceMarketFeed {
        BinanceMarketFeed(baseURL: server.url, transport: transport, limits: limits ?? BinanceLimits(clock: clock), clock: clock)
    }

    @Test("an hour's market data: instruments, tickers, candles, weight")
    func anHour() async throws {
        let bitcoin = Symbol("BTC/USDT")!
        let limits = BinanceLimits(clock: clock)
        try await serving(
            { [clock] request in
                let weight = [("X-MBX-USED-WEIGHT-1M", "321")]
                if request.target.hasPrefix("/api/v3/time") { return .json("{\"serverTime\":\(clock.now.milliseconds)}", headers: weight) }
                if request.target.hasPrefix("/api/v3/exchangeInfo") {
                    return .gzipped(BinanceMarketFeedTests.info([BinanceMarketFeedTests.symbol("BTCUSDT", "BTC")]))
                }
                if request.target.hasPrefix("/api/v3/ticker/24hr") { return .json("[" + BinanceMarketFeedTests.ticker("BTCUSDT") + "]") }
                return .json("[" + BinanceMarketFeedTests.row(BinanceMarketFeedTests.start - .hours(1)) + "]")
            },
            { (server: LoopbackServer) async throws in
                let feed = feed(server, limits)
                #expect(try await feed.instruments(at: clock.now).count == 1)
                #expect(try await feed.tickers(at: clock.now).first?.symbol == bitcoin)
                #expect(try await feed.candles(bitcoin, .h1, from: clock.now - .hours(1), to: clock.now, limit: 200).count == 1)
                #expect(await limits.weightUsed >= 321)
                #expect(server.requests.allSatisfy { $0.method == "GET" && $0.header("x-mbx-apikey") == nil })
                #expect(server.requests.map(\.target).contains("/api/v3/exchangeInfo?permissions=SPOT&symbolStatus=TRADING&showPermissionSets=false"))
            })
    }

    @Test("50 MB, a gzip bomb, a page, a cut body and a hung-up connection are errors, each by its name")
    func F026_hugeBody() async throws {
        let cases: [(ScriptedAnswer, [FeedError.Kind])] = [
            (.huge(bytes: 50 << 20), [.tooLarge]), (.huge(bytes: 50 << 20, announced: false), [.tooLarge]), (.gzipBomb(bytes: 50 << 20), [.tooLarge]),
            (.html("<html>Attention required</html>"), [.malformed]),
            (.truncated(BinanceMarketFeedTests.info([]), after: 20), [.unreachable, .malformed]),
            (.hangUp, [.unreachable])
        ]
        for (answer, kinds) in cases {
            try await serving(
                { _ in answer },
                { (server: LoopbackServer) async throws in
                    let error = try #require(await feedError { () throws(FeedError) in try await feed(server).instruments(at: clock.now) })
                    #expect(kinds.contains(error.kind), "\(error)")
                })
        }
    }

    @Test("five tries, no more, through the fetcher; the server counts them")
    func F020_boundedRetry() async throws {
        try await serving(
            { _ in .html("<html>502</html>", status: 502) },
            { (server: LoopbackServer) async throws in
                let stepped = FakeClock(sleep: .waits())
                let feed = feed(server)
                async let fetched = SourceFetcher(clock: stepped, seed: 5).fetchAll([
                    Source("binance", required: true) { () throws(FeedError) in SourceValue(try await feed.tickers(at: clock.now)) }
                ])
                for _ in 0..<4 { await stepped.wakeNext(of: 2) }
                let report = await fetched[0].report
                #expect((report.status, report.tries) == (.lost, 5))
                #expect(server.requests.count == 5)
            })
    }

    @Test("429 and 418 over the wire silence the feed")
    func F021_F022_silence() async throws {
        for status in [429, 418] {
            try await serving(
                { _ in .json("{\"code\":-1003,\"msg\":\"no\"}", status: status, headers: [("Retry-After", "9")]) },
                { (server: LoopbackServer) async throws in
                    let feed = feed(server)
                    for _ in 0..<3 {
                        let error = await feedError { () throws(FeedError) in try await feed.measureClock() }
                        #expect(error?.kind == (status == 429 ? .rateLimited : .banned))
                        #expect(error?.retryAfter == .seconds(9))
                    }
                    #expect(server.requests.count == 1)
                })
        }
    }

    @Test("a feed's validators travel, and a 304 answers from memory")
    func conditional() async throws {
        let body = SyndicationParserTests.rss("<item><title>Up</title><pubDate>Mon, 05 Jan 2026 13:00:00 GMT</pubDate></item>")
        try await serving(
            { request in
                request.header("if-none-match") == "\"v1\""
                    ? ScriptedAnswer(status: 304, body: [])
                    : ScriptedAnswer(headers: [("ETag", "\"v1\""), ("Content-Type", "application/rss+xml")], body: Array(body.utf8))
            },
            { (server: LoopbackServer) async throws in
                let feed = SyndicationFeed(
                    name: "f", url: server.url + "/rss", transport: transport, gate: openGate(clock), clock: clock,
                    userAgent: "Carillon (mail@example.org)")
                for _ in 0..<2 {
                    #expect(try await feed.items(since: clock.now - .hours(2), until: clock.now, limit: 5).map(\.title) == ["Up"])
                }
                #expect(server.requests.map { $0.header("if-none-match") } == [nil, "\"v1\""])
                #expect(server.requests[0].headers.filter { $0.name == "user-agent" }.map(\.value) == ["Carillon (mail@example.org)"])
            })
    }

    @Test("a key goes over the wire in its header, and not along a redirect")
    func redirectWithKey() async throws {
        let elsewhere = try LoopbackServer(answers: [.json("{}")])
        defer { elsewhere.stop() }
        try await serving(
            { _ in .json("", status: 302, headers: [("Location", elsewhere.url)]) },
            { (server: LoopbackServer) async throws in
                let feed = NewsAPIFeed(
                    baseURL: server.url, query: "x", key: Secret(ContextFeedsTests.canary), transport: transport, gate: openGate(clock), clock: clock)
                let error = await feedError { () throws(FeedError) in try await feed.items(since: clock.now, until: clock.now, limit: 1) }
                #expect(error?.kind == .refused)
                #expect(server.requests.first?.header("x-api-key") == ContextFeedsTests.canary)
                #expect(elsewhere.requests.isEmpty)
            })
    }
}
