// The market as clients see it: candles that join the past to the present, prices that move, books, averages.
import ExchangeServer
import Kernel
import Market
import StrictJSON
import TestSupport
import Testing
import VenueSynthetic

@Suite struct MarketDataTests {
    static let synthetic: MarketHistory = {
        let market = SyntheticMarket(seed: 7, instrumentCount: 3)
        return MarketHistory(
            name: market.name, rules: market.instruments.map { .usual($0) }, step: .m1,
            listedSince: { market.listedSince($0, at: SyntheticMarket.epoch) }
        ) { symbol, timeframe, from, to, limit in
            market.index(of: symbol).map { market.candles($0, timeframe, from: from, to: to, limit: limit) } ?? []
        }
    }()

    private func rows(_ bench: Bench, _ query: String) async throws -> [[JSONValue]] {
        try await bench.get("/api/v3/klines", query).rows.map { row in if case .array(let fields) = row { fields } else { [] } }
    }
    private func integer(_ value: JSONValue) -> Int64 { if case .integer(let number) = value { number } else { .min } }

    @Test(
        "candles come oldest first, without gaps, on their grid, the last one still open",
        arguments: [
            "1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d",
            "3d", "1w"
        ])
    func grid(_ interval: String) async throws {
        try await Bench.with(Self.synthetic) { bench async throws in
            bench.clock.advance(by: .minutes(7))
            let rows = try await rows(bench, "symbol=BTCUSDT&interval=\(interval)&limit=20")
            #expect(rows.count == 20 && rows.allSatisfy { $0.count == 12 })
            let length = integer(rows[0][6]) + 1 - integer(rows[0][0])
            for (row, next) in zip(rows, rows.dropFirst()) {
                #expect(integer(next[0]) == integer(row[0]) + length && integer(row[6]) == integer(next[0]) - 1)
            }
            let now = bench.clock.now.milliseconds
            #expect(integer(rows[19][0]) <= now && integer(rows[19][6]) >= now)
            for row in rows {
                let prices = row[1...4].compactMap { value in if case .string(let text) = value { FixedDecimal(text) } else { nil } }
                #expect(prices.count == 4 && prices.max() == prices[1] && prices.min() == prices[2])
            }
        }
    }

    @Test("a month is a calendar month")
    func months() async throws {
        try await Bench.with(Self.synthetic) { bench async throws in
            let rows = try await rows(bench, "symbol=BTCUSDT&interval=1M&limit=3")
            #expect(
                rows.map { Timestamp(milliseconds: integer($0[0])).iso8601 } == [
                    "2025-11-01T00:00:00Z", "2025-12-01T00:00:00Z", "2026-01-01T00:00:00Z"
                ])
        }
    }

    @Test("what the venue played equals what its history says, once a candle has closed")
    func playedIsHistory() async throws {
        try await Bench.with(Self.synthetic) { bench async throws in
            let opening = bench.clock.now.floored(to: .hours(1))
            for _ in 0..<12 {
                bench.clock.advance(by: .minutes(5))
                _ = try await bench.get("/api/v3/ping")
            }
            let rows = try await rows(bench, "symbol=BTCUSDT&interval=1m&startTime=\(opening.milliseconds)&limit=50")
            let told = Self.synthetic.candles(.btc, .m1, opening, opening + .minutes(50), 50)
            #expect(rows.count == 50 && told.count == 50)
            for (row, candle) in zip(rows, told) {
                // A minute that the venue played opens where the one before it closed.
                #expect(
                    row[2...4].map { $0 } == [candle.high, candle.low, candle.close].map { JSONValue.string($0.value.text(minimumPlaces: 8)) },
                    "\(candle.openTime)")
            }
        }
    }

    @Test("a window, its first rows and its limit are kept")
    func windows() async throws {
        try await Bench.with(Self.synthetic) { bench async throws in
            let end = bench.clock.now.floored(to: .hours(1)).milliseconds, hour: Int64 = 3_600_000
            let some = try await rows(bench, "symbol=BTCUSDT&interval=1h&startTime=\(end - 10 * hour)&endTime=\(end - 5 * hour)")
            #expect(some.map { integer($0[0]) } == (0...5).map { end - (10 - $0) * hour })
            let first = try await rows(bench, "symbol=BTCUSDT&interval=1h&startTime=\(end - 100 * hour + 1)&limit=2")
            #expect(first.map { integer($0[0]) } == [end - 99 * hour, end - 98 * hour])
            #expect(try await rows(bench, "symbol=BTCUSDT&interval=1h&startTime=\(end)&endTime=\(end - 1)").isEmpty)
            let oldest = try await rows(bench, "symbol=BTCUSDT&interval=1m&startTime=0&limit=1")
            #expect(oldest.map { integer($0[0]) } == [SyntheticMarket.epoch.milliseconds])
            #expect(try await rows(bench, "symbol=BTCUSDT&interval=1h&limit=5000").count == 1_000)
            #expect(try await rows(bench, "symbol=BTCUSDT&interval=1s").isEmpty)
        }
    }

    @Test("time moves the price, the book stands round it, and a price set by hand is in the candle")
    func moves() async throws {
        try await Bench.with(Self.synthetic) { bench async throws in
            var seen: Set<String> = []
            for _ in 0..<5 {
                bench.clock.advance(by: .minutes(3))
                let last = try #require(try await bench.get("/api/v3/ticker/price", "symbol=BTCUSDT").text("price"))
                let book = try await bench.get("/api/v3/ticker/bookTicker", "symbol=BTCUSDT")
                let bid = try #require(FixedDecimal(book.text("bidPrice") ?? "")), ask = try #require(FixedDecimal(book.text("askPrice") ?? ""))
                #expect(bid < FixedDecimal(last)! && FixedDecimal(last)! < ask)
                seen.insert(last)
            }
            #expect(seen.count > 3)
            bench.venue.setPrice(.btc, Price("12345.67")!)
            bench.clock.advance(by: .minutes(2))
            let day = try await bench.get("/api/v3/ticker/24hr", "symbol=BTCUSDT")
            #expect(day.text("lastPrice") == "12345.67000000" && day.text("lowPrice") == "12345.67000000")
            bench.venue.setPrice(.btc, Price("12000")!, hold: false)
            bench.clock.advance(by: .minutes(10))
            let moving = FixedDecimal(try #require(try await bench.get("/api/v3/ticker/price", "symbol=BTCUSDT").text("price")))!
            #expect(moving != FixedDecimal(12_000) && moving > FixedDecimal(9_000) && moving < FixedDecimal(15_000))
        }
    }

    @Test("a market that runs sixty times faster keeps the venue's clock and its candles' grid")
    func speed() async throws {
        try await Bench.with(Self.synthetic, { $0.speed = 60 }) { bench async throws in
            let path = bench.clock.now.floored(to: .minutes(1))
            bench.clock.advance(by: .minutes(10))
            #expect(try await bench.get("/api/v3/time").integer("serverTime") == bench.clock.now.milliseconds)
            let rows = try await rows(bench, "symbol=BTCUSDT&interval=1m&limit=5")
            #expect(rows.map { integer($0[0]) } == (0..<5).map { bench.clock.now.floored(to: .minutes(1)).milliseconds - (4 - $0) * 60_000 })
            // Ten hours of the history's path have passed.
            let candle = try #require(Self.synthetic.candles(.btc, .m1, path + .hours(10), path + .hours(10) + .minutes(1), 1).first)
            #expect(try await bench.get("/api/v3/ticker/price", "symbol=BTCUSDT").text("price") == candle.open.value.text(minimumPlaces: 8))
        }
    }

    @Test("a history of another year is played at the venue's hours")
    func shifted() async throws {
        let start = Timestamp(iso8601: "2022-11-08T00:00:00Z")!
        try await Bench.with(Self.synthetic, { $0.start = start }) { bench async throws in
            // The venue opens a minute past two.
            let rows = try await rows(bench, "symbol=BTCUSDT&interval=1h&limit=3")
            let told = Self.synthetic.candles(.btc, .h1, start - .hours(2), start, 2)
            #expect(rows.prefix(2).map { $0[4] } == told.map { .string($0.close.value.text(minimumPlaces: 8)) })
            #expect(integer(rows[2][0]) == bench.clock.now.floored(to: .hours(1)).milliseconds)
        }
    }
}
