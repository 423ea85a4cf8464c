// The crash that can be played on the made-up market.
import Kernel
import Market
import Testing
import VenueSynthetic

@Suite("Synthetic market: a crash")
struct MarketCrashTests {
    static let start = Timestamp(milliseconds: 1_767_657_600_000)  // 2026-01-06T00:00:00Z
    let calm = SyntheticMarket(seed: 7), fallen = SyntheticMarket(seed: 7, crash: MarketCrash(start: start))

    @Test("before it begins the market is the same candle by candle, and its name says that the crash is made up")
    func before() {
        for index in fallen.instruments.indices {
            let range = (from: Self.start - .days(3), to: Self.start)
            #expect(
                calm.candles(index, .m5, from: range.from, to: range.to, limit: 900)
                    == fallen.candles(index, .m5, from: range.from, to: range.to, limit: 900))
        }
        #expect(fallen.name.contains("made-up crash"))
        #expect(!calm.name.contains("crash"))
    }

    @Test("within three days most coins lose a quarter or more of what they would have been worth, and none gains by it")
    func fall() {
        let end = Self.start + .days(3)
        let kept = fallen.instruments.indices.compactMap { index -> Double? in
            guard let with = fallen.candle(index, .h1, at: end), let without = calm.candle(index, .h1, at: end) else { return nil }
            return with.close.value.double / without.close.value.double
        }
        #expect(kept.count >= 25)
        #expect(kept.allSatisfy { $0 > 0.5 && $0 < 1.001 })
        #expect(kept.count { $0 < 0.75 } * 2 > kept.count)
    }

    @Test("while it falls a coarse candle is still exactly the sum of its finer ones")
    func parts() {
        for index in [0, 5, 11] {
            for hour in 0..<72 {
                let open = Self.start + .hours(hour)
                let minutes = fallen.candles(index, .m1, from: open, to: open + .hours(1), limit: 60)
                let whole = fallen.candle(index, .h1, at: open)
                #expect(minutes.count == 60)
                #expect(whole?.open == minutes.first?.open && whole?.close == minutes.last?.close)
                #expect(whole?.high == minutes.map(\.high).max() && whole?.low == minutes.map(\.low).min())
            }
        }
    }
}
