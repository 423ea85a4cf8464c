// `carillon backtest`: what a strategy would have done on candles of the past.
import ArgumentParser
import Backtest
import Domain
import Reports

struct BacktestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest", abstract: "Trade a strategy on candles of the past.",
        discussion: """
            Files are read strictly: a damaged row anywhere ends the command with exit code 65. The journal counts every run of a strategy once, \
            and its Sharpe ratio is deflated by their number; --bench counts nothing.
            """)
    @OptionGroup var options: LabOptions
    @Option(help: "Look for stops and targets in finer candles, e.g. 1m: what came first is seen.")
    var detail: Timeframe?
    @Option(help: "Write every trade to this CSV file.")
    var trades: String?
    @Option(help: "Write a page about the run to this HTML file: one file that needs no network.")
    var html: String?
    @Option(help: "Write every figure to this CSV file.")
    var statistics: String?
    @Option(help: ArgumentHelp("What a panel once said: a journal.sqlite, or a CSV file of time,symbol,agreed,conviction.",
                               discussion: """
                                   For a strategy with aiConfirmation. A signal buys only where the answer of the cycle at the candle's close agreed, \
                                   with the conviction that the strategy wants. Without answers its rules alone trade.
                                   """))
    var answers: String?
    @Flag(help: "Trade it once more by the bot's own engine, order by order, and compare every trade; slow.")
    var engine = false
    @Flag(help: "Leave out the checks for look-ahead and warm-up.")
    var fast = false

    func validate() throws {
        if engine, options.bench || answers != nil { throw ValidationError("--engine asks no panel and is no benchmark: leave out --answers and --bench") }
        if options.bench, html != nil || statistics != nil { throw ValidationError("--bench prints its line alone, without --html and --statistics") }
    }

    mutating func run() async throws {
        try await printed {
            let input = try LabInput(options, detail: detail)
            let panel = try AnswersInput.panel(answers, for: input.strategy)
            let watch = Stopwatch()
            let bound = try input.bound()
            let result = Backtest(bound, over: input.histories, detail: input.detail, panel: panel).run()
            let (wall, processor) = (watch.wall, watch.processor)
            if let trades { try TradeFile.write(result, input.histories, to: trades, bench: options.bench) }
            if options.bench {
                Terminal.out(BenchLine.backtest(load: input.loadSeconds, run: wall, processor: processor, result))
                return
            }
            let leaks = fast ? nil : LeakCheck(bound, panel: panel).run(over: input.histories)
            let comparison = engine ? try await EngineRun(input).compared(with: result) : nil
            let trials = TrialLedger(input, home: options.home, panel: panel).count(result, bound, input.values)
            let figures = StatisticsOutput(result, bound.terms, input.histories, trials.trials)
            let summary = BacktestSummary(input: input, bound: bound, result: result, statistics: figures, leaks: leaks, trials: trials, engine: comparison)
            if let statistics { try OutputFile.write(figures.csv, to: statistics) }
            if let html { try OutputFile.write(report(summary).page, to: html) }
            Terminal.out(options.json ? summary.json : summary.text)
            if let comparison, !comparison.isEqual { throw Failure(.software, "the engine traded otherwise than the backtest, see above") }
            if let leaks, leaks.lookAhead > 0 { throw Failure(.software, "\(leaks.lookAhead) signals before a cut changed when the candles after it were taken away: the strategy sees the future") }
        }
    }

    private func report(_ summary: BacktestSummary) -> BacktestReport {
        let input = summary.input, loaded = input.loaded
        return BacktestReport(input.strategy, source: loaded.file + (loaded.isFile ? "" : ", compiled in"), values: summary.values, terms: summary.bound.terms,
                              histories: input.histories, result: summary.result, statistics: summary.statistics.statistics, leaks: summary.leaks,
                              trials: summary.trials.words)
    }
}
