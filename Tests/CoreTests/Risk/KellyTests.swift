// The numbers the product quotes, and the corners where a formula could divide, overflow or dare.
import Testing

@testable import Analysis
@testable import Kernel
@testable import Risk

let standardLadder = LadderTerms(stop: -0.03, targets: [0.03, 0.05, 0.08], shares: [0.33, 0.33, 0.34])!
let standardCosts = TradingCosts(fee: 0.001, slippage: 0.001)

private func near(_ a: Double?, _ b: Double, _ tolerance: Double) -> Bool { a.map { ($0 - b).magnitude <= tolerance } ?? false }

@Suite("Kelly")
struct KellyTests {
    @Test("a round trip costs 0.399 % and the four ends of the ladder are what they are")
    func returns() {
        let net = standardLadder.netReturns(standardCosts)
        #expect(near(standardCosts.roundTrip, 0.003993, 1e-6))
        #expect(zip(net, [-0.03387, -0.01415, 0.01214, 0.04939]).allSatisfy { near($0, $1, 1e-5) })
    }

    @Test(
        "without drift the ladder ends at its known odds, gains nothing and loses its costs",
        arguments: [
            nil, 0.02, 0.01, 0.05
        ] as [Double?])
    func driftless(_ trailing: Double?) throws {
        let ladder = try #require(
            trailing.map {
                LadderTerms(stop: -0.03, targets: [0.03, 0.05, 0.08], shares: [0.33, 0.33, 0.34], trailingOffset: $0)
            } ?? standardLadder)
        let p = ladder.driftlessProbabilities
        if trailing == nil { #expect(zip(p, [0.5, 0.125, 0.10227, 0.27273]).allSatisfy { near($0, $1, 1e-5) }) }
        #expect(near(p.reduce(0, +), 1, 1e-12))
        #expect(near(Kelly.mean(probabilities: p, returns: ladder.grossReturns), 0, 1e-12))
        #expect(near(Kelly.mean(probabilities: p, returns: ladder.netReturns(standardCosts)), -standardCosts.roundTrip, 1e-12))
        #expect(Kelly.fraction(probabilities: p, returns: ladder.netReturns(standardCosts)) == 0)
    }

    @Test("the default ladder breaks even at a stop probability of 45.3 %")
    func breakEven() throws {
        let p = standardLadder.driftlessProbabilities, r = standardLadder.netReturns(standardCosts)
        #expect(near(BreakEven.stopProbability(p, returns: r), 0.453, 5e-4))
        let tilt = try #require(ExponentialTilt(p, returns: r, mean: 0))
        // The published tilt, 0.0916, is per gross 3 %: the same probabilities in another unit.
        #expect(near(tilt.theta * standardCosts.kept, -0.0916, 1e-4))
        #expect(BreakEven.stopProbability([1, 0], returns: [-0.1, 0.2]) == nil)
    }

    @Test(
        "odds pay exactly where P(stop) is below their own break-even, and at it their mean is zero",
        arguments: [
            [0.3965, 0.2104, 0.1251, 0.2680], [0.3, 0.2, 0.1, 0.4], [0.5, 0.125, 0.10227, 0.27273], [0.2, 0.7, 0.05, 0.05], [0.349, 0.22, 0.13, 0.301]
        ])
    func ownBreakEven(_ given: [Double]) throws {
        let r = [-0.0339, -0.0142, 0.0121, 0.0494], p = given.map { $0 / given.reduce(0, +) }
        guard let border = BreakEven.stopProbability(keepingMixOf: p, returns: r) else {
            // The others lose together: no P(stop) is low enough.
            #expect(Kelly.mean(probabilities: [0] + p.dropFirst(), returns: r) <= 0)
            return
        }
        #expect((Kelly.mean(probabilities: p, returns: r) > 0) == (p[0] < border))
        let moved = [border] + p.dropFirst().map { $0 * (1 - border) / (1 - p[0]) }
        #expect(near(Kelly.mean(probabilities: moved, returns: r), 0, 1e-12) && near(moved.reduce(0, +), 1, 1e-12))
    }

    @Test(
        "odds that only stop, that lose whatever happens, or whose stop loses nothing have no break-even",
        arguments: [
            ([1, 0], [-0.1, 0.2]), ([0.4, 0.6], [-0.1, -0.01]), ([0.4, 0.6], [0, 0.2]), ([], [])
        ] as [([Double], [Double])])
    func noBreakEven(_ p: [Double], _ r: [Double]) { #expect(BreakEven.stopProbability(keepingMixOf: p, returns: r) == nil) }

    @Test(
        "the drawdown limit binds before the factor",
        arguments: [
            ([0.6, 0.4], [1.0, -1], 0.7, 0.1, 0.0543), ([0.40, 0.15, 0.15, 0.30], [], 0.85, 0.05, 0.081)
        ] as [([Double], [Double], Double, Double, Double)])
    func drawdown(_ p: [Double], _ given: [Double], _ alpha: Double, _ beta: Double, _ expected: Double) {
        let r = given.isEmpty ? standardLadder.netReturns(standardCosts) : given
        let kelly = Kelly.fraction(probabilities: p, returns: r)
        #expect(near(DrawdownKelly(probabilities: p, returns: r, kelly: kelly, alpha: alpha, beta: beta).fraction, expected, 5e-4))
    }

    @Test("a drawdown rule without meaning allows nothing", arguments: [(0.0, 0.05), (1, 0.05), (0.85, 0), (0.85, 1), (.nan, 0.05)])
    func meaningless(_ alpha: Double, _ beta: Double) {
        #expect(DrawdownKelly(probabilities: [0.6, 0.4], returns: [1, -1], kelly: 0.2, alpha: alpha, beta: beta).fraction == 0)
    }

    @Test("over seeds: Kelly is the best fraction there is, and growth beyond twice of it is negative")
    func optimal() {
        var numbers = SplitMix64(seed: 11)
        for _ in 0..<200 {
            let raw = (0..<4).map { _ in numbers.unit() + 0.01 }
            let p = raw.map { $0 / raw.reduce(0, +) }
            let r = [-0.02 - 0.05 * numbers.unit(), -0.01, 0.05 * numbers.unit(), 0.02 + 0.1 * numbers.unit()]
            let best = Kelly.fraction(probabilities: p, returns: r)
            guard best > 0 else {
                #expect(Kelly.mean(probabilities: p, returns: r) <= 0)
                continue
            }
            let top = Kelly.growth(at: best, probabilities: p, returns: r)
            for factor in [0.9, 0.99, 1.001] {
                #expect(Kelly.growth(at: best * factor, probabilities: p, returns: r) <= top + 1e-15)
            }
            let cautious = CautiousKelly(posterior: p, returns: r, weight: 50)
            #expect(cautious.fraction >= 0 && cautious.fraction <= best + 1e-9)
            let limited = DrawdownKelly(probabilities: p, returns: r, kelly: best, alpha: 0.85, beta: 0.05).fraction
            #expect(limited > 0 && limited <= best)
        }
    }

    @Test("a bet that cannot lose has no end, one that cannot win no beginning")
    func degenerate() {
        #expect(Kelly.fraction(probabilities: [0.5, 0.5], returns: [0, 0.1]) == .infinity)
        #expect(Kelly.fraction(probabilities: [0, 1], returns: [-1, 0.1]) == .infinity)
        #expect(Kelly.fraction(probabilities: [1, 0], returns: [-0.1, 5]) == 0)
        #expect(Kelly.fraction(probabilities: [0.5, 0.5], returns: [-0.1, 0.1]) == 0)
        #expect(Kelly.growth(at: 1, probabilities: [0.5, 0.5], returns: [-1, 1]) == -.infinity)
        #expect(CautiousKelly(posterior: [1], returns: [-0.1], weight: 20).fraction == 0)
        #expect(BinaryBet(p: 0.3, win: 1).fraction == 0)
        #expect(BakerMcHale(p: 0.4, win: 1, trials: 0).stake == 0)
        #expect(SimultaneousKelly(p: 0.4).each == 0)
        #expect(FractionalKelly.drawdownProbability(to: 0.5, at: 3) == 1)
    }

    @Test("terms that are no ladder are refused")
    func refused() {
        #expect(LadderTerms(stop: 0, targets: [0.03], shares: [1]) == nil)
        #expect(LadderTerms(stop: -1, targets: [0.03], shares: [1]) == nil)
        #expect(LadderTerms(stop: -0.03, targets: [], shares: []) == nil)
        #expect(LadderTerms(stop: -0.03, targets: [0.05, 0.03], shares: [0.5, 0.5]) == nil)
        #expect(LadderTerms(stop: -0.03, targets: [0.03, 0.05], shares: [0.5, 0.4]) == nil)
        #expect(LadderTerms(stop: -0.03, targets: [0.03], shares: [1], trailingOffset: 0) == nil)
        #expect(LadderTerms(stop: -0.03, targets: [0.03, .infinity], shares: [0.5, 0.5]) == nil)
    }
}

@Suite("Conviction map")
struct ConvictionMapTests {
    @Test(
        "before history, conviction tilts the odds by a fifth of its own log-odds",
        arguments: [
            (0.5, 0.5, 0.5), (0.8, 0.5, 0.5689), (0.2, 0.5, 0.4311), (0.8, 0.4, 0.4679)
        ])
    func prior(_ conviction: Double, _ base: Double, _ expected: Double) {
        #expect(near(ConvictionMap.prior.probability(conviction: conviction, base: base), expected, 1e-4))
    }

    @Test("no history leaves the prior, noise takes the information away, skill keeps it")
    func fits() {
        #expect(ConvictionMap.fitted(to: []) == .prior)
        var numbers = SplitMix64(seed: 4)
        func opinions(_ slope: Double) -> [ResolvedOpinion] {
            (0..<400).map { _ in
                let c = 0.55 + 0.4 * numbers.unit()
                let truth = Mathematics.sigmoid(slope * (Mathematics.logit(c) - 1.2))
                return ResolvedOpinion(conviction: c, base: 0.5, reached: numbers.unit() < truth)
            }
        }
        let noise = ConvictionMap.fitted(to: opinions(-0.3)), skill = ConvictionMap.fitted(to: opinions(1))
        #expect(!noise.isInformative)
        #expect(noise.probability(conviction: 0.95, base: 0.4) - 0.4 < 1e-12)
        #expect(skill.isInformative)
        #expect((0.4...1.3).contains(skill.slope))
        let drawn = skill.pooled(towards: .prior)
        #expect(near(drawn.slope, 0.8 * skill.slope + 0.2 * 0.2, 1e-12))
    }

    @Test("certainty is not infinite evidence")
    func certain() {
        #expect(ConvictionMap.prior.probability(conviction: 1, base: 0.5) < 0.75)
        #expect(ConvictionMap.prior.probability(conviction: 0, base: 0.5) > 0.25)
        #expect(ConvictionMap.fitted(to: [ResolvedOpinion(conviction: 1, base: 1, reached: false)]).slope.isFinite)
    }
}
