// What a backtest prints: the few numbers a person asks for first, and where they are weak.
package import Application
import Backtest
import Kernel
import Market
import Messaging
import Pages
import SettingsFiles
import Statistics
import Strategies
import Trading

package struct BacktestSummary {
    let input: LabInput
    let bound: BoundStrategy
    let result: BacktestResult
    let statistics: StatisticsOutput
    let leaks: LeakFindings?
    let trials: TrialCount
    let engine: EngineFindings?
    let values: [(name: String, value: FixedDecimal)]

    package init(_ run: BacktestRun) {
        (input, bound, result, leaks, trials, engine) = (run.input, run.bound, run.result, run.leaks, run.trials, run.engine)
        values = run.values
        let series = result.returns(capital: bound.terms.capital)
        statistics = StatisticsOutput(series, Annualisation.days(series.times), run.statistics)
    }

    /// Every figure.
    package var csv: String { statistics.csv }

    /// One HTML page.
    package var page: String {
        BacktestPage(
            input.strategy, source: input.loaded.file + (input.loaded.isFile ? "" : ", compiled in"), values: values, terms: bound.terms,
            histories: input.histories, result: result, statistics: statistics.statistics, leaks: leaks, trials: trials.words
        ).html
    }

    private var capital: FixedDecimal { bound.terms.capital }
    private var gain: Double { (result.finalEquity.double / capital.double - 1) * 100 }
    private var drawdown: Double { (statistics.statistics[.maximumDrawdown]?.double ?? 0).magnitude }
    private var gaps: Gaps { Gaps(input.histories, result.trades) }
    private var gapWords: GapWords { GapWords(gaps, of: input.histories, trades: result.tradeCount) }
    /// The share that won, of trades that won or lost.
    private var won: String { statistics.statistics[trade: .winRate]?.double.map { ", \(fixed($0 * 100)) % of them won" } ?? "" }
    private var first: Timestamp { Timestamp(milliseconds: input.histories.compactMap(\.openTime.first).min() ?? 0) }
    private var last: Timestamp { Timestamp(milliseconds: input.histories.compactMap(\.openTime.last).max() ?? 0) }

    package var text: String {
        let strategy = input.strategy, terms = bound.terms
        var lines = [
            "\(strategy.name) version \(strategy.version) (\(input.loaded.file)\(input.loaded.isFile ? "" : ", compiled in")), "
                + "\(strategy.timeframe.rawValue) candles"
        ]
        lines.append("\(input.histories.count) markets, \(result.rows) candles, \(first.iso8601) to \(last.iso8601)")
        if !values.isEmpty { lines.append("with " + values.map { "\($0) \($1)" }.joined(separator: ", ")) }
        lines.append("")
        lines.append("equity     \(capital) -> \(result.finalEquity.text(places: 2)) (\(signed(gain)) %)  \(sparkline)")
        lines.append("beside     \(holding.line)" + (holding.scaled.map { "; \($0)" } ?? ""))
        lines.append("drawdown   \(fixed(drawdown * 100)) % at most, between daily closes")
        lines.append(
            "trades     \(result.tradeCount)\(won); \(result.signals) signals, \(result.refused) entries refused"
                + (result.refused > 0 ? ": \(result.refusals.words)" : ""))
        lines.append(
            "fills      \(terms.moment.rawValue), \(terms.order.rawValue), \(terms.accounting.rawValue); fee \(terms.costs.fee.percent(3)) %, "
                + "slippage \(terms.costs.slippage.percent(3)) %"
        )
        if let detail = result.detail { lines.append("detail     \(detail.words(of: result.rows))") }
        if terms.accounting == .exact {
            let rules = [("assumed", RuleWords.values(input.histories, assumed: true)), ("told", RuleWords.values(input.histories, assumed: false))]
            lines += rules.compactMap { whose, values in values.map { "           tick, lot and smallest order, \(whose): \($0)" } }
        }
        if let dust = result.dustWords(terms, currency) { lines.append("dust       \(dust)") }
        lines += input.remarks.map { "candles    " + SafeText.terminal($0) }
        lines.append("gaps       \(gapWords.line)")
        if let doubt = gapWords.doubt { lines.append("           \(doubt)") }
        lines += panelLines
        lines.append("checks     \(leaks?.words ?? LeakFindings.skippedWords)")
        lines.append("trials     \(trials.words)")
        if let engine { lines += engine.lines }
        lines += ["", statistics.screen]
        return lines.joined(separator: "\n")
    }

    private var currency: String { input.histories.first?.instrument.symbol.quote.code ?? "" }

    private var holding: HoldWords {
        let hold = BuyAndHold(input.histories, bound.terms, at: result.marks.map(\.time))
        let end =
            input.histories.compactMap { history in history.openTime.last.map { $0 + history.timeframe.duration.milliseconds } }.max()
            ?? first.milliseconds
        return HoldWords(
            run: gain / 100, hold: hold.statistics[.totalReturn]?.double ?? 0,
            exposure: result.exposure(capital: capital, over: first.milliseconds...max(first.milliseconds, end)))
    }

    /// Equity in forty steps.
    private var sparkline: String {
        let curve = result.marks.map(\.equity)
        return curve.contains { $0 != curve.first } ? Format.sparkline(curve, width: 40, step: .last) : ""
    }

    package var json: String {
        var fields: [(String, JSONValue)] = [
            ("strategy", .text(input.strategy.name)), ("version", .number("\(input.strategy.version)")), ("file", .text(input.loaded.file)),
            ("compiled_in", .flag(!input.loaded.isFile)), ("timeframe", .text(input.strategy.timeframe.rawValue)),
            ("detail", .text(result.detail?.timeframe.rawValue)), ("without_detail", .number("\(result.detail?.missing ?? 0)")),
            ("parameters", .fields(values.map { ($0, .decimal($1)) })), ("from", .text(first.iso8601)), ("to", .text(last.iso8601)),
            ("symbols", .list(input.histories.map { .text($0.instrument.symbol.description) })), ("candles", .number("\(result.rows)")),
            ("capital", .decimal(capital)), ("final_equity", .decimal(result.finalEquity)), ("return_percent", .number("\(gain)")),
            ("drawdown_percent", .number("\(drawdown * 100)")), ("trades", .number("\(result.tradeCount)")), ("wins", .number("\(result.wins)")),
            ("dust_lost", .decimal(result.dust)), ("instruments", .list(input.histories.map { Self.rules($0.instrument) })),
            ("signals", .number("\(result.signals)")), ("refused", .number("\(result.refused)")),
            (
                "refusals",
                .fields([
                    ("no_price", .number("\(result.refusals.noPrice)")), ("no_money", .number("\(result.refusals.noMoney)")),
                    ("too_small", .number("\(result.refusals.tooSmall)"))
                ])
            ),
            ("gaps", gapFields),
            ("equity", .list(result.marks.map { .fields([("time", .text($0.time.iso8601)), ("equity", .number("\($0.equity)"))]) }))
        ]
        fields.append(("remarks", .list(input.remarks.map { .text($0) })))
        fields += panelFields
        fields.append(("trials", trials.json))
        fields.append(("statistics", statistics.fields))
        if let engine { fields.append(("engine", engine.fields)) }
        if let leaks {
            fields.append(
                (
                    "checks",
                    .fields([
                        ("cuts", .number("\(leaks.cuts)")), ("look_ahead", .number("\(leaks.lookAhead)")), ("compared", .number("\(leaks.compared)")),
                        ("unsettled", .number("\(leaks.unsettled)")), ("settled_after", .number("\(leaks.settledAfter)"))
                    ])
                ))
        }
        return JSONValue.console(fields)
    }

    private static func rules(_ instrument: Instrument) -> JSONValue {
        .fields([
            ("symbol", .text(instrument.symbol.description)), ("tick", .decimal(instrument.tickSize)), ("lot", .decimal(instrument.lotStep)),
            ("smallest_order", .decimal(instrument.minNotional)), ("assumed", .flag(instrument.assumed))
        ])
    }

    private var gapFields: JSONValue {
        func symbol(_ instrument: Int) -> JSONValue { .text(input.histories[instrument].instrument.symbol.description) }
        return .fields([
            ("missing", .number("\(gaps.missing)")), ("holes", .number("\(gaps.holes)")),
            (
                "longest",
                gaps.longest.map {
                    .fields([("symbol", symbol($0.instrument)), ("from", .text($0.from.iso8601)), ("candles", .number("\($0.candles)"))])
                } ?? .text(nil)
            ),
            ("leaps", .number("\(gaps.leaps)")),
            (
                "largest",
                gaps.largest.map { .fields([("symbol", symbol($0.instrument)), ("at", .text($0.at.iso8601)), ("factor", .number("\($0.factor)"))]) }
                    ?? .text(nil)
            ),
            ("trades", .number("\(gaps.trades)")), ("profit", .decimal(gaps.profit))
        ])
    }

    private func fixed(_ value: Double) -> String { (FixedDecimal(shortest: value) ?? .zero).text(places: 2) }
    private func signed(_ value: Double) -> String { (value >= 0 ? "+" : "") + fixed(value) }
}
