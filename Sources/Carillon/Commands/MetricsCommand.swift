// `carillon metrics RETURNS.csv`: every figure of a series of returns. It needs no home, no configuration and
// no network, and a figure that does not exist says why.
import Application
import ArgumentParser
import Kernel
import Screens
import Statistics

struct MetricsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "metrics", abstract: "Show the figures of a series of returns: growth, risk, and how much of it may be luck.",
        discussion: """
            The file has the header `date,return` and one row a period, dates ascending: 2024-01-31, 2024-01-31T14:00:00Z or \
            milliseconds; 0.01 is one percent. `auto` takes 365 periods a year for daily rows, 252 if weekends are left out; \
            for shorter steps as many as fit (on weekdays only: 252 times the rows of a day), for longer ones 52 weeks, 12 months, 4 quarters.
            """)

    @Argument(help: ArgumentHelp("The file; - is standard input.", valueName: "RETURNS.csv")) var file: String
    @Option(help: ArgumentHelp("How many periods make a year; auto tells from the dates.", valueName: "N|auto")) var periodsPerYear = PeriodsPerYear
        .auto
    @Flag(help: "Print the figures as one JSON object, with null and the reason for a figure that has no value.") var json = false

    private static let limit = 64 << 20

    mutating func run() async throws {
        try await printed {
            let bytes = try TextFile.read(file, limit: Self.limit)
            let series: ReturnSeries
            do throws(TextFault) { series = try ReturnSeries(csv: bytes) } catch {
                throw Failure(.data, "\(SafeText.line(file)):\(error)")
            }
            let periods = periodsPerYear.number ?? Annualisation.periodsPerYear(series.times)
            let output = StatisticsOutput(series, periods, RunStatistics(series, periodsPerYear: periods))
            Terminal.out(json ? output.json : output.screen)
        }
    }
}

/// The value of `--periods-per-year`.
enum PeriodsPerYear: ExpressibleByArgument {
    case auto
    case fixed(Double)

    init?(argument: String) {
        if argument == "auto" { self = .auto; return }
        guard let number = FixedDecimal(argument)?.double, number > 0 else { return nil }
        self = .fixed(number)
    }

    var defaultValueDescription: String { "auto" }
    var number: Double? { if case .fixed(let number) = self { number } else { nil } }
}
