// What the run does not show. A page that is passed on must carry its own doubts.
import Backtest
import Messaging
import Strategies

struct Doubts {
    let page: BacktestPage
    /// Below this many trades, figures of trades are mostly chance.
    private static let few = 30

    var markup: Markup {
        """
        <section aria-labelledby="doubts"><h2 id="doubts">What this does not show</h2>
        <ul>\(lines.map { "<li>\($0)</li>\n" as Markup })</ul></section>

        """
    }

    private var lines: [String] {
        var lines = [checks]
        lines += PanelWords(page.strategy, page.result.panel)?.unproven ?? []
        lines.append("What the bot adds in trading is left out: breakers, pauses, limits of risk and correlation, Kelly sizing.")
        lines.append("A whole order fills at one price. Spread, depth and the order’s own weight are not in candles: slippage stands for them.")
        if page.terms.accounting == .exact, let values = RuleWords.values(page.histories, assumed: true) {
            lines.append("Tick, lot and smallest order are assumed, the first two from the candles’ decimals: \(values).")
        }
        lines.append(trials)
        if let doubt = page.gapWords.doubt { lines.append(doubt) }
        if page.gaps.leaps > 0 { lines.append(GapWords.leap) }
        let trades = page.result.tradeCount
        if trades < Self.few {
            lines.append(trades == 0 ? "It never traded." : "So few trades (\(trades)) say little: figures about them are mostly chance.")
        }
        let open = page.result.trades.count { $0.ending == .end }
        if open > 0 { lines.append("\(open) still open at the last candle \(open == 1 ? "was" : "were") sold at its close.") }
        return lines
    }

    private var trials: String {
        guard let counted = page.trials else {
            return "How many other strategies and values were tried on these candles is not known; the best of many looks good by luck."
        }
        return "Trials: \(counted). How often other strategies were tried on these candles is not known; the best of many looks good by luck."
    }

    private var checks: String {
        guard let leaks = page.leaks else { return "Nobody looked whether signals see the future or depend on where the candles begin (--fast)." }
        return "Look-ahead and warm-up were tried on samples only: \(leaks.words)."
    }
}
