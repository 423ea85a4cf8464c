// The first and the last trades, each with its prices; all of them are what `--trades` writes.
import Backtest
import Kernel
import Market
import Messaging
import Statistics

struct TradeTable {
    let page: BacktestPage
    /// Trades shown at either end.
    static let each = 25

    var markup: Markup {
        let count = page.result.trades.count
        guard count > 0 else { return "<section aria-labelledby=\"trades\"><h2 id=\"trades\">Trades</h2><p>None.</p></section>\n" }
        let all = count <= 2 * Self.each,
            note =
                all
                ? "All \(count), in the order of their ends"
                : "The first and the last \(Self.each) of \(count), in the order of their ends; --trades FILE writes all"
        let gap: Markup = all ? "" : "<tr><td colspan=\"11\" class=\"gap\">\(count - 2 * Self.each) more</td></tr>\n"
        let first = all ? count : Self.each
        return """
            <section aria-labelledby="trades"><h2 id="trades">Trades</h2>
            <div class="scroll" role="region" tabindex="0" aria-label="Trades"><table class="trades"><caption>\(note)</caption>
            <thead><tr><th scope="col" class="n">No.</th><th scope="col">Market</th><th scope="col">Bought (UTC)</th><th scope="col" \
            class="n">At</th><th scope="col">Last sale, candle</th><th scope="col" class="n">At</th><th scope="col">Ended by</th><th scope="col" \
            class="n">Targets</th><th scope="col" class="n">Profit</th><th scope="col" class="n">% of its cost</th><th scope="col" \
            class="n">R</th></tr></thead><tbody>
            \((0..<first).map(line))\(gap)\((max(first, count - Self.each)..<count).map(line))</tbody></table></div></section>

            """
    }

    private func line(_ number: Int) -> Markup {
        let trade = page.result.trades[number], history = page.histories[trade.instrument]
        let multiple = trade.outcome(page.terms)?.rMultiple
        return """
            <tr><td class="n">\(number + 1)</td><th \
            scope="row">\(history.instrument.symbol.description)</th><td>\(Self.moment(trade.entry))</td><td \
            class="n">\(Self.price(trade.entryPrice, history))</td><td>\(Self.moment(trade.exit))</td><td \
            class="n">\(Self.price(trade.exitPrice, history))</td><td>\(trade.ending.words)</td><td class="n">\(trade.rungs)</td>\
            <td class="n \(trade.profit.isPositive ? "won" : "lost")"><data \
            value="\(trade.profit.description)">\(Format.amount(trade.profit, signed: true))</data></td><td \
            class="n">\(trade.share.map { Format.figure($0 * 100, signed: true) } ?? "–")</td><td \
            class="n">\(multiple.map { Format.figure($0, signed: true) } ?? "–")</td></tr>

            """
    }

    private static func price(_ price: Double, _ history: CandleHistory) -> String {
        FixedDecimal(shortest: price).map { Format.decimal($0, places: history.pricePlaces) } ?? "\(price)"
    }

    /// `2024-01-31 14:00`.
    private static func moment(_ time: Timestamp) -> String {
        let text = time.iso8601
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5))"
    }
}
