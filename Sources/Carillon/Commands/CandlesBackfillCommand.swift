// `carillon candles backfill`: a venue's history into the store, month by month.
import ArgumentParser
import CandleStore
import Domain
import Messaging
import Ports

struct CandlesBackfillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backfill", abstract: "Fetch candles from an exchange, month by month.",
        discussion: """
            No key is needed. Several months are fetched at once within the exchange's limits; what fails is tried again. A month is committed whole: \
            killed at any moment, the same command goes on where it was and asks for nothing it has. Only closed candles are taken, so the month under \
            way grows with each run. A candle that an outage cut short or moved off the grid is a gap, and counted.
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
        guard let now = Month(of: SystemClock().now) else { throw ValidationError("the clock of this machine is wrong") }
        if from > now { throw ValidationError("--from \(from) is in the future") }
        if let to, to < from { throw ValidationError("--to \(to) is before --from \(from)") }
    }

    mutating func run() async throws {
        try await guarded {
            let clock = SystemClock(), writer = try options.openForWriting()
            let feed = try venue.feed(clock, store: try options.folder)
            let now = Month(of: clock.now) ?? from
            let months = Month.all(from: from, through: min(to ?? now, now))
            let isQuiet = options.json
            let progress = MonthProgress(clock)
            let result = try await Backfill(from: feed, into: writer, clock: clock).run(symbols.symbols, interval, months) { step, done, all in
                progress.show(step, interval, done, all, isQuiet: isQuiet)
            }
            progress.clear()
            Terminal.out(options.json ? Self.json(result) : Self.words(result))
            if let failure = result.failures.first {
                let what = "\(failure.job.symbol) \(failure.job.month): \(failure.reason)"
                guard failure.isTheVenues else { throw Failure(.data, what) }
                throw Failure(.unavailable, "\(what); run it again to go on, what was committed stays")
            }
        }
    }

    private static func words(_ result: Backfill.Result) -> String {
        var parts = ["\(CandleWords.count(result.candles, "candle")) in \(CandleWords.count(result.committed, "month"))"]
        if result.missing > 0 { parts.append("\(CandleWords.grouped(result.missing)) missing at the exchange") }
        if result.alreadyThere > 0 { parts.append("\(CandleWords.count(result.alreadyThere, "month")) complete before") }
        if result.empty > 0 { parts.append("\(CandleWords.count(result.empty, "month")) without candles") }
        if !result.failures.isEmpty { parts.append("\(CandleWords.count(result.failures.count, "month")) failed") }
        if result.notAsked > 0 { parts.append("\(CandleWords.count(result.notAsked, "month")) not asked for") }
        return parts.joined(separator: " · ")
    }

    private static func json(_ result: Backfill.Result) -> String {
        JSONOutput.object([
            ("committed", CandleWords.number(result.committed)), ("candles", CandleWords.number(result.candles)), ("missing", CandleWords.number(result.missing)), ("alreadyThere", CandleWords.number(result.alreadyThere)),
            ("empty", CandleWords.number(result.empty)), ("notAsked", CandleWords.number(result.notAsked)),
            ("failures", .list(result.failures.map { .fields([("symbol", .text($0.job.symbol.description)), ("month", .text("\($0.job.month)")), ("reason", .text($0.reason))]) })),
        ])
    }
}
