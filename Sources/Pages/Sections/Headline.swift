// What was run: the strategy, the candles, the costs and the rules of the simulation, so that the page can be
// read without the command that made it.
import Backtest
import Kernel
import Market
import Messaging
import Strategies
import Trading

struct Headline {
    let page: BacktestPage
    /// How many markets are named; of more, only the count is given.
    private static let named = 40

    var markup: Markup {
        """
        <header><h1>\(page.name) <small>version \(page.strategy.version)</small></h1>
        <p class="lead">Backtest on \(Self.day(page.span.lowerBound)) to \(Self.day(page.span.upperBound)), \
        \(page.strategy.timeframe.rawValue) candles</p>
        <dl class="facts">
        <dt>Strategy</dt><dd>\(SafeText.line(page.source, limit: 200))\(values)</dd>
        <dt>Markets</dt><dd>\(markets)</dd>
        <dt>Candles</dt><dd>\(Format.decimal(FixedDecimal(page.result.rows), places: 0)); \
        \(Format.decimal(FixedDecimal(page.result.signals), places: 0)) entry signals, \(refused)</dd>
        <dt>Gaps</dt><dd>\(page.gapWords.line)</dd>
        <dt>Money</dt><dd>\(Format.amount(page.terms.capital)) \(page.currency) to begin with; \
        an entry costs \(page.terms.equityShare.percent(1)) % of equity, at most \(page.terms.positions) at a time</dd>
        <dt>Exits</dt><dd>\(exits)</dd>
        <dt>Costs</dt><dd>fee \(page.terms.costs.fee.percent(3)) %, slippage \(page.terms.costs.slippage.percent(3)) %, \
        on every purchase and sale</dd>
        \(dust)\(panel)<dt>Contract</dt><dd>\(contract)</dd>
        <dt>Unproven</dt><dd>\(unproven); see “What this does not show”</dd>
        </dl></header>

        """
    }

    private var refused: String {
        let refusals = page.result.refusals, count = Format.decimal(FixedDecimal(refusals.count), places: 0)
        return "\(count) entries refused" + (refusals.count > 0 ? ": \(refusals.words)" : "")
    }

    private var values: Markup {
        guard !page.values.isEmpty else { return "" }
        return " with \(page.values.map { "\(SafeText.line($0.name, limit: 60)) \($0.value)" }.joined(separator: ", "))"
    }

    private var markets: String {
        let symbols = page.histories.map(\.instrument.symbol.description)
        let names = symbols.prefix(Self.named).joined(separator: ", ")
        return "\(symbols.count): \(names)" + (symbols.count > Self.named ? " and \(symbols.count - Self.named) more" : "")
    }

    private var exits: String {
        let bracket = page.terms.bracket
        let rungs = bracket.rungs.map { "+\(Format.percent($0.rise, trimmed: true)) (\(Format.percent($0.share, trimmed: true)))" }.joined(
            separator: ", ")
        let trailing =
            bracket.trailingOffset.map { "; trailing stop \(Format.percent($0, trimmed: true)) below the high, from the first target on" } ?? ""
        return
            "stop \(Format.percent(bracket.stopDistance, trimmed: true)) below the fill; "
            + "targets \(rungs)\(trailing)\(page.strategy.exit == nil ? "" : "; and the strategy’s own signal")"
    }

    private var contract: String {
        let moment =
            switch page.terms.moment {
            case .close: "orders fill at the close that gave the signal"
            case .nextOpen: "orders fill at the next candle’s open"
            }
        let order =
            switch page.terms.order {
            case .openFirst: "within a candle what its open reached comes first, then the stop, then targets"
            case .stopFirst: "a candle that touched the stop is a stop"
            }
        let accounting =
            switch page.terms.accounting {
            case .exact: "ticks, lots and fees as the bot’s paper account books them"
            case .plain: "fractions of any size, fees in quote"
            }
        let detail = page.result.detail.map { "; stops and targets looked for in \($0.words(of: page.result.rows))" } ?? ""
        return "\(moment); \(order); \(accounting)\(detail)"
    }

    private var unproven: String {
        let checks = page.leaks?.words ?? LeakFindings.skippedWords
        guard page.strategy.aiConviction != nil else { return checks }
        return (page.result.panel == nil ? "the model’s part; " : "the model’s part beyond its recorded answers; ") + checks
    }

    private var dust: Markup {
        let rules = page.terms.accounting == .exact ? RuleWords.values(page.histories, assumed: false) : nil
        let told: Markup = rules.map { "<dt>Tick, lot and smallest order</dt><dd>\($0)</dd>\n" } ?? ""
        return "\(told)\(page.result.dustWords(page.terms, page.currency).map { "<dt>Dust</dt><dd>\($0)</dd>\n" as Markup } ?? "")"
    }

    private var panel: Markup {
        PanelWords(page.strategy, page.result.panel).map { "<dt>Panel</dt><dd>\($0.line)</dd>\n" } ?? ""
    }

    /// `2024-01-31`.
    static func day(_ time: Int64) -> String { String(Timestamp(milliseconds: time).iso8601.prefix(10)) }
}
