// The ladder ends on candles as the fills would end it, and the rates it gives never claim certainty.
import Testing

@testable import Market
@testable import Risk

private let trailing = LadderTerms(stop: -0.03, targets: [0.03, 0.05, 0.08], shares: [0.33, 0.33, 0.34], trailingOffset: 0.02)!

/// (open, high, low, close) after an entry at 100.
private typealias Bar = (Double, Double, Double, Double)

private func walked(_ bars: [Bar], _ ladder: LadderTerms = standardLadder) -> LadderWalk {
    let rows =
        [candle(0, 100, 100, 100, 100)] + bars.enumerated().map { candle($0.offset + 1, $0.element.0, $0.element.1, $0.element.2, $0.element.3) }
    return LadderWalk(CandleColumns(rows), from: 0, ladder)
}

@Suite("First passage")
struct FirstPassageTests {
    @Test(
        "one candle ends the trade as the fills would",
        arguments: [
            ("stop", [(100, 101, 96.9, 99)], 0, true), ("exactly at the stop", [(100, 101, 97, 99)], 0, true),
            ("gap below the stop", [(95, 120, 95, 119)], 0, true), ("stop before target in one candle", [(100, 109, 96, 105)], 0, true),
            ("all targets", [(100, 108, 99, 107)], 3, true), ("gap above all", [(110, 111, 90, 95)], 3, true),
            ("gap above one, then the stop", [(103.5, 104, 96, 97)], 1, true), ("one rung", [(100, 103, 99, 102)], 1, false),
            ("nothing", [(100, 102.9, 97.1, 100)], 0, false), ("no candle", [], 0, false),
            ("one, then out", [(100, 103, 99, 102), (102, 102, 96, 97)], 1, true),
            ("two, then out", [(100, 103, 99, 102), (102, 105, 101, 104), (104, 104, 90, 91)], 2, true),
            ("two at once, later all", [(100, 106, 99, 105), (105, 109, 104, 109)], 3, true)
        ] as [(String, [(Double, Double, Double, Double)], Int, Bool)])
    func ends(_ name: String, _ bars: [(Double, Double, Double, Double)], _ rungs: Int, _ ended: Bool) {
        let walk = walked(bars)
        #expect(walk.rungs == rungs)
        #expect((walk.end != nil) == ended)
    }

    @Test("the trailing level rises at the close and acts from the next candle")
    func trails() {
        // The high of 104 would put the level at 101.92, above this same candle's low; only the next may use it.
        #expect(walked([(100, 104, 99, 103)], trailing).end == nil)
        let next = walked([(100, 104, 99, 103), (103, 103, 101.9, 102)], trailing)
        #expect(next.end == 2 && next.rungs == 1)
        #expect(walked([(100, 104, 99, 103), (103, 103, 102, 102)], trailing).end == nil)
        // Before the first rung nothing trails.
        #expect(walked([(100, 102.9, 99, 102), (102, 102, 98, 99)], trailing).end == nil)
        // The level never falls again.
        #expect(walked([(100, 104, 99, 103), (103, 103, 102.5, 102.6), (102.6, 102.7, 101.9, 102)], trailing).end == 3)
    }

    @Test("over seeds: rates are odds, never certain, and lie between frequency and driftless")
    func rates() {
        for seed in 1...30 {
            for ladder in [standardLadder, trailing] {
                let passage = FirstPassage(CandleColumns(walk(seed: UInt64(seed), count: 250)), ladder: ladder)
                #expect((passage.rates.reduce(0, +) - 1).magnitude < 1e-12)
                #expect((passage.frequencies.reduce(0, +) - 1).magnitude < 1e-9)
                #expect(passage.starts == 199)
                #expect(passage.counts.reduce(0, +) <= 199)
                #expect(passage.independent >= 1 && passage.independent < 100)
                for (rate, (frequency, driftless)) in zip(passage.rates, zip(passage.frequencies, ladder.driftlessProbabilities)) {
                    #expect(rate > 0 && rate < 1)
                    #expect(rate >= min(frequency, driftless) - 1e-12 && rate <= max(frequency, driftless) + 1e-12)
                }
            }
        }
    }

    @Test("on fine walks without drift the frequencies come near the driftless odds", arguments: [nil, 0.02] as [Double?])
    func unbiased(_ offset: Double?) {
        let ladder = offset == nil ? standardLadder : trailing
        var sums = [Double](repeating: 0, count: 4)
        let seeds = 24
        for seed in 1...seeds {
            // Steps far smaller than a rung. (Over 1,500 seeds: 0.501, 0.123, 0.102, 0.275.)
            let rows = walk(seed: UInt64(seed), count: 900, drift: -0.006 * 0.006 / 2, scatter: 0.006)
            let passage = FirstPassage(CandleColumns(rows), ladder: ladder, window: 900)
            for outcome in 0..<4 { sums[outcome] += passage.frequencies[outcome] / Double(seeds) }
        }
        let expected = ladder.driftlessProbabilities
        #expect((sums[0] - expected[0]).magnitude < 0.06)
        // A trail that ratchets between rungs reaches the last one less often than its guaranteed floors say.
        if offset == nil { #expect((sums[3] - expected[3]).magnitude < 0.06) } else { #expect(sums[3] <= expected[3] + 0.02) }
    }

    @Test("a market that never moves, or has no past, leaves the driftless odds", arguments: [0, 1, 2, 250])
    func still(_ count: Int) {
        let passage = FirstPassage(CandleColumns(candles(closes: [Double](repeating: 10, count: count))), ladder: standardLadder)
        #expect(zip(passage.rates, standardLadder.driftlessProbabilities).allSatisfy { ($0 - $1).magnitude < 1e-12 })
        #expect(passage.independent == 0)
    }

    @Test("a rising market lowers the stop's rate, a falling one raises it")
    func drift() {
        let up = FirstPassage(CandleColumns(walk(seed: 2, count: 250, drift: 0.004)), ladder: standardLadder)
        let down = FirstPassage(CandleColumns(walk(seed: 2, count: 250, drift: -0.004)), ladder: standardLadder)
        #expect(up.rates[0] < 0.4 && down.rates[0] > 0.6)
    }
}
