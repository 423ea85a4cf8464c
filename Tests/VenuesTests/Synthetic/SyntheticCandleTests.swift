// The synthetic market's promises about candles: parts add up exactly, order of asking is nothing,
// and what is not closed does not exist.
import Kernel
import Market
import Ports
import Testing
import VenueSynthetic

@Suite("Synthetic market: candles")
struct SyntheticCandleTests {
    static let now = Timestamp(milliseconds: 1_767_621_600_000)  // 2026-01-05T14:00:00Z

    @Test("a coarse candle is exactly the sum of its finer ones", arguments: [1, 7, 42, UInt64.max])
    func aggregation(_ seed: UInt64) throws {
        let market = SyntheticMarket(seed: seed, instrumentCount: 40)
        var draw = SplitMix64(seed: seed)
        for _ in 0..<60 {
            let index = draw.below(market.instruments.count)
            let day = Timestamp(milliseconds: 946_684_800_000) + .days(draw.below(13_000))
            for coarse in Timeframe.allCases.dropFirst() {
                let open = day + coarse.duration * draw.below(Int(86_400_000 / coarse.duration.milliseconds))
                let whole = market.candle(index, coarse, at: open)
                for fine in Timeframe.allCases where fine < coarse && (coarse != .d1 || fine >= .h1 || draw.below(8) == 0) {
                    let parts = market.candles(index, fine, from: open, to: open + coarse.duration, limit: 2_000)
                    let count = Int(coarse.duration.milliseconds / fine.duration.milliseconds)
                    guard let whole, parts.count == count else {
                        #expect(market.instruments[index].symbol.base.code == "FRESH")
                        continue
                    }
                    #expect(whole.open == parts.first?.open)
                    #expect(whole.close == parts.last?.close)
                    #expect(whole.high == parts.map(\.high).max())
                    #expect(whole.low == parts.map(\.low).min())
                    #expect(whole.volume == parts.map(\.volume).reduce(.zero, +))
                    #expect(zip(parts, parts.dropFirst()).allSatisfy { $0.openTime + fine.duration == $1.openTime && $0.close == $1.open })
                }
            }
        }
    }

    @Test("two worlds of one seed agree in any order of asking; another seed is another world")
    func purity() {
        let first = SyntheticMarket(seed: 7), second = SyntheticMarket(seed: 7), fewer = SyntheticMarket(seed: 7, instrumentCount: 5)
        let forwards = (0..<300).map { first.candle(3, .m5, at: Self.now - .minutes(5 * $0)) }
        let run = second.candles(3, .m5, from: Self.now - .minutes(5 * 299), to: Self.now + .minutes(5), limit: 300)
        #expect(run.reversed() == forwards.compactMap { $0 })
        #expect(run.count == 300)
        for (index, instrument) in fewer.instruments.enumerated() {
            let other = first.index(of: instrument.symbol).flatMap { first.candle($0, .h1, at: Self.now) }
            #expect(fewer.candle(index, .h1, at: Self.now) == other)
        }
        let elsewhere = SyntheticMarket(seed: 8)
        #expect(elsewhere.candle(3, .h1, at: Self.now) != first.candle(3, .h1, at: Self.now))
        #expect(first.tickersNow(at: Self.now) == second.tickersNow(at: Self.now))
    }

    @Test("a known world stays the same world")
    func pinned() throws {
        let market = SyntheticMarket(seed: 7)
        let index = try #require(Symbol("BTC/USDT").flatMap(market.index(of:)))
        let candle = try #require(market.candle(index, .m1, at: Self.now))
        #expect("\(candle.open) \(candle.high) \(candle.low) \(candle.close) \(candle.volume)" == "42526.22 42540.33 42523.87 42527.38 17.17438")
    }

    @Test("no candle that is still open is ever returned", arguments: Timeframe.allCases)
    func F051_unclosedCandle(_ timeframe: Timeframe) {
        let market = SyntheticMarket(seed: 3)
        var draw = SplitMix64(seed: 51)
        for _ in 0..<200 {
            let end = Self.now + TimeSpan(milliseconds: Int64(draw.below(200_000_000)))
            let start = end - timeframe.duration * draw.below(9) - TimeSpan(milliseconds: Int64(draw.below(90_000)))
            let found = market.candles(draw.below(30), timeframe, from: start, to: end, limit: 5)
            #expect(found.allSatisfy { $0.closeTime(timeframe) <= end && $0.openTime >= start })
            #expect(found.count <= 5)
            #expect((try? CandleSeries(timeframe, found)) != nil)
        }
    }

    @Test("the newest candles are kept when the limit is short, and nothing exists before the epoch")
    func limits() {
        let market = SyntheticMarket(seed: 3)
        let kept = market.candles(0, .h1, from: Self.now - .hours(50), to: Self.now, limit: 10)
        #expect(kept.first?.openTime == Self.now - .hours(10) && kept.last?.openTime == Self.now - .hours(1))
        #expect(market.candles(0, .h1, from: Self.now, to: Self.now - .hours(1), limit: 10).isEmpty)
        #expect(market.candles(0, .h1, from: Timestamp(milliseconds: 0), to: SyntheticMarket.epoch, limit: 10).isEmpty)
        #expect(market.candles(0, .h1, from: Timestamp(milliseconds: 0), to: SyntheticMarket.epoch + .hours(2), limit: 10).count == 2)
        #expect(market.candle(0, .h1, at: Self.now + .minutes(1)) == nil)
        #expect(market.candles(0, .d1, from: Self.now, to: Timestamp(milliseconds: .max / 2), limit: 3).count == 3)
    }

    @Test("a ticker ends where the last closed minute ended, and its turnover is that of 24 hours")
    func tickers() throws {
        let market = SyntheticMarket(seed: 11)
        let now = Self.now + TimeSpan(milliseconds: 754_321)
        let tickers = market.tickersNow(at: now)
        #expect(tickers.count == market.instruments.count)
        #expect(tickers.map(\.symbol) == tickers.map(\.symbol).sorted())
        for (index, ticker) in tickers.enumerated() {
            #expect(ticker.last == market.candles(index, .m1, from: now - .minutes(5), to: now, limit: 1).first?.close)
            #expect(ticker.time == now.floored(to: .minutes(1)))
            let bid = try #require(ticker.bid), ask = try #require(ticker.ask)
            #expect(bid < ticker.last && ticker.last < ask)
            #expect(ticker.last.value.isMultiple(of: market.instruments[index].tickSize))
            let turnover = market.candles(index, .h1, from: now - .hours(30), to: now, limit: 24)
                .map { $0.volume.double * $0.close.double }.reduce(0, +)
            if let told = ticker.quoteVolume { #expect(abs(told.double / turnover - 1) < 1e-6) }
        }
    }

    @Test("the ports give what the synchronous calls give, and an unknown symbol is said to be unknown")
    func ports() async throws {
        let market = SyntheticMarket(seed: 5)
        let symbol = market.instruments[4].symbol
        let told = try await market.candles(symbol, .m15, from: Self.now - .hours(5), to: Self.now, limit: 100)
        #expect(told == market.candles(4, .m15, from: Self.now - .hours(5), to: Self.now, limit: 100))
        #expect(told.count == 20)
        let nowhere = try #require(Symbol("NOPE/USDT"))
        await #expect(throws: FeedError.self) { try await market.candles(nowhere, .h1, from: Self.now, to: Self.now, limit: 1) }
        let coins = try await market.coins(limit: 100)
        #expect(coins.count == 30 && coins.first?.asset.code == "BTC" && coins.last?.marketCap == nil)
    }

    @Test("a fresh listing is always less than 20 days old, and has no candle from before it")
    func freshListing() throws {
        let market = SyntheticMarket(seed: 5)
        let fresh = try #require(Symbol("FRESH/USDT")), index = try #require(market.index(of: fresh))
        for day in 0..<60 {
            let now = Self.now + .days(day)
            let since = try #require(market.listedSince(fresh, at: now))
            #expect(since <= now && now - since < .days(20))
            #expect(market.candles(index, .h1, from: now - .days(40), to: now, limit: 1_000).allSatisfy { $0.openTime >= since })
        }
        let old = try #require(Symbol("BTC/USDT").flatMap { market.listedSince($0, at: Self.now) })
        #expect(Self.now - old > .days(30))
    }
}
