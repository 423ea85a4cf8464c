// A feed as the hour uses it: a window of items, polite requests, and errors that name themselves.
import Kernel
import Ports
import TestSupport
import Testing

@testable import Feeds

@Suite("Syndication feed")
struct SyndicationFeedTests {
    let clock = FakeClock()
    func feed(_ transport: FakeTransport) -> SyndicationFeed {
        SyndicationFeed(name: "Coin Paper", url: "https://e.org/rss", transport: transport, gate: openGate(clock), clock: clock)
    }
    func items(_ feed: SyndicationFeed, limit: Int = 50) async throws(FeedError) -> [NewsItem] {
        try await feed.items(since: clock.now - .hours(24), until: clock.now + .hours(1), limit: limit)
    }
    func item(_ title: String, minutesAgo: Int, guid: String = "") -> String {
        "<item><title>\(title)</title><guid>\(guid)</guid><dc:date>\((clock.now - .minutes(minutesAgo)).iso8601)</dc:date></item>"
    }

    @Test("the window, the future and doubles: newest first, each once")
    func selection() async throws {
        let body = SyndicationParserTests.rss(
            [
                item("old", minutesAgo: 24 * 60 + 1), item("older", minutesAgo: 60), item("newer", minutesAgo: 5), item("ahead", minutesAgo: -10),
                item("far ahead", minutesAgo: -11), item("Newer", minutesAgo: 4, guid: ""), item("a", minutesAgo: 30, guid: "g"),
                item("b", minutesAgo: 29, guid: "g"), item("&lt;b&gt;&lt;/b&gt;", minutesAgo: 1), "<item><title>dateless</title></item>"
            ].joined())
        let items = try await items(feed(FakeTransport(body)))
        #expect(items.map(\.title) == ["ahead", "newer", "a", "older"])
        #expect(items.allSatisfy { $0.source == "Coin Paper" && $0.receivedAt == clock.now })
        #expect(try await self.items(feed(FakeTransport(body)), limit: 1).map(\.title) == ["ahead"])
    }

    @Test("validators are sent back and a 304 answers from memory")
    func notModified() async throws {
        let body = SyndicationParserTests.rss(item("x", minutesAgo: 5))
        let transport = FakeTransport { (_, number) throws(HTTPError) in
            number == 0
                ? HTTPResponse(body, headers: [("etag", "\"v1\""), ("last-modified", "Mon, 05 Jan 2026 11:00:00 GMT")])
                : HTTPResponse("", status: 304)
        }
        let feed = feed(transport)
        #expect(try await items(feed).count == 1)
        #expect(try await items(feed).count == 1)
        #expect(transport.requests[0].header("if-none-match") == nil)
        #expect(transport.requests[1].header("if-none-match") == "\"v1\"")
        #expect(transport.requests[1].header("if-modified-since") == "Mon, 05 Jan 2026 11:00:00 GMT")
        #expect(transport.requests[0].maximumBytes == 2 << 20)
    }

    @Test("a channel's ttl is honoured, within the hour")
    func timeToLive() async throws {
        let transport = FakeTransport(SyndicationParserTests.rss("<ttl>99999</ttl>" + item("x", minutesAgo: 5)))
        let feed = feed(transport)
        _ = try await items(feed)
        clock.advance(by: .minutes(49))
        #expect(try await items(feed).count == 1)
        #expect(transport.requests.count == 1)
        clock.advance(by: .minutes(1))
        _ = try await items(feed)
        #expect(transport.requests.count == 2)
    }

    @Test("a huge body, a cut one and an error page with 200 are errors, not news")
    func F026_hugeTruncatedOrHTML() async {
        let huge = FakeTransport { (_, _) throws(HTTPError) in throw .tooLarge(limit: 2 << 20) }
        #expect(await feedError { () throws(FeedError) in try await items(feed(huge)) }?.kind == .tooLarge)
        let careless = FakeTransport(String(repeating: " ", count: 3 << 20))
        #expect(await feedError { () throws(FeedError) in try await items(feed(careless)) }?.kind == .tooLarge)
        for body in ["<rss><channel><item>", "<!DOCTYPE html><html>Just a moment...</html>", ""] {
            #expect(await feedError { () throws(FeedError) in try await items(feed(FakeTransport(body))) }?.kind == .malformed)
        }
    }

    @Test(
        "statuses become errors that say whether to ask again",
        arguments: [
            (403, FeedError.Kind.refused), (401, .refused), (404, .notFound), (410, .notFound), (408, .timeout), (429, .rateLimited),
            (500, .unavailable),
            (503, .unavailable), (418, .banned), (302, .refused), (304, .malformed)
        ])
    func statuses(_ status: Int, _ kind: FeedError.Kind) async {
        let error = await feedError { () throws(FeedError) in try await items(feed(FakeTransport("", status: status))) }
        #expect(error?.kind == kind)
        #expect(error?.source == "Coin Paper")
    }

    @Test("after 429 and after 403 the host is left alone")
    func F023_noStorm() async {
        for (status, header) in [(429, "30"), (429, "Mon, 05 Jan 2026 14:00:30 GMT"), (403, "")] {
            let clock = FakeClock()
            let transport = FakeTransport("", status: status, headers: header.isEmpty ? [] : [("retry-after", header)])
            let feed = SyndicationFeed(name: "f", url: "https://e.org", transport: transport, gate: openGate(clock), clock: clock)
            func ask() async -> FeedError? {
                await feedError { () throws(FeedError) in try await feed.items(since: clock.now, until: clock.now, limit: 1) }
            }
            _ = await ask()
            clock.advance(by: .seconds(29))
            #expect(await ask() != nil)
            #expect(transport.requests.count == 1)
            clock.advance(by: status == 429 ? .seconds(1) : .minutes(5))
            _ = await ask()
            #expect(transport.requests.count == 2)
        }
    }

    @Test("a wrong certificate is refused and said so")
    func F025_certificate() async {
        let transport = FakeTransport { (_, _) throws(HTTPError) in throw .tls("certificate has expired\u{1B}[31m") }
        let error = await feedError { () throws(FeedError) in try await items(feed(transport)) }
        #expect(error?.kind == .refused)
        #expect(error?.detail == "certificate or handshake: certificate has expired [31m")
    }
}
