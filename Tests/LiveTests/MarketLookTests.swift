// A look at the market over real sockets: everything it brings, and what one lost source costs.
import Analysis
import Engine
import Feeds
import Kernel
import Market
import Ports
import Settings
import TestSupport
import Testing
import Trading

@Suite("A look at a live venue")
struct MarketLookTests {
    @Test("one look brings instruments, prices, candles, coins, headlines, mood and the clock")
    func wholeLook() async throws {
        try await live { live in
            live.venue.set {
                $0.bases.append("USDC")
                $0.others = [StandInVenue.instrument("AAA", "BTC"), StandInVenue.instrument("BBB", "EUR")]
                $0.clockOffset = 120
                $0.firstDay = ["DDD": hour.floored(to: .days(1)) - .days(12)]
            }
            let snapshot = try await live.observe()
            #expect(snapshot.bases == ["AAA", "BBB", "CCC"])
            #expect(snapshot.views.allSatisfy { $0.candles.count >= 200 && $0.candles.last?.openTime == hour - .hours(1) })
            #expect(snapshot.views.first?.instrument.tickSize == "0.01")
            #expect(snapshot.news.map(\.title) == ["AAA rises"])
            #expect(snapshot.sentiment == 61)
            #expect(snapshot.clockOffset == 120)
            #expect(snapshot.sources.map(\.name) == ["binance", "coingecko", "binance clock", "news", "fear and greed"])
            #expect(snapshot.sources.allSatisfy { $0.status == .ok && $0.tries == 1 })
            #expect(snapshot.source("binance")?.detail == "2 in other quotes")
            #expect(snapshot.verdict("USDC")?.exclusions.map(\.filter) == [.stablecoin])
            #expect(snapshot.verdict("DDD")?.exclusions == [Exclusion(filter: .listingAge, measured: "12", limit: "30", unknown: false)])
            #expect(snapshot.universe.count == 5)
            // No listing day and no candles of what is out already.
            #expect(live.venue.asked("interval=1d") == 4)
            #expect(live.venue.asked("symbol=USDCUSDT") == 0)
            #expect(live.venue.asked("interval=1h") == 3)
        }
    }

    @Test("one exchangeInfo is asked for by two that need it")
    func oneListing() async throws {
        var asked = Int.max
        // On a busy machine the second may come when the first has its answer: then it is another question, and another look is needed.
        for _ in 0..<20 where asked > 1 {
            try await live { live in
                _ = try await live.observe()
                asked = live.venue.asked("exchangeInfo")
            }
        }
        #expect(asked == 1)
    }

    @Test("only the most traded are looked at closely")
    func largest() async throws {
        try await live({ $0.feeds.instruments = 2 }) { live in
            let snapshot = try await live.observe()
            #expect(snapshot.bases == ["AAA", "BBB"])
            #expect(live.venue.asked("interval=1h") == 2)
        }
    }

    @Test(
        "an optional source that is lost is named after five tries, and the rest is there",
        arguments: [("/coins/", "coingecko"), ("/rss", "news"), ("/fng/", "fear and greed")])
    func optionalLost(_ path: String, _ name: String) async throws {
        try await live({ $0.universe.allowUnknown = [.marketCap] }) { live in
            live.venue.set { $0.instead[path] = .html("<html>down</html>", status: 503) }
            let snapshot = try await live.observe()
            #expect(snapshot.bases == ["AAA", "BBB", "CCC", "DDD"])
            let report = try #require(snapshot.source(name))
            #expect((report.status, report.tries) == (.lost, 5))
            #expect(report.detail.contains("503"))
            #expect(snapshot.sources.filter { $0.status == .lost }.map(\.name) == [name])
            #expect(live.venue.asked(path) == 5)
        }
    }

    @Test(
        "without instruments or prices there is no picture, and the error says which",
        arguments: [("exchangeInfo", "binance instruments"), ("24hr", "binance prices")])
    func requiredLost(_ path: String, _ name: String) async throws {
        try await live { live in
            live.venue.set { $0.instead[path] = .html("<html>down</html>", status: 502) }
            let error = await #expect(throws: FeedError.self) { _ = try await live.observe() }
            #expect(error?.source == name)
            #expect(error?.detail.contains("502") == true)
            #expect(live.venue.asked(path) >= 5)
            #expect(live.venue.asked("klines") == 0)
        }
    }

    @Test(
        "what fails a few times is asked again, each by itself",
        arguments: ["exchangeInfo", "24hr", "/coins/", "/rss", "/fng/", "interval=1h", "interval=1d", "/time"])
    func retried(_ part: String) async throws {
        try await live { live in
            live.venue.set { $0.failures[part] = 3 }
            let snapshot = try await live.observe()
            #expect(snapshot.bases == ["AAA", "BBB", "CCC", "DDD"])
            #expect(snapshot.sources.allSatisfy { $0.status == .ok })
        }
    }

    @Test("coins that nobody knows the size of are not offered, and the reason is the missing source")
    func unknownSize() async throws {
        try await live { live in
            live.venue.set { $0.instead["/coins/"] = .html("", status: 503) }
            try live.open()
            #expect(try await HourlyCycle(live.parts).run(CycleId(hour: hour)) == .done(entries: 0))
            let summary = try #require(live.summaries.last)
            #expect(summary.contains("Source lost: coingecko"))
            #expect(summary.contains("Nothing was offered: kept out 4 by marketCap (unknown)"))
        }
    }
}
