// The keyless panel says buy, hold, sell and veto where its definition says so, and abstains aloud.
import Settings
import Testing

@testable import Analysis
@testable import Kernel
@testable import Market

private let symbol = Symbol("LINK/USDT")!

private func view(_ analyst: IndicatorAnalyst, _ closes: [Double]) -> Opinion {
    analyst.opinion(on: symbol, CandleColumns(candles(closes: closes)))
}

/// Two hundred quiet hours around 100 and then `tail`.
private func quiet(_ tail: [Double] = [], seed: UInt64 = 3, hours: Int = 250) -> [Double] {
    var numbers = SplitMix64(seed: seed)
    return (0..<(hours - tail.count)).map { _ in 100 + 0.2 * numbers.normal() } + tail
}

@Suite("Indicator analysts")
struct IndicatorAnalystTests {
    @Test("a rise after quiet hours is bought by trend and momentum", arguments: [IndicatorAnalyst.trend, .momentum])
    func rise(_ analyst: IndicatorAnalyst) throws {
        let opinion = view(analyst, quiet((1...24).map { 100 + 0.15 * Double($0) }))
        #expect(opinion.action == .buy)
        #expect(try #require(opinion.conviction) >= "0.9")
        #expect(opinion.reason.contains("percentile"))
    }

    @Test("a fall after quiet hours is sold by trend and momentum", arguments: [IndicatorAnalyst.trend, .momentum])
    func fall(_ analyst: IndicatorAnalyst) throws {
        let opinion = view(analyst, quiet((1...24).map { 100 - 0.15 * Double($0) }))
        #expect(opinion.action == .sell)
        #expect(try #require(opinion.conviction) >= "0.9")
    }

    @Test("a dip in a quiet range is bought by mean reversion, a peak is sold", arguments: [(-0.9, Action.buy), (0.9, .sell)])
    func stretch(_ step: Double, _ action: Action) throws {
        let opinion = view(.meanReversion, quiet([100 + step]))
        #expect(opinion.action == action)
        #expect(try #require(opinion.conviction) >= "0.9")
    }

    @Test("mean reversion holds against a strong trend")
    func trending() {
        let opinion = view(.meanReversion, quiet((1...30).map { 100 - 0.5 * Double($0) }))
        #expect(opinion.action == .hold)
        #expect(opinion.reason.contains("trending (ADX"))
    }

    @Test("flat prices are no signal: every voter holds in the middle and the guard does not object")
    func flat() {
        let closes = [Double](repeating: 7, count: 250)
        let flat = CandleColumns(candles(closes: closes, wick: 0))
        for analyst in IndicatorAnalyst.allCases {
            let opinion = analyst.opinion(on: symbol, flat)
            #expect(opinion.action == (analyst == .volatilityRisk ? .buy : .hold))
            #expect(opinion.conviction == "0.5")
        }
    }

    @Test("a high percentile of a falling market is not a buy")
    func signAndStandingDisagree() {
        // A long fall that slows down: the signal is the best of its last 200 and still negative.
        let closes = (0..<250).map { 100 * Mathematics.exp(-0.004 * Double($0) + ($0 > 230 ? 0.003 * Double($0 - 230) : 0)) }
        let opinion = IndicatorAnalyst.trend.opinion(on: symbol, CandleColumns(candles(closes: closes, wick: 0.02)))
        #expect(opinion.action == .hold)
        #expect(opinion.conviction ?? .zero > "0.9")
    }

    @Test(
        "the guard vetoes a storm and a shock at the floor or above",
        arguments: [
            ("storm", "volatility"), ("shock", "shock candle")
        ])
    func veto(_ kind: String, _ words: String) throws {
        let storm = (0..<24).map { 100 + ($0.isMultiple(of: 2) ? 1.5 : -1.5) }
        let opinion = view(.volatilityRisk, quiet(kind == "storm" ? storm : [102.5]))
        #expect(opinion.role == .guardian)
        #expect(opinion.action == .hold)
        #expect(try #require(opinion.conviction) >= "0.70")
        #expect(opinion.reason.contains(words))
    }

    @Test("short history abstains with its reason", arguments: IndicatorAnalyst.allCases)
    func short(_ analyst: IndicatorAnalyst) {
        let opinion = view(analyst, quiet(hours: 199))
        #expect(opinion.action == .abstain)
        #expect(opinion.abstainReason == "199 candles, needs 200")
        #expect(opinion.conviction == nil)
    }

    @Test("over seeds: a conviction lies from 0 to 1, and a mirrored market mirrors the trend's opinion")
    func mirrored() throws {
        for seed in 1...40 {
            let walked = walk(seed: UInt64(seed), count: 260).map(\.close.double)
            // Mirrored differences: the same steps downwards around a far level keep every ATR and EMA distance.
            let up = walked.map { 1_000 + $0 }, down = walked.map { 1_000 - $0 }
            let a = IndicatorAnalyst.trend.opinion(on: symbol, CandleColumns(mirrorable(up)))
            let b = IndicatorAnalyst.trend.opinion(on: symbol, CandleColumns(mirrorable(down)))
            let opposite: [Action: Action] = [.buy: .sell, .sell: .buy, .hold: .hold]
            #expect(b.action == opposite[a.action])
            if a.action != .hold { #expect(a.conviction == b.conviction) }
            for analyst in IndicatorAnalyst.allCases {
                let opinion = analyst.opinion(on: symbol, CandleColumns(walk(seed: UInt64(seed), count: 260)))
                let conviction = try #require(opinion.conviction)
                #expect(conviction >= .zero && conviction <= .one)
            }
        }
    }

    /// Candles with a symmetrical absolute wick, so that a mirror image is exact.
    private func mirrorable(_ closes: [Double]) -> [Candle] {
        closes.indices.map { hour in
            let open = hour == 0 ? closes[0] : closes[hour - 1]
            return candle(hour, open, max(open, closes[hour]) + 0.1, min(open, closes[hour]) - 0.1, closes[hour])
        }
    }

    @Test(
        "on real hours at least two voters agree now and then, and the guard rarely objects",
        .enabled(if: SharedData.isThere, "needs the reference data in ../shared"), arguments: ["BTCUSDT", "LINKUSDT", "DOGEUSDT"])
    func realHours(_ name: String) {
        let all = SharedData.candles("data/\(name)-1h.csv.gz", from: 20_000, limit: 3_000)
        var agreed = 0, objected = 0, hours = 0
        for end in stride(from: 800, to: all.count, by: 13) {
            let columns = CandleColumns(all[(end - 250)..<end])
            let opinions = IndicatorAnalyst.allCases.map { $0.opinion(on: symbol, columns) }
            let voters = opinions.filter { $0.role == .voter }
            let buys = voters.filter { $0.action == .buy && ($0.conviction ?? .zero) >= "0.70" }.count
            let sells = voters.filter { $0.action == .sell && ($0.conviction ?? .zero) >= "0.70" }.count
            hours += 1
            if buys >= 2, buys > sells { agreed += 1 }
            if opinions.contains(where: { $0.role == .guardian && $0.action != .buy }) { objected += 1 }
        }
        #expect(hours > 150)
        #expect((0.05...0.35).contains(Double(agreed) / Double(hours)), "\(agreed) of \(hours)")
        #expect(Double(objected) / Double(hours) < 0.10, "\(objected) of \(hours)")
    }
}
