// `carillon backtest`: what a strategy would have done on candles of the past.
import Application
import ArgumentParser
import Market
import Screens

struct BacktestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest", abstract: "Trade a strategy on candles of the past.",
        discussion: """
            Files are read strictly: a damaged row anywhere ends the command with exit code 65. The journal counts every run of a strategy once, \
            and its Sharpe ratio is deflated by their number; --bench counts nothing.
            """)
    @OptionGroup var options: LabOptions
    @Option(help: "Look for stops and targets in finer candles, e.g. 1m, to see which came first.")
    var detail: Timeframe?
    @Option(help: "Write every trade to this CSV file.")
    var trades: String?
    @Option(help: "Write a page about the run to this HTML file: one file that needs no network.")
    var html: String?
    @Option(help: "Write every figure to this CSV file.")
    var statistics: String?
    @Option(
        help: ArgumentHelp(
            "What a panel once said: a journal.sqlite, or a CSV file of time,symbol,agreed,conviction.",
            discussion: """
                For a strategy with aiConfirmation. A signal buys only if the answer of the cycle at the candle's close agreed, \
                with the conviction that the strategy wants. Without answers its rules alone trade.
                """))
    var answers: String?
    @Flag(help: "Trade it once more with the bot's own engine, order by order, and compare every trade; slow.")
    var engine = false
    @Flag(help: "Leave out the checks for look-ahead and warm-up.")
    var fast = false

    func validate() throws {
        if engine, options.bench || answers != nil { throw ValidationError("--engine cannot be combined with --answers or --bench; leave them out") }
        if options.bench, html != nil || statistics != nil {
            throw ValidationError("--bench prints one line and nothing else; leave out --html and --statistics")
        }
    }

    mutating func run() async throws {
        try await printed {
            let request = options.request(detail: detail)
            if options.bench {
                let run = try TradedBacktest(options.caller, request, answers: answers)
                if let trades { try OutputFile.write(TradeFile.text(of: run.result, run.input.histories, bench: true), to: trades) }
                return Terminal.out(BenchLine.backtest(run))
            }
            let draw = engine ? EngineProgress.draw : nil
            let run = try await BacktestRun(options.caller, request, answers: answers, checks: !fast, engine: draw), summary = BacktestSummary(run)
            if let trades { try OutputFile.write(TradeFile.text(of: run.result, run.input.histories, bench: false), to: trades) }
            if let statistics { try OutputFile.write(summary.csv, to: statistics) }
            if let html { try OutputFile.write(summary.page, to: html) }
            Terminal.out(options.json ? summary.json : summary.text)
            if let failure = run.failure { throw failure }
        }
    }
}
