// Statistics where there is little to count: nothing crashes, nothing pretends to know.
import Testing

@testable import Kernel
@testable import Risk
@testable import Statistics

@Suite("Statistics at the edges")
struct StatisticsTests {
    @Test("nothing counted, nothing known")
    func empty() {
        #expect(ForecastScore([], []) == nil)
        #expect(ForecastScore([0.5], []) == nil)
        #expect(LogitMean.pooled([]) == nil)
        #expect(WilsonInterval(0, of: 0).low == 0 && WilsonInterval(0, of: 0).high == 1)
        #expect(McNemar(won: 0, lost: 0).p == 1)
        #expect(EProcess().value == 1)
        #expect(SampleSize.needed(deviation: 1, difference: 0) == nil)
        #expect(SampleSize.needed(deviation: 1, difference: 1e-30) == nil)
        #expect(CostHurdle.basisPoints(dailyCost: 2, tradesPerDay: 0, notional: 100) == .infinity)
    }

    @Test("a certainty that was wrong is very bad and still a number")
    func certain() throws {
        let score = try #require(ForecastScore([1, 0], [false, false]))
        #expect(score.logLoss.isFinite && score.logLoss > 15)
        #expect(score.skill == nil)
    }

    @Test("McNemar is symmetric, and even splits prove nothing", arguments: [(5, 5), (600, 600), (3, 9), (800, 700)])
    func mcnemar(_ won: Int, _ lost: Int) {
        let test = McNemar(won: won, lost: lost), mirrored = McNemar(won: lost, lost: won)
        #expect(test == mirrored)
        #expect(test.p > 0 && test.p <= 1 && test.midP <= test.p)
        if won == lost { #expect(test.p == 1) }
    }

    @Test(
        "the log of gamma agrees with factorials", arguments: [(1, 0.0), (5, 3.1780538303479458), (11, 15.104412573075516), (171, 706.5730622457874)])
    func gamma(_ n: Int, _ expected: Double) {
        #expect((Mathematics.logGamma(Double(n)) - expected).magnitude < 1e-12 * max(1, expected))
        #expect((Mathematics.logGamma(0.25) - 1.2880225246980774).magnitude < 1e-13)
    }

    @Test("a beta quantile is where the cumulative share says", arguments: [(0.5, 0.5), (1, 1), (2, 30), (300, 20), (0.1, 5)])
    func beta(_ a: Double, _ b: Double) {
        for share in [0.01, 0.2, 0.5, 0.8, 0.99] {
            let x = BetaDistribution.quantile(share, a, b)
            #expect((BetaDistribution.cumulative(x, a, b) - share).magnitude < 1e-10)
        }
    }

    @Test("over seeds: under the null the e-process passes 20 in at most one run of twenty")
    func falseAlarms() {
        var alarms = 0
        for seed in 0..<300 {
            var numbers = SplitMix64(seed: UInt64(seed)), process = EProcess(), highest = 0.0
            for _ in 0..<365 {
                process.update(numbers.normal(), scale: 1)
                highest = max(highest, process.value)
            }
            if highest >= 20 { alarms += 1 }
        }
        #expect(alarms <= 15)
    }
}
