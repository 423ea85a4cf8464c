// A period in numbers, each figure counted as the summary and the lab count it.
import Domain
import Messaging
import Ports
import Store

/// Trades and equity of some days, in numbers.
struct PeriodReport {
    let name: String
    let quote: Currency
    let trades: [TradeClosed]
    let curve: [EquityMarked]
    let trading: FlowAdjusted
    /// Paid in less paid out since the period began.
    let moved: FixedDecimal
    /// What holding everything had come to at the beginning; nil where nothing was offered then.
    let holding: FixedDecimal?
    /// The lab's figures, counted the same way.
    let profits: TradeProfits
    let streaks: Streaks
    let zone: DisplayZone
    let start: Timestamp
    let end: Timestamp

    /// - Parameter days: how far back it goes; nil for the trading day under way.
    init(_ session: Session, name: String, days: Int?) throws {
        self.name = name
        let book = try session.journal.book()
        quote = book.quote
        zone = DisplayZone.configured(session.settings.report.zone).zone
        end = try session.journal.newestEntry() ?? session.clock.now
        let base = try PeriodBase(session.journal, book, days: days, end: end)
        start = base.time
        let until = end + .seconds(1)
        func entries(_ kind: String) throws -> [JournalEntry] { try session.journal.events(kind: kind, from: base.time, to: until).filter { $0.sequence > base.sequence } }
        let marks = try entries("equityMarked"), flows = try entries("cashMoved")
        trades = try session.journal.trades(from: base.time, to: until)
        curve = marks.compactMap { if case .equityMarked(let mark) = $0.event { mark } else { nil } }
        trading = FlowAdjusted(from: base.equity, (marks + flows).sorted { $0.sequence < $1.sequence })
        moved = flows.reduce(.zero) { sum, flow in if case .cashMoved(let moved) = flow.event { sum + moved.amount.amount } else { sum } }
        holding = base.holdEverything
        let outcomes = trades.compactMap { TradeOutcome(openedAt: $0.openedAt, closedAt: $0.closedAt, profit: $0.pnl, risk: .zero) }
        profits = TradeProfits(outcomes)
        streaks = Streaks(outcomes.lazy.map(\.sign))
    }

    private var pnl: FixedDecimal { profits.grossProfit + profits.grossLoss }
    private var fees: FixedDecimal { trades.reduce(.zero) { $0 + $1.fees } }

    var json: String {
        func number(_ value: Double?) -> JSONOutput { value.map { .number("\($0)") } ?? .text(nil) }
        return JSONOutput.object([
            ("period", .text(name)), ("start", .text(start.iso8601)), ("end", .text(end.iso8601)), ("trades", .number("\(trades.count)")), ("won", .number("\(profits.won)")),
            ("winRate", number(profits.winRate.double)), ("pnl", .decimal(pnl)), ("fees", .decimal(fees)),
            ("largestWin", .decimal(trades.map(\.pnl).filter(\.isPositive).max())), ("largestLoss", .decimal(trades.map(\.pnl).filter(\.isNegative).min())), ("profitFactor", number(profits.factor.double)),
            ("longestWinningStreak", .number("\(streaks.winning)")), ("longestLosingStreak", .number("\(streaks.losing)")),
            ("change", trading.change.map { .decimal($0.value) } ?? .text(nil)), ("moved", .decimal(moved)),
            ("maximumDrawdown", number(trading.maximumDrawdown)),
            ("exits", .fields(exitCounts.map { ($0.0.rawValue, .number("\($0.1)")) })),
        ])
    }

    private var exitCounts: [(ExitReason, Int)] {
        ExitReason.allCases.compactMap { reason in
            let count = trades.reduce(0) { sum, trade in sum + trade.exits.count { $0 == reason } }
            return count > 0 ? (reason, count) : nil
        }
    }

    /// ` · best +1.20 USDT (+1.6 % of its cost) · worst …`
    private var extremes: String {
        guard let best = trades.max(by: { $0.pnl < $1.pnl }), let worst = trades.min(by: { $0.pnl < $1.pnl }) else { return "" }
        func words(_ trade: TradeClosed) -> String {
            Format.money(Money(trade.pnl, quote), signed: true) + (trade.share.map { " (\(Format.change($0, places: 1)) of its cost)" } ?? "")
        }
        return " · best \(words(best)) · worst \(words(worst))"
    }

    var screen: String {
        var lines = [Terminal.bold("The \(name) from \(Format.moment(start, now: end, in: zone)) to \(Format.day(end, now: end, in: zone)) \(Format.clockAndZone(end, in: zone))")]
        if let last = curve.last {
            var line = "Equity \(Format.money(Money(last.equity + trading.unmarked, quote)))"
            if let change = trading.change { line += "  \(Format.change(change))" }
            if let first = holding ?? curve.first?.holdEverything, let now = last.holdEverything, first.isPositive {
                line += "   hold everything \(Format.change(Ratio(now.divided(by: first, rounding: .nearest) - .one)))"
            }
            lines.append(line)
            if !moved.isZero { lines.append("\(Format.money(Money(moved, quote), signed: true)) paid in or out, which is no profit and no loss") }
        }
        if trading.values.count > 1 { lines.append(trading.sparkline) }
        guard !trades.isEmpty else { return (lines + ["No trade was closed."]).joined(separator: "\n") }
        lines.append("\(trades.count) trades closed: \(Format.money(Money(pnl, quote), signed: true)) after \(Format.amount(fees)) fees")
        lines.append("\(profits.won) of \(trades.count) won \(extremes)"
            + " · longest streaks \(streaks.winning) won, \(streaks.losing) lost")
        let factor = profits.factor.double.flatMap { FixedDecimal(shortest: $0) }.map { Format.decimal($0, places: 2) } ?? "none (no loss)"
        let fall = trading.maximumDrawdown.flatMap { FixedDecimal(shortest: $0) }.map { Format.percent(Ratio($0)) + " of equity" } ?? "none"
        lines.append("Profit factor \(factor) · largest fall \(fall)")
        lines.append("Exits: " + exitCounts.map { "\($0.0.words) × \($0.1)" }.joined(separator: " · "))
        return lines.joined(separator: "\n")
    }
}
