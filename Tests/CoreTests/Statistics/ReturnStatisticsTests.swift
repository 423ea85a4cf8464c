// Figures small enough to be worked out by hand, the figures that do not exist, and what two papers print.
import Testing

@testable import Kernel
@testable import Statistics

/// A daily series from 2024-01-01 (a Monday) on.
func daily(_ returns: [Double]) -> ReturnSeries {
    var series = ReturnSeries()
    for (index, value) in returns.enumerated() {
        do { try series.append(value, at: Timestamp(year: 2024, month: 1, day: 1)! + .days(index)) } catch { Issue.record("\(error)") }
    }
    return series
}

@Suite("Return statistics")
struct ReturnStatisticsTests {
    /// Equity 1.1, 1.045, 1.045, 1.0659, 0.95931; mean -0.006; squares about it 0.02272, cubes 0.00029304, fourths 0.00020852896.
    private static let five = [0.1, -0.05, 0, 0.02, -0.1]

    @Test(
        "five returns give the figures worked out by hand",
        arguments: [
            (.totalReturn, -0.04069), (.cagr, -0.04069), (.expectancy, -0.006), (.volatility, 0.0284.squareRoot()),
            (.sharpe, -0.03 / 0.0284.squareRoot()), (.sortino, -0.12 * 5.0.squareRoot()), (.calmar, -0.04069 / 0.1279),
            (.maximumDrawdown, -0.1279), (.drawdownLength, 4), (.longestDrawdown, 4), (.winRate, 0.5), (.profitFactor, 0.8), (.exposure, 0.8),
            (.winningStreak, 1), (.losingStreak, 1), (.valueAtRisk, -0.09), (.conditionalValueAtRisk, -0.1),
            (.normalValueAtRisk, -0.006 - NormalQuantile.z95 * 0.00568.squareRoot()),
            (.biasedSkew, 5.8608e-5 / (0.004544 * 0.004544.squareRoot())), (.biasedKurtosis, 4.1705792e-5 / (0.004544 * 0.004544)),
            (.skew, 5.8608e-5 / (0.004544 * 0.004544.squareRoot()) * 20.0.squareRoot() / 3),
            (.excessKurtosis, (6 * (4.1705792e-5 / (0.004544 * 0.004544) - 3) + 6) * 4 / 6), (.sharpePerPeriod, -0.006 / 0.00568.squareRoot())
        ] as [(ReturnStatistic, Double)])
    func byHand(name: ReturnStatistic, expected: Double) throws {
        let found = try #require(RunStatistics(daily(Self.five), periodsPerYear: 5)[name]?.double)
        #expect((found - expected).magnitude < 1e-13 * max(1, expected.magnitude), "\(found)")
    }

    @Test(
        "a figure that does not exist says why",
        arguments: [
            ([], .totalReturn, .noReturns), ([], .maximumDrawdown, .noReturns), ([], .winRate, .noReturns), ([], .profitFactor, .noReturns),
            ([], .exposure, .noReturns), ([], .valueAtRisk, .noReturns), ([], .conditionalValueAtRisk, .noReturns), ([], .sharpe, .noReturns),
            ([], .expectancy, .noReturns), ([], .winningStreak, .noReturns), ([], .probabilisticSharpe, .noReturns), ([], .cagr, .noReturns),
            ([0.1], .volatility, .fewerReturns(than: 2)), ([0.1], .sharpe, .fewerReturns(than: 2)), ([0.1], .sortino, .fewerReturns(than: 2)),
            ([0.1], .biasedSkew, .fewerReturns(than: 2)), ([0.1], .normalValueAtRisk, .fewerReturns(than: 2)),
            ([0.1], .probabilisticSharpe, .fewerReturns(than: 2)), ([0.1, 0.2], .skew, .fewerReturns(than: 3)),
            ([0.1, 0.2, 0.1], .excessKurtosis, .fewerReturns(than: 4)),
            ([0.1, 0.1, 0.1], .sharpe, .noVariance), ([0.1, 0.1, 0.1], .sharpePerPeriod, .noVariance), ([0.1, 0.1, 0.1], .skew, .noVariance),
            ([0.1, 0.1, 0.1, 0.1], .excessKurtosis, .noVariance), ([0.1, 0.1, 0.1], .probabilisticSharpeOfOne, .noVariance),
            ([0, 0], .winRate, .onlyZeros), ([0, 0], .profitFactor, .noLoss), ([0.1, 0.2], .profitFactor, .noLoss), ([0.1, 0.2], .sortino, .noLoss),
            ([0.1, 0.2], .calmar, .noDrawdown), ([0.1, 0.2], .drawdownLength, .noDrawdown), ([0.1, 0.2], .longestDrawdown, .noDrawdown),
            ([0.1, -0.2], .deflatedSharpe, .noTrials), ([0.1, -0.2], .expectedMaximumSharpe, .noTrials),
            ([1e300, 1e300], .totalReturn, .beyondMeasure), ([1e300, 1e300, -1], .maximumDrawdown, .beyondMeasure),
            ([1e300, 1e299], .sharpe, .beyondMeasure)
        ] as [([Double], ReturnStatistic, Absence)])
    func absent(returns: [Double], name: ReturnStatistic, why: Absence) {
        #expect(RunStatistics(daily(returns), periodsPerYear: 365)[name] == .absent(why))
    }

    @Test("without the periods of a year only annual figures are missing")
    func notAnnual() {
        let run = RunStatistics(daily(Self.five), periodsPerYear: nil)
        let missing = ReturnStatistic.allCases.filter { run[$0] == .absent(.noAnnualisation) }
        #expect(missing == [.cagr, .volatility, .sharpe, .sortino, .calmar, .probabilisticSharpeOfOne])
    }

    @Test(
        "what exists without any scatter or loss is a number",
        arguments: [
            ([0.1, 0.1], .volatility, 0), ([0.1, 0.2], .maximumDrawdown, 0), ([0.1], .winRate, 1), ([-1], .totalReturn, -1), ([-1, 0.5], .cagr, -1),
            ([0.1, 0.1], .normalValueAtRisk, 0.1), ([-0.1], .losingStreak, 1), ([0.0], .winningStreak, 0)
        ] as [([Double], ReturnStatistic, Double)])
    func degenerate(returns: [Double], name: ReturnStatistic, expected: Double) {
        let found = RunStatistics(daily(returns), periodsPerYear: 1)[name]?.double
        #expect(found.map { ($0 - expected).magnitude < 1e-15 } == true, "\(String(describing: found))")
    }

    @Test("the longest drawdown need not be the deepest, and of equal depths the first counts")
    func spells() {
        let curve = EquityCurve([-0.1, -0.1, 1, -0.01, 0, 0, 0.1, -0.19, 1])
        #expect(MaximumDrawdown.length(curve) == .value(2) && MaximumDrawdown.longest(curve) == .value(3))
        #expect(MaximumDrawdown.length(EquityCurve([-0.5, 1, -0.25, -0.25])) == .value(1))
    }

    @Test("the probabilistic Sharpe ratio is the one its paper prints (monthly 0.458 of 24 months)")
    func paper2012() throws {
        let shaped = try #require(ProbabilisticSharpe(sharpe: 0.458, count: 24, skew: -2.448, kurtosis: 10.164).above(0).double)
        let normal = try #require(ProbabilisticSharpe(sharpe: 0.458, count: 24, skew: 0, kurtosis: 3).above(0).double)
        #expect((shaped - 0.913361083860933).magnitude < 1e-13 && (normal - 0.9816749190910771).magnitude < 1e-13)
    }

    @Test("the deflated Sharpe ratio is the one its paper prints (2.5 a year, five years, the best of 100)")
    func paper2014() throws {
        let trials = try #require(Trials(count: 100, sharpeVariance: 0.5 / 250))
        let luck = DeflatedSharpe.expectedMaximum(trials)
        let sharpe = ProbabilisticSharpe(sharpe: 2.5 / 250.0.squareRoot(), count: 1_250, skew: -3, kurtosis: 10)
        #expect((luck - 0.11317200186513214).magnitude < 1e-12)
        #expect(try (#require(sharpe.above(luck).double) - 0.9003968344493904).magnitude < 1e-12)
    }

    @Test("trials that cannot have been are none; a single one deflates nothing")
    func trials() throws {
        #expect(
            Trials(count: 0, sharpeVariance: 0) == nil && Trials(count: 2, sharpeVariance: -1) == nil && Trials(count: 2, sharpeVariance: .nan) == nil
        )
        #expect(Trials(sharpes: []) == nil)
        let single = try #require(Trials(sharpes: [0.3]))
        let run = RunStatistics(daily(Self.five), periodsPerYear: 365, trials: single)
        #expect(DeflatedSharpe.expectedMaximum(single) == 0)
        #expect(run[.deflatedSharpe] == .absent(.fewerTrials(than: 2)) && run[.expectedMaximumSharpe] == .absent(.fewerTrials(than: 2)))
    }

    @Test("rows keep one order, no name twice, and trades only where they are known")
    func rows() {
        let period = fourteen...(fourteen + .days(1))
        let plain = RunStatistics(daily(Self.five), periodsPerYear: 365),
            full = RunStatistics(daily(Self.five), periodsPerYear: 365, trades: TradeHistory([], period: period))
        #expect(plain.rows.map(\.name) == ReturnStatistic.allCases.map(\.rawValue))
        #expect(full.rows.map(\.name) == plain.rows.map(\.name) + TradeStatistic.allCases.map(\.rawValue))
        #expect(Set(full.rows.map(\.name)).count == full.rows.count && Set(full.rows.map(\.title)).count == full.rows.count)
    }

    @Test("a month compounds its returns, and a month without any has none")
    func months() throws {
        var series = ReturnSeries()
        for (day, value) in [("2023-12-31", 0.5), ("2024-02-01", 0.1), ("2024-02-29", 0.1), ("2026-01-01", -1)] {
            try series.append(value, at: try #require(Timestamp(iso8601: day)))
        }
        let years = MonthlyReturns(series).years
        #expect(years.map(\.year) == [2023, 2024, 2025, 2026])
        #expect(years[0].months[11] == .value(0.5) && years[0].months[0] == .absent(.noReturns))
        #expect(years[1].months[1].double.map { ($0 - 0.21).magnitude < 1e-15 } == true && years[1].total == years[1].months[1])
        #expect(years[2].total == .absent(.noReturns) && years[3].total == .value(-1))
        #expect(MonthlyReturns(ReturnSeries()).years.isEmpty)
    }
}
