// `carillon indicators`: technical indicators of a candle file as CSV, and how fast they are.
import Application
import ArgumentParser
import CandleFiles
import Glibc
import Kernel
import Market
import Screens

struct IndicatorsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "indicators", abstract: "Print technical indicators of a candle file as CSV.",
        discussion: """
            FILE has the columns open_time_ms,open,high,low,close,volume, plain or as .gz. Each of its rows gives one row: \
            open_time_ms, then the indicators' columns in the order of --set, empty where there is no value yet. Gaps in time stay \
            gaps. Values equal TA-Lib's, warm-up included; on flat prices RSI is 50 (TA-Lib: 0), and volatility is the standard \
            deviation of log returns a candle.

            carillon indicators BTCUSDT-1h.csv.gz --set rsi:14,macd:12:26:9,bollinger:20:2

            Periods count candles, 1 to 100000. All indicators with their usual numbers, which is what you get without --set:
            \(IndicatorSpec.usual.map(\.description).joined(separator: ", "))
            """)
    @Argument(help: "A candle file, e.g. BTCUSDT-1h.csv.gz.") var file: String?
    @Option(help: ArgumentHelp("Which indicators, with commas between.", valueName: "rsi:14,ema:9")) var set: String?
    @Flag(help: "Measure CPU time per row over 10 million made-up rows instead.") var bench = false

    func validate() throws {
        do throws(IndicatorSpecError) { _ = try specs() } catch { throw ValidationError("--set: \(error)") }
        if bench, file != nil || set != nil { throw ValidationError("--bench brings its own rows and indicators; leave out the file and --set") }
        if !bench, file == nil { throw ValidationError("name a candle file, e.g. carillon indicators BTCUSDT-1h.csv.gz --set rsi:14") }
    }

    private func specs() throws(IndicatorSpecError) -> [IndicatorSpec] { if let set { try IndicatorSpec.list(set) } else { IndicatorSpec.usual } }

    mutating func run() async throws {
        try await printed {
            guard let file else { return Terminal.out(IndicatorBench().result()) }
            guard access(file, R_OK) == 0 else { throw TextFile.unreadable(file) }
            let table: CandleTable
            do throws(FileFault) { table = try CandleTable(path: file) } catch { throw Failure(.data, error.description) }
            if let gaps = table.rowGaps { Terminal.error(SafeText.terminal("\(gaps)")) }
            try IndicatorSheet(table, specs()).write(Terminal.out)
        }
    }
}
