// What each month came to: its sign is written, its colour only repeats it.
import Kernel
import Messaging
import Statistics

struct MonthlyTable {
    let page: BacktestPage
    private static let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Year"]
    /// Strengths of colour.
    private static let shades = 5.0

    var markup: Markup {
        let years = page.statistics.monthly.years
        guard !years.isEmpty else { return "" }
        let largest = years.flatMap(\.months).compactMap(\.double).map(\.magnitude).max() ?? 0
        return """
            <section aria-labelledby="months"><h2 id="months">Monthly returns</h2>
            <div class="scroll" role="region" tabindex="0" aria-label="Monthly returns"><table class="months"><caption>Percent, \
            months of UTC</caption>
            <thead><tr><th scope="col">Year</th>\(Self.names.map { "<th scope=\"col\" class=\"n\">\($0)</th>" as Markup })</tr></thead><tbody>
            \(years.map { year in
                "<tr><th scope=\"row\">\(year.year)</th>\(year.months.map { Self.cell($0, largest) })\(Self.cell(year.total, 0))</tr>\n" as Markup
            })</tbody></table></div></section>

            """
    }

    /// - Parameter largest: the value with the strongest colour; 0 for no colour.
    private static func cell(_ value: Statistic, _ largest: Double) -> Markup {
        guard let share = value.double else { return "<td></td>" }
        let shade = largest > 0 ? Int((share.magnitude / largest * shades).rounded(.up)) : 0
        return """
            <td class="n\(shade == 0 ? "" : share > 0 ? " up\(shade)" : " down\(shade)")">\
            <data value="\(Format.shortest(share))">\(Format.gain(share))</data></td>
            """
    }
}
