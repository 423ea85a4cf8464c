// CoinGecko, the fear and greed index and NewsAPI: numbers that may be null, tickers that collide, errors
// in three shapes, and a key that shows nowhere.
import Kernel
import Ports
import TestSupport
import Testing

@testable import Feeds

@Suite("Context feeds")
struct ContextFeedsTests {
    let clock = FakeClock()

    // MARK: CoinGecko

    func coin(_ id: String, _ symbol: String, cap: String, volume: String = "1234567.891", hoursOld: Int = 0) -> String {
        """
        {"id":"\(id)","symbol":"\(symbol)","name":"\(id) <b>coin</b>","current_price":null,"market_cap":\(cap),"total_volume":\(volume),
        "roi":null,"last_updated":"\((clock.now - .hours(hoursOld)).iso8601)"}
        """
    }
    func catalog(_ transport: FakeTransport, access: CoinGeckoCatalog.Access = .keyless, overrides: [Currency: String] = [:]) -> CoinGeckoCatalog {
        CoinGeckoCatalog(access: access, root: "http://gecko", overrides: overrides, transport: transport, gate: openGate(clock), clock: clock)
    }
    func list(_ coins: [String]) -> String { "[" + coins.joined(separator: ",") + "]" }

    @Test("highest cap wins a ticker and says that it collided; null, zero and old figures are unknown")
    func collisions() async throws {
        let body = list([
            coin("fake-bitcoin", "btc", cap: "17"), coin("bitcoin", "btc", cap: "1317802988326.25"), coin("dust", "DST", cap: "0"),
            coin("nil", "nil", cap: "null"),
            coin("old", "old", cap: "5", hoursOld: 7), coin("ether", "eth", cap: "1.5e11", volume: "-1"), coin("bad", "b$d", cap: "9"), "4",
            "{\"id\":\"x\"}"
        ])
        let coins = try await catalog(FakeTransport(body)).coins(limit: 100)
        #expect(coins.map(\.id) == ["bitcoin", "ether", "dust", "nil", "old"])
        #expect(
            coins[0]
                == CoinFacts(
                    asset: Currency("BTC")!, id: "bitcoin", name: "bitcoin coin", marketCap: "1317802988326.25", volume24h: "1234567.891",
                    collided: true))
        #expect(coins[1].marketCap == "150000000000")
        #expect(coins[1].volume24h == nil)
        #expect(coins[2...].allSatisfy { $0.marketCap == nil && !$0.collided })
        #expect(try await catalog(FakeTransport(body)).coins(limit: 1).map(\.id) == ["bitcoin"])
        #expect(try await catalog(FakeTransport(body)).coins(limit: 0).isEmpty)
    }

    @Test("a letter whose capital is one of A to Z is another letter, and figures of a moment still to come are unknown")
    func lookAlikes() async throws {
        let body = list([
            coin("long-s", "ſol", cap: "900"), coin("solana", "sol", cap: "800"), coin("ligature", "ﬁl", cap: "700"),
            coin("dotless", "dıa", cap: "600"),
            coin("later", "lat", cap: "500", hoursOld: -1), coin("far", "far", cap: "400", hoursOld: -24 * 365 * 7_973)
        ])
        let coins = try await catalog(FakeTransport(body)).coins(limit: 9)
        #expect(coins.map(\.id) == ["solana", "far", "later"] && coins.map(\.marketCap) == ["800", nil, nil])
        #expect(!coins[0].collided)
    }

    @Test("an override names the coin, is asked for where it is not among the first, and rather knows nothing than the wrong one")
    func overrides() async throws {
        let page = list([coin("big", "uni", cap: "900"), coin("uniswap", "uni", cap: "800")]), extra = list([coin("small", "tru", cap: "5")])
        let transport = FakeTransport { (request, _) throws(HTTPError) in HTTPResponse(request.url.contains("ids=") ? extra : page) }
        let uni = Currency("UNI")!, tru = Currency("TRU")!
        let coins = try await catalog(transport, overrides: [uni: "uniswap", tru: "small"]).coins(limit: 9)
        #expect(coins.map(\.id) == ["uniswap", "small"])
        #expect(transport.requests[1].url.hasSuffix("ids=small"))
        #expect(try await catalog(FakeTransport(page), overrides: [uni: "gone"]).coins(limit: 9).isEmpty)
    }

    @Test("pages are read until there are enough or one is short; a coin on two pages counts once")
    func pages() async throws {
        let full = list((0..<250).map { coin("c\($0)", "C\($0)", cap: "\(1_000 - $0)") }),
            rest = list([coin("c249", "C249", cap: "751"), coin("z", "Z", cap: "1")])
        let transport = FakeTransport { (_, number) throws(HTTPError) in HTTPResponse(number == 0 ? full : rest) }
        #expect(try await catalog(transport).coins(limit: 600).count == 251)
        #expect(transport.requests.count == 2)
        #expect(transport.requests[1].url.contains("page=2"))
    }

    @Test(
        "all three shapes of error, and the page of the network before it",
        arguments: [
            (429, "{\"status\":{\"error_code\":429,\"error_message\":\"slow down\",\"timestamp\":\"t\"}}", FeedError.Kind.rateLimited, "slow down"),
            (401, "{\"error\":{\"status\":{\"error_code\":10011,\"error_message\":\"wrong root\"}}}", .refused, "wrong root"),
            (404, "{\"error\":\"coin not found\"}", .notFound, "coin not found"),
            (200, "{\"error\":\"coin not found\"}", .malformed, "coin not found"),
            (403, "<html>1020</html>", .refused, "403"), (200, "<html>", .malformed, "page"), (200, "{}", .malformed, "not a list"),
            (200, "[7]", .malformed, "no coin")
        ])
    func geckoErrors(_ status: Int, _ body: String, _ kind: FeedError.Kind, _ words: String) async throws {
        let error = try #require(await feedError { () throws(FeedError) in try await catalog(FakeTransport(body, status: status)).coins(limit: 10) })
        #expect(error.kind == kind)
        #expect(error.detail.contains(words))
    }

    @Test("a key goes in its own header to its own host")
    func geckoKeys() async throws {
        let transport = FakeTransport("[]")
        _ = try await catalog(transport, access: .demo(Secret("demo-key"))).coins(limit: 1)
        _ = try await catalog(transport, access: .pro(Secret("pro-key"))).coins(limit: 1)
        #expect(transport.requests[0].header("x-cg-demo-api-key") == "demo-key")
        #expect(transport.requests[1].header("x-cg-pro-api-key") == "pro-key")
        #expect(transport.requests.allSatisfy { !$0.url.contains("key") && !$0.followsRedirects })
        #expect(CoinGeckoCatalog.Access.pro(Secret("x")).root != CoinGeckoCatalog.Access.demo(Secret("x")).root)
    }

    // MARK: Fear and greed

    func mood(_ body: String) async throws(FeedError) -> SentimentReading {
        try await FearGreedFeed(baseURL: "http://mood", transport: FakeTransport(body), gate: openGate(clock), clock: clock).latest()
    }
    func reading(_ value: String, hoursOld: Int = 14) -> String {
        "{\"value\":\"\(value)\",\"value_classification\":\"Whatever\",\"timestamp\":\"\((clock.now - .hours(hoursOld)).milliseconds / 1_000)\"}"
    }

    @Test("the newest reading's number is believed, its label is ours")
    func fearGreed() async throws {
        let body = "{\"name\":\"x\",\"data\":[\(reading("40")),\(reading("90", hoursOld: 38))],\"metadata\":{\"error\":null}}"
        #expect(try await mood(body) == SentimentReading(value: 40, label: "fear", time: Timestamp(iso8601: "2026-01-05T00:00:00Z")!))
        #expect(
            [0, 24, 25, 46, 47, 54, 55, 75, 76, 100].map(FearGreedFeed.label)
                == ["extreme fear", "extreme fear", "fear", "fear", "neutral", "neutral", "greed", "greed", "extreme greed", "extreme greed"])
    }

    @Test("a reading that is old, from the future, out of range or not a string is none")
    func fearGreedErrors() async {
        let cases: [(String, FeedError.Kind)] = [
            ("{\"data\":[\(reading("40", hoursOld: 49))]}", .stale), ("{\"data\":[\(reading("40", hoursOld: -25))]}", .malformed),
            ("{\"data\":[\(reading("101"))]}", .malformed),
            ("{\"data\":[\(reading("-1"))]}", .malformed), ("{\"data\":[]}", .malformed),
            ("{\"data\":[{\"value\":40,\"timestamp\":\"1\"}]}", .malformed),
            ("{\"data\":[\(reading("40")),{}]}", .malformed), ("{\"metadata\":{\"error\":\"down\"}}", .unavailable), ("<html>", .malformed)
        ]
        for (body, kind) in cases { #expect(await feedError { () throws(FeedError) in try await mood(body) }?.kind == kind) }
    }

    // MARK: NewsAPI

    static let canary = "canary-0123456789abcdef"
    func news(_ transport: FakeTransport) -> NewsAPIFeed {
        NewsAPIFeed(
            baseURL: "http://news", query: "bitcoin OR \"ether & co\"", key: Secret(Self.canary), transport: transport, gate: openGate(clock),
            clock: clock)
    }
    func headlines(_ transport: FakeTransport) async throws(FeedError) -> [NewsItem] {
        try await news(transport).items(since: clock.now - .hours(24), until: clock.now, limit: 10)
    }

    @Test("articles become items; removed, dateless and doubled ones do not")
    func newsAPI() async throws {
        func article(_ title: String, _ url: String, minutesAgo: Int) -> String {
            "{\"source\":{\"id\":null,\"name\":\"S\"},\"author\":null,\"title\":\(title),\"url\":\"\(url)\","
                + "\"publishedAt\":\"\((clock.now - .minutes(minutesAgo)).iso8601)\"}"
        }
        let articles = [
            article("\"A <b>x</b>\"", "https://e.org/a", minutesAgo: 30), article("\"B\"", "https://e.org/b", minutesAgo: 20),
            article("\"B again\"", "https://e.org/b", minutesAgo: 25),
            article("\"[Removed]\"", "https://removed.com", minutesAgo: 5), article("null", "https://e.org/c", minutesAgo: 5), "{\"title\":\"D\"}",
            "1"
        ]
        let transport = FakeTransport("{\"status\":\"ok\",\"totalResults\":6,\"articles\":[\(articles.joined(separator: ","))]}")
        let items = try await headlines(transport)
        #expect(items.map(\.title) == ["B", "A x"])
        #expect(items[0].id == "https://e.org/b")
        let request = transport.requests[0]
        #expect(request.header("x-api-key") == Self.canary)
        #expect(request.url.contains("q=bitcoin%20OR%20%22ether%20%26%20co%22&from=2026-01-04T14%3A00%3A00Z"))
        #expect(!request.url.contains(Self.canary) && !request.followsRedirects)
    }

    @Test(
        "the service's codes decide what an error means",
        arguments: [
            (401, "apiKeyInvalid", FeedError.Kind.refused), (429, "rateLimited", .rateLimited), (429, "apiKeyExhausted", .rateLimited),
            (426, "maximumResultsReached", .refused),
            (400, "parameterInvalid", .refused), (500, "unexpectedError", .unavailable), (200, "apiKeyExhausted", .rateLimited),
            (200, "somethingNew", .unavailable)
        ])
    func newsErrors(_ status: Int, _ code: String, _ kind: FeedError.Kind) async {
        let transport = FakeTransport("{\"status\":\"error\",\"code\":\"\(code)\",\"message\":\"no\"}", status: status)
        #expect(await feedError { () throws(FeedError) in try await headlines(transport) }?.kind == kind)
    }

    @Test("a key that the service repeats in its error is not shown")
    func F097_secretInError() async throws {
        for status in [200, 400, 401, 429, 500] {
            let body = "{\"status\":\"error\",\"code\":\"\(Self.canary)\",\"message\":\"key \(Self.canary) is bad\"}"
            let error = try #require(await feedError { () throws(FeedError) in try await headlines(FakeTransport(body, status: status)) })
            #expect(!"\(error)".contains("canary-0123"))
        }
        let gecko = FakeTransport("{\"error\":\"key \(Self.canary) is bad\"}", status: 401)
        let error = try #require(
            await feedError { () throws(FeedError) in try await catalog(gecko, access: .demo(Secret(Self.canary))).coins(limit: 1) })
        #expect(!"\(error)".contains("canary-0123"))
        #expect(!"\(news(gecko))".contains("canary-0123"))
        var text = ""
        dump(news(gecko), to: &text)
        #expect(!text.contains("canary-0123"))
    }
}
