// Every figure of the run under its name, with the reason where there is none.
import Domain

struct StatisticsTable {
    let report: BacktestReport

    var markup: Markup {
        """
        <section aria-labelledby="all"><h2 id="all">All figures</h2>
        <div class="scroll" role="region" tabindex="0" aria-label="All figures"><table><caption>Names are those of --json and --statistics; periods are days (UTC)</caption>
        <thead><tr><th scope="col">Figure</th><th scope="col" class="n">Value</th><th scope="col">Name</th></tr></thead><tbody>
        \(report.statistics.rows.map { "<tr><th scope=\"row\">\($0.title)</th><td class=\"n\">\(Figure.markup($0))</td><td><code>\($0.name)</code></td></tr>\n" as Markup })</tbody></table></div></section>

        """
    }
}
