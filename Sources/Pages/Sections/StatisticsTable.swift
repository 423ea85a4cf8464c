// Every figure of the run under its name, with the reason if there is none.
import Statistics

struct StatisticsTable {
    let page: BacktestPage

    var markup: Markup {
        """
        <section aria-labelledby="all"><h2 id="all">All figures</h2>
        <div class="scroll" role="region" tabindex="0" aria-label="All figures"><table><caption>Names are those of --json and --statistics; \
        periods are days (UTC)</caption>
        <thead><tr><th scope="col">Figure</th><th scope="col" class="n">Value</th><th scope="col">Name</th></tr></thead><tbody>
        \(page.statistics.rows.map(row))\
        </tbody></table></div></section>

        """
    }

    private func row(_ figure: RunStatistics.Row) -> Markup {
        "<tr><th scope=\"row\">\(figure.title)</th><td class=\"n\">\(Figure.markup(figure))</td><td><code>\(figure.name)</code></td></tr>\n"
    }
}
