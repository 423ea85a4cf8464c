// What the figures over trades share, prepared once, and the one switch that computes each.

struct TradeFigures {
    let history: TradeHistory
    let profits: TradeProfits
    let multiples: RMultiples
    let streaks: Streaks

    init(_ history: TradeHistory) {
        self.history = history
        profits = TradeProfits(history.trades)
        multiples = RMultiples(history.trades)
        streaks = Streaks(history.trades.lazy.map(\.sign))
    }

    subscript(_ name: TradeStatistic) -> Statistic {
        switch name {
        case .count: .value(Double(profits.count))
        case .net: profits.net
        case .gains: profits.gains
        case .losses: profits.losses
        case .winRate: profits.winRate
        case .profitFactor: profits.factor
        case .expectancy: profits.expectancy
        case .averageWin: profits.averageWin
        case .averageLoss: profits.averageLoss
        case .payoff: profits.payoff
        case .largestWin: profits.largestWin
        case .largestLoss: profits.largestLoss
        case .rMean: multiples.mean
        case .rMedian: multiples.median
        case .rDeviation: multiples.deviation
        case .rBest: multiples.best
        case .rWorst: multiples.worst
        case .averageDuration: TradeTimes.averageDuration(history.trades)
        case .exposure: TradeTimes.exposure(history)
        case .winningStreak: count(streaks.winning)
        case .losingStreak: count(streaks.losing)
        }
    }

    private func count(_ n: Int) -> Statistic { history.trades.isEmpty ? .absent(.noTrades) : .value(Double(n)) }
}
