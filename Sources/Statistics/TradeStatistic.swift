// The catalogue of figures over finished trades: their names, words and units, in the order of every report.

public enum TradeStatistic: String, CaseIterable, Sendable {
    case count = "trades"
    case net = "trade_net_profit"
    case gains = "trade_gross_profit"
    case losses = "trade_gross_loss"
    case winRate = "trade_win_rate"
    case profitFactor = "trade_profit_factor"
    case expectancy = "trade_expectancy"
    case averageWin = "trade_average_win"
    case averageLoss = "trade_average_loss"
    case payoff = "trade_payoff"
    case largestWin = "trade_largest_win"
    case largestLoss = "trade_largest_loss"
    case rMean = "r_mean"
    case rMedian = "r_median"
    case rDeviation = "r_deviation"
    case rBest = "r_best"
    case rWorst = "r_worst"
    case averageDuration = "trade_average_duration"
    case exposure = "trade_exposure"
    case winningStreak = "trade_longest_winning_streak"
    case losingStreak = "trade_longest_losing_streak"

    public var title: String {
        switch self {
        case .count: "Trades"
        case .net: "Net profit"
        case .gains: "Gross profit"
        case .losses: "Gross loss"
        case .winRate: "Trades won"
        case .profitFactor: "Profit factor of trades"
        case .expectancy: "Expectancy of a trade"
        case .averageWin: "Average win"
        case .averageLoss: "Average loss"
        case .payoff: "Average win over loss"
        case .largestWin: "Largest win"
        case .largestLoss: "Largest loss"
        case .rMean: "R multiple, mean"
        case .rMedian: "R multiple, median"
        case .rDeviation: "R multiple, deviation"
        case .rBest: "R multiple, best"
        case .rWorst: "R multiple, worst"
        case .averageDuration: "Average duration"
        case .exposure: "Time with a trade open"
        case .winningStreak: "Trades won in a row, most"
        case .losingStreak: "Trades lost in a row, most"
        }
    }

    public var unit: StatisticUnit {
        switch self {
        case .count, .winningStreak, .losingStreak: .trades
        case .net, .gains, .losses, .expectancy, .averageWin, .averageLoss, .largestWin, .largestLoss: .money
        case .winRate, .exposure: .percent
        case .profitFactor, .payoff, .rMean, .rMedian, .rDeviation, .rBest, .rWorst: .ratio
        case .averageDuration: .duration
        }
    }
}
