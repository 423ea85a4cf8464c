// The figures of a run for a person and for a machine: the same rows in the same order.
import Domain
import Messaging

struct StatisticsOutput {
    let series: ReturnSeries
    let periodsPerYear: Double?
    let statistics: RunStatistics

    init(_ series: ReturnSeries, _ periodsPerYear: Double?, _ statistics: RunStatistics) {
        (self.series, self.periodsPerYear, self.statistics) = (series, periodsPerYear, statistics)
    }

    // MARK: Machine

    /// The keys are the rows' names; a figure that does not exist is null, and `reasons` says why.
    var json: String {
        var fields: [(String, JSONOutput)] = [
            ("n", .number("\(series.count)")), ("first", .text(series.first.map(Self.date))), ("last", .text(series.last.map(Self.date))),
            ("annualisation", periodsPerYear.map { .number(Self.shortest($0)) } ?? .text(nil)),
        ]
        var reasons: [(String, JSONOutput)] = periodsPerYear == nil ? [("annualisation", .text("\(Absence.noAnnualisation)"))] : []
        for row in statistics.rows {
            switch row.value {
            case .value(let number): fields.append((row.name, .number(Self.shortest(number))))
            case .exact(let amount): fields.append((row.name, .decimal(amount)))
            case .absent(let why):
                fields.append((row.name, .text(nil)))
                reasons.append((row.name, .text("\(why)")))
            }
        }
        return JSONOutput.object(fields + [("reasons", .fields(reasons))])
    }

    /// The shortest text that reads back as the same number; whole numbers without a point.
    private static func shortest(_ number: Double) -> String { Int(exactly: number).map { "\($0)" } ?? "\(number)" }

    /// A day where the moment is its midnight.
    private static func date(_ time: Timestamp) -> String {
        let text = time.iso8601
        return text.hasSuffix("T00:00:00Z") ? String(text.prefix(10)) : text
    }

    // MARK: Person

    var screen: String {
        let rows = statistics.rows.map { (title: $0.title, cell: Self.cell($0)) }
        let titles = rows.map(\.title.count).max() ?? 0, numbers = rows.map(\.cell.number.count).max() ?? 0
        let lines = rows.map { row in
            "  " + row.title.padded(titles) + "  " + row.cell.number.indented(numbers) + (row.cell.unit.isEmpty ? "" : " " + row.cell.unit)
        }
        return ([heading, ""] + lines + months).joined(separator: "\n")
    }

    private var heading: String {
        let count = Format.decimal(FixedDecimal(series.count), places: 0)
        let span = series.first.map { " from \(Self.date($0))" } ?? "", end = series.last.map { " to \(Self.date($0))" } ?? ""
        let year = periodsPerYear.map { "\(Self.text($0, trimmed: true)) periods a year" } ?? "\(Absence.noAnnualisation)"
        return Terminal.bold("\(count) returns\(span)\(end) · \(year)")
    }

    private static func cell(_ row: RunStatistics.Row) -> (number: String, unit: String) {
        switch row.value {
        case .absent(let why): return ("–", "(\(why))")
        case .exact(let amount): return (Format.amount(amount), "")
        case .value(let number):
            switch row.unit {
            case .percent: return (text(number * 100), "%")
            case .periods, .trades: return (text(number, trimmed: true), String(row.unit.rawValue.dropLast(number == 1 ? 1 : 0)))
            case .duration: return (Format.span(Duration(milliseconds: Int64(number))), "")
            case .ratio, .money: return (text(number), "")
            }
        }
    }

    /// Two decimals, four for what is small.
    private static func text(_ number: Double, trimmed: Bool = false) -> String {
        guard let decimal = FixedDecimal(shortest: number) else { return "\(number)" }
        return Format.decimal(decimal, places: number.magnitude < 0.1 ? 4 : 2, trimmed: trimmed)
    }

    private var months: [String] {
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Year"]
        func line(_ head: String, _ cells: [String]) -> String { "  " + head.padded(4) + cells.map { " " + $0.indented(7) }.joined() }
        guard !statistics.monthly.years.isEmpty else { return [] }
        return ["", "  Percent by month (UTC)", line("", names)] + statistics.monthly.years.map { year in
            line("\(year.year)", (year.months + [year.total]).map { $0.double.map(Self.percent) ?? "" })
        }
    }

    private static func percent(_ share: Double) -> String {
        FixedDecimal(shortest: share * 100).map { Format.decimal($0, places: 1, signed: true) } ?? "huge"
    }
}

extension String {
    /// Filled with spaces behind, up to `width`.
    fileprivate func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
    /// Filled with spaces before, up to `width`.
    fileprivate func indented(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
