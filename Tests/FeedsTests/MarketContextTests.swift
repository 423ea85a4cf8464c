// The hour's context is what could be had of it, and the reports say what could not.
import Analysis
import Kernel
import Market
import Ports
import Synchronization
import TestSupport
import Testing

@testable import Feeds
@testable import VenueBinance

@Suite("Market context")
struct MarketContextTests {
    let clock = FakeClock(sleep: .waits())

    func syndicated(_ name: String, _ body: String, status: Int = 200) -> SyndicationFeed {
        SyndicationFeed(name: name, url: "https://e.org/" + name, transport: FakeTransport(body, status: status), gate: openGate(clock), clock: clock)
    }
    func item(_ title: String, minutesAgo: Int) -> String {
        "<item><title>\(title)</title><dc:date>\((clock.now - .minutes(minutesAgo)).iso8601)</dc:date></item>"
    }
    func mood(_ body: String) -> FearGreedFeed {
        FearGreedFeed(transport: FakeTransport(body), gate: openGate(clock), clock: clock)
    }

    @Test("two feeds and the mood make one picture; a lost third is named and optional")
    func picture() async {
        let mood = mood("{\"data\":[{\"value\":\"31\",\"timestamp\":\"\(clock.now.milliseconds / 1_000 - 3_600)\"}]}")
        let context = MarketContext(
            news: [
                syndicated("a", SyndicationParserTests.rss(item("Up", minutesAgo: 9) + item("Old", minutesAgo: 1_441))),
                syndicated("b", SyndicationParserTests.rss(item("up", minutesAgo: 5) + item("Down", minutesAgo: 3))),
                syndicated("c", "<html>", status: 403)
            ], mood: mood, fetcher: SourceFetcher(clock: clock, seed: 1))
        let (reports, news, sentiment) = await context.read(at: clock.now)
        #expect(news.map(\.title) == ["Down", "Up"])
        #expect(news.map(\.source) == ["b", "a"])
        #expect(sentiment == 31)
        #expect(reports.map(\.name) == ["a", "b", "c", "fear and greed"])
        #expect(reports.map(\.status) == [.ok, .ok, .lost, .ok])
        #expect(reports.map(\.items) == [1, 2, 0, 1])
        #expect(reports.allSatisfy { !$0.blocksEntries })
    }

    @Test("a stale mood is no mood, and nothing configured is nothing reported")
    func stale() async {
        let old = mood("{\"data\":[{\"value\":\"31\",\"timestamp\":\"1500000000\"}]}")
        let context = MarketContext(news: [], mood: old, fetcher: SourceFetcher(clock: clock, seed: 1))
        let (reports, _, sentiment) = await context.read(at: clock.now)
        #expect(sentiment == nil)
        #expect(reports.map(\.status) == [.stale])
        let empty = await MarketContext(news: [], mood: nil, fetcher: SourceFetcher(clock: clock, seed: 1)).read(at: clock.now)
        #expect(empty.reports.isEmpty && empty.news.isEmpty && empty.sentiment == nil)
    }
}

@Suite("Patient market feed")
struct PatientMarketFeedTests {
    let clock = FakeClock()

    func patient(_ transport: FakeTransport) -> PatientMarketFeed {
        PatientMarketFeed(
            BinanceMarketFeed(baseURL: "http://venue", transport: transport, limits: BinanceLimits(clock: clock), clock: clock), clock: clock, seed: 3
        )
    }

    @Test("one bad gateway does not cost the call")
    func F020_secondTry() async throws {
        let info = BinanceMarketFeedTests.info([BinanceMarketFeedTests.symbol("BTCUSDT", "BTC")])
        let transport = FakeTransport { (_, number) throws(HTTPError) in number == 0 ? HTTPResponse("", status: 502) : HTTPResponse(info) }
        #expect(try await patient(transport).instruments(at: clock.now).count == 1)
        #expect(transport.requests.count == 2)
        #expect(patient(transport).name == "binance")
    }

    @Test("five tries at most, and a ban is asked once", arguments: [(503, 5), (418, 1), (403, 1)])
    func F020_bounded(_ status: Int, _ tries: Int) async {
        let transport = FakeTransport("", status: status)
        let error = await feedError { () throws(FeedError) in try await patient(transport).tickers(at: clock.now) }
        #expect(error != nil)
        #expect(transport.requests.count == tries)
    }
}
