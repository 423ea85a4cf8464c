// The few numbers a person asks for first, and the same ones of buying and holding.
import Backtest
import Kernel
import Messaging
import Statistics

struct KeyFigures {
    let page: BacktestPage
    private static let shown: [String] = [
        ReturnStatistic.totalReturn.rawValue, ReturnStatistic.cagr.rawValue, ReturnStatistic.maximumDrawdown.rawValue,
        ReturnStatistic.sharpe.rawValue,
        TradeStatistic.count.rawValue, TradeStatistic.winRate.rawValue, TradeStatistic.profitFactor.rawValue, TradeStatistic.rMean.rawValue
    ]
    private static let compared: [ReturnStatistic] = [.totalReturn, .cagr, .volatility, .sharpe, .sortino, .maximumDrawdown, .longestDrawdown]

    var markup: Markup {
        """
        <section aria-labelledby="key"><h2 id="key">Key figures</h2>
        <p>\(sentence)</p>
        <dl class="cards"><div><dt>Final equity</dt><dd><data \
        value="\(page.result.finalEquity.description)">\(Format.amount(page.result.finalEquity))</data> \
        <small>\(page.currency)</small></dd></div>
        \(Self.shown.compactMap(page.row).map { "<div><dt>\($0.title)</dt><dd>\(Figure.markup($0))</dd></div>\n" as Markup })</dl>
        <div class="scroll" role="region" tabindex="0" aria-label="Strategy beside buy and hold"><table><caption>Beside buying all markets in equal \
        parts and holding them</caption>
        <thead><tr><th scope="col">Figure</th><th scope="col" class="n">Strategy</th><th scope="col" class="n">Buy and hold</th></tr></thead><tbody>
        \(Self.compared.map(line))</tbody></table></div></section>

        """
    }

    /// What the run came to, before any table.
    private var sentence: String {
        let words = page.holdWords
        return "The strategy \(words.line)" + (words.scaled.map { "; \($0)" } ?? "") + "."
    }

    private func line(_ name: ReturnStatistic) -> Markup {
        let both = [page.statistics, page.hold.statistics].map { statistics in
            statistics.rows.first { $0.name == name.rawValue }.map(Figure.markup) ?? ""
        }
        return "<tr><th scope=\"row\">\(name.title)</th><td class=\"n\">\(both[0])</td><td class=\"n\">\(both[1])</td></tr>\n"
    }
}

/// A figure with its exact number for machines, or why there is none.
enum Figure {
    static func markup(_ row: RunStatistics.Row) -> Markup {
        let cell = row.cell
        let unit: Markup = cell.unit.isEmpty ? "" : " <small>\(cell.unit)</small>"
        guard let exact = row.machineText else { return "\(cell.number)\(unit)" }
        return "<data value=\"\(exact)\">\(cell.number)</data>\(unit)"
    }
}
