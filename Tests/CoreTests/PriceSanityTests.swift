// Rows 50 to 55 of the fault catalogue: a price nobody should act on is named and refused, and an
// ordinary one is not.
import Kernel
import Market
import Testing

@Suite("Price sanity")
struct PriceSanityTests {
    let sanity = PriceSanity()
    /// 2026-01-05T12:00:00Z.
    static let noon = Timestamp(milliseconds: 1_767_614_400_000)
    var now: Timestamp { Self.noon + .minutes(2) }

    static func candle(_ openTime: Timestamp, _ close: String, high: String? = nil, low: String? = nil) -> Candle {
        let price = Price(close)!
        return Candle(
            openTime: openTime, open: price, high: high.flatMap { Price($0) } ?? price,
            low: low.flatMap { Price($0) } ?? price, close: price, volume: Quantity("1")!)!
    }
    /// `count` hourly candles at 100, the newest closing at `end`.
    static func flat(_ count: Int, end: Timestamp = noon) -> [Candle] {
        (0..<count).map { candle(end - .hours(count - $0), "100") }
    }
    static func ticker(_ last: String, at time: Timestamp = noon + .minutes(2), bid: String? = nil, ask: String? = nil) -> Ticker {
        Ticker(symbol: Symbol("BTC/USDT")!, time: time, last: Price(last)!, bid: bid.flatMap { Price($0) }, ask: ask.flatMap { Price($0) })
    }
    func faults(_ candles: [Candle], _ ticker: Ticker? = ticker("100"), second: Price? = nil, at time: Timestamp? = nil) -> [PriceFault] {
        sanity.faults(of: candles, .h1, ticker: ticker, second: second, venueTime: time ?? now)
    }

    @Test("an ordinary history with a ticker beside it is usable")
    func usable() {
        #expect(faults(Self.flat(200)).isEmpty)
        #expect(faults(Self.flat(200), Self.ticker("101.9"), second: Price("100.5")).isEmpty)
        #expect(faults(Self.flat(1)).isEmpty)
    }

    @Test("no candles and no ticker are reasons, not silence")
    func nothing() {
        #expect(faults([]) == [.missing])
        #expect(faults(Self.flat(30), nil) == [.unconfirmed])
    }

    @Test("a last close one interval old is fresh, a millisecond more is stale")
    func F050_staleCandle() {
        let candles = Self.flat(30)
        let hourLater = Self.noon + .hours(1)
        #expect(faults(candles, Self.ticker("100", at: hourLater), at: hourLater).isEmpty)
        let late = hourLater + TimeSpan(milliseconds: 1)
        #expect(
            faults(candles, Self.ticker("100", at: late), at: late)
                == [.stale(lastClose: Self.noon, age: TimeSpan(milliseconds: 3_600_001), limit: .hours(1))])
    }

    @Test("a candle that closes after the venue's time is not closed, whoever says so")
    func F051_unclosedCandle() {
        let candles = Self.flat(30) + [Self.candle(Self.noon, "100")]
        #expect(faults(candles) == [.unclosed(openTime: Self.noon, venueTime: now)])
        let closed = Self.noon + .hours(1)
        #expect(faults(candles, Self.ticker("100", at: closed), at: closed).isEmpty)
    }

    @Test("one hole in the newest 24 or four in 200 refuse the series; three older ones do not")
    func F052_gaps() {
        let full = Self.flat(200)
        func without(_ indices: Set<Int>) -> [Candle] { full.enumerated().filter { !indices.contains($0.offset) }.map(\.element) }
        #expect(faults(without([176])) == [.gaps(missing: 1, window: 24, limit: 0)])
        #expect(faults(without([50, 80, 175])).isEmpty)
        #expect(faults(without([50, 60, 80, 175])) == [.gaps(missing: 4, window: 200, limit: 3)])
        var lenient = PriceSanity()
        lenient.recentGaps = 1
        #expect(lenient.faults(of: without([190]), .h1, ticker: Self.ticker("100"), venueTime: now).isEmpty)
    }

    @Test("duplicates, disorder, overlaps and candles off the grid are each named")
    func F052_disorder() {
        var candles = Self.flat(30)
        let doubled = candles[10]
        candles.insert(doubled, at: 10)
        #expect(faults(candles) == [.duplicate(openTime: doubled.openTime)])

        candles = Self.flat(30)
        candles.swapAt(10, 11)
        #expect(faults(candles).contains(.overlapping(openTime: candles[11].openTime)))

        candles = Self.flat(30)
        let half = candles[10].openTime + .minutes(30)
        candles.insert(Self.candle(half, "100"), at: 11)
        #expect(faults(candles) == [.overlapping(openTime: half), .offGrid(openTime: half), .overlapping(openTime: candles[12].openTime)])
    }

    @Test("what is no price cannot become one", arguments: ["", "null", "NaN", "nan", "inf", "1e400", "0", "0.0", "-1", " 1", "1,5", "0x1"])
    func F053_noPrice(_ text: String) { #expect(Price(text) == nil) }

    @Test("a candle whose high is below its low cannot exist")
    func F053_contradiction() {
        let (low, high) = (Price("9")!, Price("10")!)
        #expect(Candle(openTime: Self.noon, open: low, high: low, low: high, close: low, volume: .zero) == nil)
        #expect(Candle(openTime: Self.noon, open: high, high: high, low: low, close: Price("11")!, volume: .zero) == nil)
        #expect(Quantity("-1") == nil)
    }

    @Test("a wick of ten times, up or down, is out of band", arguments: ["1000", "10"])
    func F054_wick(_ spike: String) {
        var candles = Self.flat(30)
        let at = candles[25].openTime
        candles[25] = Self.candle(at, "100", high: spike == "1000" ? spike : nil, low: spike == "10" ? spike : nil)
        #expect(faults(candles) == [.wick(openTime: at, price: Price(spike)!, median: Price("100")!, factor: 3)])
    }

    @Test("a decimal shifted in the last close or in the ticker is caught", arguments: ["1000", "10", "0.0000000001", "10000000000"])
    func F054_decimalShift(_ wrong: String) {
        var candles = Self.flat(30)
        #expect(faults(candles, Self.ticker(wrong)).contains { if case .shifted = $0 { true } else { false } })
        candles[29] = Self.candle(candles[29].openTime, wrong)
        let found = faults(candles)
        #expect(found.contains { if case .wick = $0 { true } else { false } })
        #expect(found.contains { if case .shifted = $0 { true } else { false } })
        #expect(found.allSatisfy { !$0.worthAskingAgain })
    }

    @Test("two sources more than two percent apart dispute the price; neither is believed")
    func F055_disputed() {
        let candles = Self.flat(30)
        #expect(
            faults(candles, Self.ticker("102.01"))
                == [.disputed(first: Price("100")!, second: Price("102.01")!, difference: "0.0201", limit: "0.02")])
        #expect(
            faults(candles, Self.ticker("100"), second: Price("98"))
                == [.disputed(first: Price("100")!, second: Price("98")!, difference: "0.020408163266", limit: "0.02")])
        #expect(faults(candles, Self.ticker("100"), second: Price("98.1")).isEmpty)
        // Twenty minutes after the close a market may have moved by itself.
        let later = now + .minutes(20)
        let moved = Ticker(symbol: Symbol("BTC/USDT")!, time: later, last: Price("103")!)
        #expect(PriceSanity().faults(of: candles, .h1, ticker: moved, venueTime: later).isEmpty)
    }

    @Test("an old, future or crossed ticker confirms nothing")
    func ticker() {
        let candles = Self.flat(30)
        let old = now - .minutes(5) - TimeSpan(milliseconds: 1)
        #expect(faults(candles, Self.ticker("100", at: old)) == [.staleTicker(time: old, limit: .minutes(5))])
        #expect(faults(candles, Self.ticker("100", at: now + .minutes(6))) == [.staleTicker(time: now + .minutes(6), limit: .minutes(5))])
        #expect(faults(candles, Self.ticker("100", bid: "101", ask: "100")) == [.crossedBook(bid: Price("101")!, ask: Price("100")!)])
    }

    @Test("any one corrupted candle in a real-looking history is found (seeded)")
    func corrupted() {
        var chance = SplitMix64(seed: 0x5EED)
        for _ in 0..<200 {
            var candles = Self.flat(60)
            let at = 36 + chance.below(24)
            switch chance.below(4) {
            case 0: candles.remove(at: min(at, 58))
            case 1: candles.insert(candles[at], at: at)
            case 2: candles[at] = Self.candle(candles[at].openTime, "100", high: "1000")
            default: candles[at] = Self.candle(candles[at].openTime + .minutes(1 + chance.below(59)), "100")
            }
            #expect(!faults(candles).isEmpty)
        }
    }
}
