// The figures of real return series against what other libraries made of them; a key nobody knows fails.
import Foundation
import Kernel
import Market
import Testing

@testable import Statistics

private struct Truth: Decodable {
    struct Metric: Decodable {
        let value: Double
        let sr_per_period: Double?
        let benchmark_per_period: Double?
    }
    struct Series: Decodable {
        let name: String, first: String, last: String
        let n: Int
        let annualisation: Double
        let metrics: [String: Metric]
    }
    struct Trial: Decodable {
        let fast: Int?, slow: Int?
        let sr_per_period: Double, skew: Double, kurtosis: Double
        let n: Int
    }
    struct Case: Decodable {
        let prices: String
        let trials: [Trial]
        let best: Trial
        let n_trials: Int
        let variance_of_trial_sr: Double, expected_max_sr_per_period: Double, dsr: Double, psr_vs_0_of_best: Double
    }
    struct Deflated: Decodable { let cases: [Case] }
    let series: [Series]
    let deflated_sharpe: Deflated

    static func read() throws -> Truth { try JSONDecoder().decode(Truth.self, from: Data(SharedData.bytes("data/truth/metrics_truth.json"))) }
}

private func near(_ found: Double?, _ expected: Double, within tolerance: Double = 1e-12) -> Bool {
    found.map { ($0 - expected).magnitude <= tolerance * expected.magnitude } ?? false
}

@Suite("Metrics against their truth", .enabled(if: SharedData.isThere, "needs the reference data in ../shared"))
struct MetricsTruthTests {
    @Test(
        "each figure of each series is the reference's, with the periods of a year told from the dates",
        arguments: ["BTCUSDT-1d-buy_and_hold", "SPY-1d-buy_and_hold", "ETHUSDT-1d-sma_cross"])
    func figures(name: String) throws {
        let truth = try #require(try Truth.read().series.first { $0.name == name })
        let series = try ReturnSeries(csv: SharedData.bytes("data/truth/returns/\(name).csv"))
        #expect(series.count == truth.n && series.first?.iso8601.hasPrefix(truth.first) == true && series.last?.iso8601.hasPrefix(truth.last) == true)
        #expect(Annualisation.periodsPerYear(series.times) == truth.annualisation)
        let run = RunStatistics(series, periodsPerYear: truth.annualisation)
        #expect(truth.metrics.count >= 18)
        for (key, metric) in truth.metrics {
            let figure = try #require(ReturnStatistic(rawValue: key), "no figure is named \(key)")
            #expect(near(run[figure]?.double, metric.value), "\(key): \(String(describing: run[figure])), not \(metric.value)")
            if let ratio = metric.sr_per_period { #expect(near(run[.sharpePerPeriod]?.double, ratio)) }
            if let benchmark = metric.benchmark_per_period { #expect(near(1 / truth.annualisation.squareRoot(), benchmark)) }
        }
    }

    @Test("the truth holds no series that the test above leaves out")
    func allSeries() throws { #expect(try Truth.read().series.count == 3) }

    @Test("the best of thirty trials is deflated as the reference does", arguments: [0, 1])
    func deflated(index: Int) throws {
        let truth = try Truth.read().deflated_sharpe.cases
        try #require(truth.count == 2)
        let row = truth[index], best = row.best
        let trials = try #require(Trials(sharpes: row.trials.map(\.sr_per_period)))
        #expect(trials.count == row.n_trials)
        #expect(near(trials.sharpeVariance, row.variance_of_trial_sr))
        let luck = DeflatedSharpe.expectedMaximum(trials)
        #expect(near(luck, row.expected_max_sr_per_period))
        let sharpe = ProbabilisticSharpe(sharpe: best.sr_per_period, count: best.n, skew: best.skew, kurtosis: best.kurtosis)
        #expect(near(sharpe.above(0).double, row.psr_vs_0_of_best))
        #expect(near(sharpe.above(luck).double, row.dsr))
    }

    @Test("every trial's moments and the deflated ratio follow from the prices themselves", arguments: [0, 1])
    func fromPrices(index: Int) throws {
        let row = try Truth.read().deflated_sharpe.cases[index]
        let closes = SharedData.candles("data/" + row.prices.split(separator: "/").last!).map(\.close.double)
        try #require(closes.count > 1_000)
        var series: [[Double]] = []
        for trial in row.trials {
            let returns = Array(crossover(closes, fast: try #require(trial.fast), slow: try #require(trial.slow)).dropFirst(200))
            let moments = SampleMoments(returns)
            #expect(returns.count == trial.n)
            #expect(near(SharpeRatio.perPeriod(moments).double, trial.sr_per_period, within: 1e-11))
            #expect(near(Skewness.biased(moments).double, trial.skew, within: 1e-11))
            #expect(near(Kurtosis.biased(moments).double, trial.kurtosis, within: 1e-11))
            series.append(returns)
        }
        let best = try #require(zip(row.trials, series).max { $0.0.sr_per_period < $1.0.sr_per_period }).1
        let trials = try #require(Trials(sharpes: series.compactMap { SharpeRatio.perPeriod(SampleMoments($0)).double }))
        #expect(near(DeflatedSharpe.of(SampleMoments(best), trials).double, row.dsr, within: 1e-10))
    }

    /// Returns of holding while the fast mean was above the slow one at the close before, 0.001 a change.
    private func crossover(_ closes: [Double], fast: Int, slow: Int) -> [Double] {
        var sums = [0.0]
        for close in closes { sums.append(sums[sums.count - 1] + close) }
        func mean(_ length: Int, _ row: Int) -> Double { (sums[row + 1] - sums[row + 1 - length]) / Double(length) }
        let held = closes.indices.map { $0 >= slow - 1 && mean(fast, $0) > mean(slow, $0) ? 1.0 : 0 }
        return closes.indices.dropFirst().map { day in
            let now = held[day - 1], before = day > 1 ? held[day - 2] : 0
            return now * (closes[day] / closes[day - 1] - 1) - 0.001 * (now - before).magnitude
        }
    }
}
