// The figures of a run for a person and for a machine: the same rows in the same order.
import Backtest
package import Kernel
import Market
import Messaging
import Pages
package import Statistics
import Strategies

package struct StatisticsOutput {
    package let series: ReturnSeries
    package let periodsPerYear: Double?
    package let statistics: RunStatistics

    package init(_ series: ReturnSeries, _ periodsPerYear: Double?, _ statistics: RunStatistics) {
        (self.series, self.periodsPerYear, self.statistics) = (series, periodsPerYear, statistics)
    }

    // MARK: Machine

    /// The keys are the rows' names; a figure that does not exist is null, and `reasons` says why.
    package var json: String { fields.description }

    package var fields: JSONValue {
        var fields: [(String, JSONValue)] = [
            ("n", .number("\(series.count)")), ("first", .text(series.first.map(Self.date))), ("last", .text(series.last.map(Self.date))),
            ("annualisation", periodsPerYear.map { .number(Format.shortest($0)) } ?? .text(nil))
        ]
        var reasons: [(String, JSONValue)] = periodsPerYear == nil ? [("annualisation", .text("\(Absence.noAnnualisation)"))] : []
        for row in statistics.rows {
            fields.append((row.name, row.machineText.map { .number($0) } ?? .text(nil)))
            if let why = row.value.absence { reasons.append((row.name, .text("\(why)"))) }
        }
        return .fields(fields + [("reasons", .fields(reasons))])
    }

    /// A row a figure; the value is empty if there is none.
    package var csv: String {
        "name,value,unit,reason\n"
            + statistics.rows.map { row in
                "\(row.name),\(row.machineText ?? ""),\(row.unit.rawValue),\(row.value.absence?.description ?? "")\n"
            }.joined()
    }

    /// The day alone if the moment is its midnight.
    private static func date(_ time: Timestamp) -> String {
        let text = time.iso8601
        return text.hasSuffix("T00:00:00Z") ? String(text.prefix(10)) : text
    }

    // MARK: Person

    package var screen: String {
        let rows = statistics.rows.map { (title: $0.title, cell: $0.cell) }
        let titles = rows.map(\.title.count).max() ?? 0, numbers = rows.map(\.cell.number.count).max() ?? 0
        let lines = rows.map { row in
            "  " + row.title.padded(to: titles) + "  " + row.cell.number.indented(to: numbers) + (row.cell.unit.isEmpty ? "" : " " + row.cell.unit)
        }
        return ([heading, ""] + lines + months).joined(separator: "\n")
    }

    private var heading: String {
        let count = Format.decimal(FixedDecimal(series.count), places: 0)
        let span = series.first.map { " from \(Self.date($0))" } ?? "", end = series.last.map { " to \(Self.date($0))" } ?? ""
        let year = periodsPerYear.map { "\(Format.figure($0, trimmed: true)) periods a year" } ?? "\(Absence.noAnnualisation)"
        return Style.bold("\(count) returns\(span)\(end) · \(year)")
    }

    private var months: [String] {
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Year"]
        func line(_ head: String, _ cells: [String]) -> String { "  " + head.padded(to: 4) + cells.map { " " + $0.indented(to: 7) }.joined() }
        guard !statistics.monthly.years.isEmpty else { return [] }
        return ["", "  Percent by month (UTC)", line("", names)]
            + statistics.monthly.years.map { year in
                line("\(year.year)", (year.months + [year.total]).map { $0.double.map(Format.gain) ?? "" })
            }
    }
}
