// What the figures over returns share, prepared once, and the one switch that computes each.

struct ReturnFigures {
    let returns: [Double]
    let ascending: [Double]
    let moments: SampleMoments
    let curve: EquityCurve
    let streaks: Streaks
    let periodsPerYear: Double?
    let trials: Trials?

    init(_ series: ReturnSeries, periodsPerYear: Double?, trials: Trials?) {
        returns = series.returns
        ascending = returns.sorted()
        moments = SampleMoments(returns)
        curve = EquityCurve(returns)
        streaks = Streaks(returns.lazy.map { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 })
        self.periodsPerYear = periodsPerYear
        self.trials = trials
    }

    subscript(_ name: ReturnStatistic) -> Statistic {
        switch name {
        case .totalReturn: TotalReturn.of(curve)
        case .cagr: annual { CompoundGrowth.annual(curve, periodsPerYear: $0) }
        case .expectancy: Expectancy.of(moments)
        case .volatility: annual { Volatility.annual(moments, periodsPerYear: $0) }
        case .sharpe: annual { SharpeRatio.annual(moments, periodsPerYear: $0) }
        case .sortino: annual { SortinoRatio.annual(returns, periodsPerYear: $0) }
        case .calmar: annual { CalmarRatio.of(curve, periodsPerYear: $0) }
        case .maximumDrawdown: MaximumDrawdown.depth(curve)
        case .drawdownLength: MaximumDrawdown.length(curve)
        case .longestDrawdown: MaximumDrawdown.longest(curve)
        case .winRate: WinRate.of(returns)
        case .profitFactor: ProfitFactor.of(returns)
        case .exposure: Exposure.of(returns)
        case .winningStreak: count(streaks.winning)
        case .losingStreak: count(streaks.losing)
        case .valueAtRisk: ValueAtRisk.historical(ascending: ascending)
        case .conditionalValueAtRisk: ConditionalValueAtRisk.historical(ascending: ascending)
        case .normalValueAtRisk: ValueAtRisk.normal(moments)
        case .skew: Skewness.unbiased(moments)
        case .excessKurtosis: Kurtosis.excessUnbiased(moments)
        case .biasedSkew: Skewness.biased(moments)
        case .biasedKurtosis: Kurtosis.biased(moments)
        case .sharpePerPeriod: SharpeRatio.perPeriod(moments)
        case .probabilisticSharpe: ProbabilisticSharpe.of(moments, above: 0)
        case .probabilisticSharpeOfOne: annual { ProbabilisticSharpe.of(moments, above: 1 / $0.squareRoot()) }
        case .expectedMaximumSharpe: deflated { Statistic(DeflatedSharpe.expectedMaximum($0)) }
        case .deflatedSharpe: deflated { DeflatedSharpe.of(moments, $0) }
        }
    }

    private func annual(_ figure: (Double) -> Statistic) -> Statistic {
        if returns.isEmpty { return .absent(.noReturns) }
        return periodsPerYear.map(figure) ?? .absent(.noAnnualisation)
    }

    /// One trial has no scatter: nothing says how lucky the best of such tries is.
    private func deflated(_ figure: (Trials) -> Statistic) -> Statistic {
        guard let trials else { return .absent(.noTrials) }
        return trials.count > 1 ? figure(trials) : .absent(.fewerTrials(than: 2))
    }

    private func count(_ n: Int) -> Statistic { returns.isEmpty ? .absent(.noReturns) : .value(Double(n)) }
}
