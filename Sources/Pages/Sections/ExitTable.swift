// Why positions ended, how often, and what each way brought.
import Backtest
import Kernel
import Messaging

struct ExitTable {
    let page: BacktestPage

    var markup: Markup {
        let trades = page.result.trades
        guard !trades.isEmpty else { return "" }
        return """
            <section aria-labelledby="exits"><h2 id="exits">How positions ended</h2>
            <div class="scroll" role="region" tabindex="0" aria-label="How positions ended"><table><caption>By what sold the last part</caption>
            <thead><tr><th scope="col">Ended by</th><th scope="col">Share</th><th scope="col" class="n">Trades</th><th scope="col" class="n">Won</th>\
            <th scope="col" class="n">Net profit</th><th scope="col" class="n">Average</th></tr></thead><tbody>
            \(BacktestTrade.Ending.allCases.map { line($0, trades.filter { [ending = $0] in $0.ending == ending }, of: trades.count) })\
            </tbody></table></div></section>

            """
    }

    private func line(_ ending: BacktestTrade.Ending, _ trades: [BacktestTrade], of all: Int) -> Markup {
        guard !trades.isEmpty else { return "" }
        let share = Format.decimal(FixedDecimal(trades.count * 100).divided(by: FixedDecimal(all), rounding: .nearest), places: 1)
        let profit = trades.reduce(FixedDecimal.zero) { $0 + $1.profit }
        return """
            <tr><th scope="row">\(ending.words)</th><td><span class="bar" aria-hidden="true"><i style="width:\(share)%"></i></span> \(share) \
            %</td><td class="n">\(trades.count)</td><td class="n">\(trades.count(where: \.profit.isPositive))</td><td class="n"><data \
            value="\(profit.description)">\(Format.amount(profit, signed: true))</data></td><td \
            class="n">\(Format.amount(profit.divided(by: FixedDecimal(trades.count), rounding: .nearest), signed: true))</td></tr>

            """
    }
}

extension BacktestTrade.Ending {
    var words: String {
        switch self {
        case .stop: "stop"
        case .trailing: "trailing stop"
        case .target: "last target"
        case .signal: "signal"
        case .end: "end of the candles"
        }
    }
}
