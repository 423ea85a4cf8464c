// `carillon candles backfill`: a venue's history into the store, month by month.
import Application
import ArgumentParser
import CandleStore
import Market
import Ports
import Screens

struct CandlesBackfillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backfill", abstract: "Fetch candles from an exchange, month by month.",
        discussion: """
            No key is needed. Several months are fetched at once within the exchange's limits; what fails is tried again. \
            A month is committed whole: killed at any moment, the same command goes on where it was and asks for nothing it has. \
            Only closed candles are taken, so the month under way grows with each run. \
            A candle that an outage cut short or moved off the grid is a gap, and counted.
            """)
    @OptionGroup var options: CandleStoreOptions
    @OptionGroup var venue: HistoryOptions
    @Option(help: ArgumentHelp("The pairs.", valueName: "A,B"), transform: SymbolList.read)
    var symbols: SymbolList
    @Option(help: "1m 5m 15m 30m 1h 4h or 1d.")
    var interval: Timeframe = .m1
    @Option(help: ArgumentHelp("The first month.", valueName: "2024-01"))
    var from: Month
    @Option(help: ArgumentHelp("The last month; else this one.", valueName: "2024-06"))
    var to: Month?

    func validate() throws {
        guard let now = Month(of: SystemClock().now) else { throw ValidationError("the clock of this machine is wrong; set it right (timedatectl)") }
        if from > now { throw ValidationError("--from \(from) is in the future") }
        if let to, to < from { throw ValidationError("--to \(to) is before --from \(from)") }
    }

    mutating func run() async throws {
        try await guarded {
            let clock = SystemClock(), writer = try options.openForWriting()
            let feed = try venue.source.feed(options.caller, clock, store: try options.folder)
            let now = Month(of: clock.now) ?? from
            let months = Month.all(from: from, through: min(to ?? now, now))
            let isQuiet = options.json
            let progress = MonthProgress(clock)
            let result = try await Backfill(from: feed, into: writer, clock: clock).run(symbols.symbols, interval, months) { step, done, all in
                progress.show(step, interval, done, all, isQuiet: isQuiet)
            }
            progress.clear()
            Terminal.out(options.json ? BackfillScreen.json(result) : BackfillScreen.words(result))
            if let failure = result.failures.first {
                let what = "\(failure.job.symbol) \(failure.job.month): \(failure.reason)"
                guard failure.isTheVenues else { throw Failure(.data, what) }
                throw Failure(.unavailable, "\(what); run it again to go on, what was committed stays")
            }
        }
    }
}
