// The catalogue of figures over returns: their names, words and units, in the order of every report.

public enum ReturnStatistic: String, CaseIterable, Sendable {
    case totalReturn = "total_return"
    case cagr
    case expectancy
    case volatility = "volatility_annual"
    case sharpe, sortino, calmar
    case maximumDrawdown = "max_drawdown"
    case drawdownLength = "max_drawdown_length"
    case longestDrawdown = "longest_drawdown"
    case winRate = "win_rate"
    case profitFactor = "profit_factor"
    case exposure
    case winningStreak = "longest_winning_streak"
    case losingStreak = "longest_losing_streak"
    case valueAtRisk = "var_95_historical"
    case conditionalValueAtRisk = "cvar_95_historical"
    case normalValueAtRisk = "var_95_normal"
    case skew = "skew_unbiased"
    case excessKurtosis = "excess_kurtosis_unbiased"
    case biasedSkew = "skew_biased"
    case biasedKurtosis = "kurtosis_biased"
    case sharpePerPeriod = "sr_per_period"
    case probabilisticSharpe = "psr_vs_0"
    case probabilisticSharpeOfOne = "psr_vs_annual_sharpe_1"
    case expectedMaximumSharpe = "expected_max_sr_per_period"
    case deflatedSharpe = "dsr"

    public var title: String {
        switch self {
        case .totalReturn: "Total return"
        case .cagr: "Growth a year (CAGR)"
        case .expectancy: "Expectancy of a period"
        case .volatility: "Volatility a year"
        case .sharpe: "Sharpe ratio"
        case .sortino: "Sortino ratio"
        case .calmar: "Calmar ratio"
        case .maximumDrawdown: "Maximum drawdown"
        case .drawdownLength: "Its length"
        case .longestDrawdown: "Longest drawdown"
        case .winRate: "Win rate"
        case .profitFactor: "Profit factor"
        case .exposure: "Exposure"
        case .winningStreak: "Longest winning streak"
        case .losingStreak: "Longest losing streak"
        case .valueAtRisk: "Value at risk 95 %"
        case .conditionalValueAtRisk: "Expected shortfall 95 %"
        case .normalValueAtRisk: "Value at risk 95 %, normal"
        case .skew: "Skew"
        case .excessKurtosis: "Excess kurtosis"
        case .biasedSkew: "Skew, biased"
        case .biasedKurtosis: "Kurtosis, biased (normal 3)"
        case .sharpePerPeriod: "Sharpe ratio of a period"
        case .probabilisticSharpe: "True Sharpe above 0"
        case .probabilisticSharpeOfOne: "True Sharpe above 1 a year"
        case .expectedMaximumSharpe: "Best Sharpe by luck, a period"
        case .deflatedSharpe: "Deflated Sharpe"
        }
    }

    public var unit: StatisticUnit {
        switch self {
        case .totalReturn, .cagr, .expectancy, .volatility, .maximumDrawdown, .winRate, .exposure, .valueAtRisk, .conditionalValueAtRisk,
            .normalValueAtRisk, .probabilisticSharpe, .probabilisticSharpeOfOne, .deflatedSharpe:
            .percent
        case .drawdownLength, .longestDrawdown, .winningStreak, .losingStreak: .periods
        case .sharpe, .sortino, .calmar, .profitFactor, .skew, .excessKurtosis, .biasedSkew, .biasedKurtosis, .sharpePerPeriod,
            .expectedMaximumSharpe:
            .ratio
        }
    }
}
