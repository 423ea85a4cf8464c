// What must hold for every series of returns, over seeds.
import Kernel
import Testing

@testable import Statistics

private func sample(_ seed: UInt64) -> [Double] {
    var numbers = SplitMix64(seed: seed)
    let count = 4 + numbers.below(300), scatter = numbers.spread(1e-4, 0.2)
    return (0..<count).map { _ in numbers.below(5) == 0 ? 0 : max(-1, scatter * (0.05 + numbers.normal())) }
}

private func near(_ a: Statistic?, _ b: Double?, within tolerance: Double = 1e-9) -> Bool {
    guard let a = a?.double, let b else { return a?.double == nil && b == nil }
    return (a - b).magnitude <= tolerance * max(b.magnitude, 1e-3)
}

@Suite("Return statistics over seeds")
struct ReturnPropertyTests {
    @Test("no drawdown is positive or deeper than everything, none is longer than the run", arguments: 0..<40 as Range<UInt64>)
    func drawdown(seed: UInt64) throws {
        let returns = sample(seed), curve = EquityCurve(returns)
        #expect(curve.underwater.allSatisfy { (-1...0).contains($0) } && curve.values.count == returns.count)
        let run = RunStatistics(daily(returns), periodsPerYear: 365)
        let depth = try #require(run[.maximumDrawdown]?.double)
        #expect((-1...0).contains(depth) && depth == curve.underwater.min())
        if let length = run[.drawdownLength]?.double, let longest = run[.longestDrawdown]?.double {
            #expect(length <= longest && longest <= Double(returns.count))
        }
        if let var95 = run[.valueAtRisk]?.double, let cvar = run[.conditionalValueAtRisk]?.double { #expect(cvar <= var95) }
    }

    @Test("twice the bet has twice the scatter and the same ratios", arguments: 0..<40 as Range<UInt64>)
    func scaling(seed: UInt64) {
        let returns = sample(seed).map { max(-0.4, $0) }, factor = 2.0
        let one = RunStatistics(daily(returns), periodsPerYear: 365), two = RunStatistics(daily(returns.map { $0 * factor }), periodsPerYear: 365)
        for name in [
            ReturnStatistic.sharpe, .sortino, .sharpePerPeriod, .skew, .excessKurtosis, .biasedSkew, .biasedKurtosis, .winRate, .profitFactor,
            .exposure, .winningStreak, .losingStreak, .probabilisticSharpe, .probabilisticSharpeOfOne
        ] {
            #expect(near(two[name], one[name]?.double), "\(name)")
        }
        for name in [ReturnStatistic.volatility, .valueAtRisk, .conditionalValueAtRisk, .normalValueAtRisk, .expectancy] {
            #expect(near(two[name], one[name]?.double.map { $0 * factor }), "\(name)")
        }
        let longer = RunStatistics(daily(returns), periodsPerYear: 4 * 365)
        #expect(near(longer[.sharpe], one[.sharpe]?.double.map { $0 * 2 }) && near(longer[.volatility], one[.volatility]?.double.map { $0 * 2 }))
    }

    @Test("another order of the same returns changes only what depends on order", arguments: 0..<40 as Range<UInt64>)
    func order(seed: UInt64) {
        let returns = sample(seed)
        var shuffled = returns, numbers = SplitMix64(seed: seed &+ 1_000)
        for index in shuffled.indices.dropFirst() { shuffled.swapAt(index, numbers.below(index + 1)) }
        let one = RunStatistics(daily(returns), periodsPerYear: 365), other = RunStatistics(daily(shuffled), periodsPerYear: 365)
        let ordered: Set<ReturnStatistic> = [.calmar, .maximumDrawdown, .drawdownLength, .longestDrawdown, .winningStreak, .losingStreak]
        for name in ReturnStatistic.allCases where !ordered.contains(name) { #expect(near(other[name], one[name]?.double, within: 1e-11), "\(name)") }
    }

    @Test("a probability is one, and luck only takes from it: the more trials the more", arguments: 0..<40 as Range<UInt64>)
    func deflation(seed: UInt64) throws {
        let series = daily(sample(seed))
        var numbers = SplitMix64(seed: seed), before = 1.0
        let variance = numbers.spread(1e-6, 0.1)
        for count in [2, 3, 10, 100, 1_000_000] {
            let trials = try #require(Trials(count: count, sharpeVariance: variance))
            let run = RunStatistics(series, periodsPerYear: 365, trials: trials)
            let probable = try #require(run[.probabilisticSharpe]?.double), deflated = try #require(run[.deflatedSharpe]?.double)
            #expect((0...1).contains(probable) && (0...1).contains(deflated))
            #expect(deflated <= probable && deflated <= before)
            before = deflated
        }
    }

    @Test("the months and the years compound to the whole", arguments: 0..<20 as Range<UInt64>)
    func calendar(seed: UInt64) throws {
        let series = daily(sample(seed)), run = RunStatistics(series, periodsPerYear: 365)
        let years = run.monthly.years.compactMap(\.total.double).reduce(1) { $0 * (1 + $1) } - 1
        #expect(near(run[.totalReturn], years, within: 1e-10))
    }

    @Test("the sum of many small terms beside a large one loses none of them")
    func sums() {
        #expect(CompensatedSum.of([1e16, 1, 1, 1, 1, -1e16]) == 4)
        #expect(CompensatedSum.of([.infinity, 1]) == .infinity)
    }
}
