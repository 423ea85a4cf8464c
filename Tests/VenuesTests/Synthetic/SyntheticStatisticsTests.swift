// The synthetic market must be as hard as a real one: noise of the right size, in clusters, together,
// and without a direction that could be foretold. Reference figures are those of hourly spot candles.
import Kernel
import Market
import Testing
import VenueSynthetic

@Suite("Synthetic market: statistics")
struct SyntheticStatisticsTests {
    static let now = Timestamp(milliseconds: 1_767_621_600_000)
    static let seeds: [UInt64] = [1, 7, 1_000_003]
    /// There to be filtered out for what they are; their noise is not a coin's noise.
    static let oddities: Set<String> = ["USDC", "BTCUP", "FRESH"]

    static func returns(_ market: SyntheticMarket, _ index: Int, _ timeframe: Timeframe, count: Int) -> [Double] {
        let closes = market.candles(index, timeframe, from: now - timeframe.duration * (count + 1), to: now, limit: count + 1).map {
            Mathematics.log($0.close.double)
        }
        return zip(closes.dropFirst(), closes).map { $0 - $1 }
    }
    static func mean(_ x: [Double]) -> Double { x.reduce(0, +) / Double(x.count) }
    static func correlation(_ x: ArraySlice<Double>, _ y: ArraySlice<Double>) -> Double {
        let mx = mean(Array(x)), my = mean(Array(y))
        var xy = 0.0, xx = 0.0, yy = 0.0
        for (a, b) in zip(x, y) { xy += (a - mx) * (b - my); xx += (a - mx) * (a - mx); yy += (b - my) * (b - my) }
        return xy / (xx * yy).squareRoot()
    }
    static func autocorrelation(_ x: [Double], _ lag: Int) -> Double { correlation(x.dropFirst(lag), x.dropLast(lag)) }
    static func deviation(_ x: [Double]) -> Double { let m = mean(x); return mean(x.map { ($0 - m) * ($0 - m) }).squareRoot() }
    static func coins(_ market: SyntheticMarket) -> [Int] {
        market.instruments.indices.filter { !oddities.contains(market.instruments[$0].symbol.base.code) }
    }

    @Test("over 90 days each coin's hourly noise is 0.6 to 2 %, with fat tails", arguments: seeds)
    func noise(_ seed: UInt64) {
        let market = SyntheticMarket(seed: seed, instrumentCount: 40)
        for index in Self.coins(market) {
            let x = Self.returns(market, index, .h1, count: 2_160)
            let sigma = Self.deviation(x), m = Self.mean(x)
            #expect((0.006...0.02).contains(sigma), "\(market.instruments[index].symbol) \(sigma)")
            let kurtosis = Self.mean(x.map { ($0 - m) * ($0 - m) * ($0 - m) * ($0 - m) }) / (sigma * sigma * sigma * sigma)
            #expect(kurtosis > 3.5, "\(market.instruments[index].symbol) \(kurtosis)")
        }
    }

    @Test("over two years size has memory and direction has none", arguments: seeds)
    func memory(_ seed: UInt64) {
        let market = SyntheticMarket(seed: seed)
        var sizes: [Double] = [], directions: [Double] = [], far: [Double] = []
        for index in Self.coins(market) {
            let x = Self.returns(market, index, .h1, count: 17_520)
            let direction = Self.autocorrelation(x, 1)
            #expect(abs(direction) < 0.05, "\(market.instruments[index].symbol) \(direction)")
            directions.append(direction)
            let squares = x.map { $0 * $0 }
            sizes.append(Self.autocorrelation(squares, 1))
            far.append(Self.autocorrelation(squares, 24))
        }
        #expect(abs(Self.mean(directions)) < 0.02)
        #expect(sizes.allSatisfy { $0 > 0.02 } && (0.08...0.35).contains(Self.mean(sizes)))
        #expect(Self.mean(far) > 0.01)
    }

    @Test("no plain rule on past returns earns more than noise before costs", arguments: [4, 12, 24, 72])
    func nothingToExploit(_ hours: Int) {
        var scores: [Double] = []
        for seed in Self.seeds {
            let market = SyntheticMarket(seed: seed)
            for index in Self.coins(market).prefix(8) {
                let x = Self.returns(market, index, .h1, count: 17_520)
                let sigma = Self.deviation(x)
                var sum = x.prefix(hours).reduce(0, +), gain = 0.0
                for hour in hours..<x.count {
                    gain += sum > 0 ? x[hour] : -x[hour]
                    sum += x[hour] - x[hour - hours]
                }
                scores.append(gain / sigma / Double(x.count - hours))
            }
        }
        // Per hour, in units of an hour's noise: 0.02 would be 2 bps, a tenth of one trade's fees.
        #expect(abs(Self.mean(scores)) < 0.01, "\(Self.mean(scores))")
    }

    @Test("minutes have no direction to foretell either")
    func minutes() {
        var all: [Double] = [], squares: [Double] = []
        for seed in Self.seeds {
            let market = SyntheticMarket(seed: seed)
            for index in Self.coins(market).prefix(4) {
                let x = Self.returns(market, index, .m1, count: 10_080)
                all.append(Self.autocorrelation(x, 1))
                squares.append(Self.autocorrelation(x.map { $0 * $0 }, 1))
            }
        }
        #expect(abs(Self.mean(all)) < 0.04, "\(Self.mean(all))")
        #expect(Self.mean(squares) > 0.05, "\(Self.mean(squares))")
    }

    @Test("coins move together, not as one", arguments: seeds)
    func together(_ seed: UInt64) {
        let market = SyntheticMarket(seed: seed)
        // Inside the hour less than across hours, as in real markets (the Epps effect).
        for (timeframe, count, least) in [(Timeframe.h1, 2_160, 0.3), (.m5, 2_000, 0.25)] {
            let all = Self.coins(market).map { Self.returns(market, $0, timeframe, count: count) }
            var pairs: [Double] = []
            for i in all.indices { for j in all.indices where j > i { pairs.append(Self.correlation(all[i][...], all[j][...])) } }
            #expect((least...0.8).contains(Self.mean(pairs)), "\(timeframe) \(Self.mean(pairs))")
        }
    }

    @Test("over thirty years a price stays within a factor of 40 of where it started", arguments: [1, 7, 99])
    func saneRange(_ seed: UInt64) throws {
        let market = SyntheticMarket(seed: seed, instrumentCount: 40)
        for (index, instrument) in market.instruments.enumerated() where instrument.symbol.base.code != "FRESH" {
            var low = Double.infinity, high = 0.0
            for step in 0..<550 {
                let candle = try #require(market.candle(index, .h1, at: SyntheticMarket.epoch + .days(20 * step)))
                low = min(low, candle.low.double)
                high = max(high, candle.high.double)
            }
            #expect(high / low < 1_600)
            #expect(low / instrument.tickSize.double > 50, "\(instrument.symbol) \(low)")
            if instrument.symbol.base.code == "USDC" { #expect(low > 0.98 && high < 1.02, "\(low) \(high)") }
        }
    }

    @Test("regimes follow each other without a hole and last 6 to 48 hours")
    func regimes() throws {
        let market = SyntheticMarket(seed: 7)
        var now = Self.now, lengths: Set<Int> = []
        for _ in 0..<2_000 {
            let regime = try #require(market.regime(at: now))
            #expect((6...48).contains(regime.hours))
            #expect(regime.start <= now && now < regime.start + .hours(regime.hours))
            lengths.insert(regime.hours)
            let next = try #require(market.regime(at: regime.start + .hours(regime.hours)))
            #expect(next.start == regime.start + .hours(regime.hours) && next.leanAtStart == regime.leanAtEnd)
            now = next.start
        }
        #expect(lengths.count > 40)
        #expect(market.regime(at: SyntheticMarket.epoch - .hours(1)) == nil)
    }
}
