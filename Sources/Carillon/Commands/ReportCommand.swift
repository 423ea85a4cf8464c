// `carillon report hour|day|week|month`: the last summary, or a period in numbers.
import ArgumentParser
import Domain
import Messaging
import Ports
import Store

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Show the last hourly summary, or the figures of a day, a week or a month.",
        discussion: "Periods end with the newest entry of the journal and are told in the report zone.")

    enum Period: String, ExpressibleByArgument, CaseIterable { case hour, day, week, month }

    @OptionGroup var options: CommonOptions
    @Argument(help: "hour, day, week or month.")
    var period = Period.hour

    mutating func run() async throws {
        try await printed {
            let session = try Session.open(options, .reading)
            if period == .hour { return try hour(session) }
            let days = [Period.day: 1, .week: 7, .month: 30][period] ?? 1
            let report = try PeriodReport(session, name: period.rawValue, days: days)
            Terminal.out(options.json ? report.json : report.screen)
        }
    }

    private func hour(_ session: Session) throws {
        guard let message = try session.journal.lastSummary() else { throw Failure(.unavailable, "no cycle has run yet; the first hourly summary comes with it") }
        Terminal.out(options.json ? JSONOutput.object([("number", .number("\(message.number)")), ("text", .text(message.plain)), ("html", .text(message.html))]) : message.plain)
    }
}

/// Equity without what was paid in or out: the first mark, and from there what trading made of it.
struct FlowAdjusted {
    /// One value a mark, in the order of the marks; without payments the equity itself.
    let values: [FixedDecimal]
    /// Paid in less paid out since the last mark, which does not know of it.
    let unmarked: FixedDecimal

    /// From a mark to the next, the growth is (equity + withdrawn) / (previous equity + deposited): money counts from
    /// when it comes and until it goes (time-weighted return; inflows at the start, outflows at the end of each step).
    /// - Parameter entries: marks and movements of cash in the journal's order; movements before the first mark are in it.
    init(_ entries: [JournalEntry]) {
        var values: [FixedDecimal] = []
        var previous = FixedDecimal.zero, deposited = FixedDecimal.zero, withdrawn = FixedDecimal.zero
        /// What a unit of equity is worth on this curve; nil where the account was empty.
        var scale: FixedDecimal? = .one
        for entry in entries {
            switch entry.event {
            case .cashMoved(let moved) where moved.amount.amount.isPositive: deposited += moved.amount.amount
            case .cashMoved(let moved): withdrawn = withdrawn - moved.amount.amount
            case .equityMarked(let mark):
                if let last = values.last, !deposited.isZero || !withdrawn.isZero || scale == nil {
                    let start = previous + deposited
                    let growth = start.isPositive ? (mark.equity + withdrawn).checkedDivided(by: start, rounding: .nearest) : nil
                    let value = growth.flatMap { last.checkedTimes($0, rounding: .nearest) } ?? last
                    values.append(value)
                    scale = mark.equity.isPositive ? value.checkedDivided(by: mark.equity, rounding: .nearest) : nil
                } else {
                    values.append(scale.flatMap { mark.equity.checkedTimes($0, rounding: .nearest) } ?? mark.equity)
                }
                (previous, deposited, withdrawn) = (mark.equity, .zero, .zero)
            default: break
            }
        }
        self.values = values
        unmarked = deposited - withdrawn
    }

    /// From the first mark to the last; nil without a first that is above zero.
    var change: Ratio? {
        guard let first = values.first, let last = values.last, first.isPositive else { return nil }
        return Ratio(last.divided(by: first, rounding: .nearest) - .one)
    }

    /// Largest fall from a peak, as a share; nil with fewer than two marks.
    var maximumDrawdown: Double? {
        guard values.count > 1 else { return nil }
        var peak = 0.0, worst = 0.0
        for value in values.map(\.double) {
            peak = max(peak, value)
            if peak > 0 { worst = max(worst, 1 - value / peak) }
        }
        return worst
    }

    var sparkline: String { Format.sparkline(values.map(\.double)) }
}

/// Trades and equity of some days, in numbers.
struct PeriodReport {
    let name: String
    let quote: Currency
    let trades: [TradeClosed]
    let curve: [EquityMarked]
    let trading: FlowAdjusted
    /// Paid in less paid out since the first mark of the period.
    let moved: FixedDecimal
    let zone: DisplayZone
    let end: Timestamp

    init(_ session: Session, name: String, days: Int) throws {
        self.name = name
        let book = try session.journal.book()
        quote = book.quote
        zone = DisplayZone.configured(session.settings.report.zone).zone
        end = try session.journal.newestEntry() ?? session.clock.now
        let start = end - .days(days)
        trades = try session.journal.trades(from: start, to: end + .seconds(1))
        let marks = try session.journal.events(kind: "equityMarked", from: start, to: end + .seconds(1))
        let flows = try session.journal.events(kind: "cashMoved", from: start, to: end + .seconds(1)).filter { flow in
            marks.first.map { $0.sequence < flow.sequence } ?? false
        }
        curve = marks.compactMap { if case .equityMarked(let mark) = $0.event { mark } else { nil } }
        trading = FlowAdjusted((marks + flows).sorted { $0.sequence < $1.sequence })
        moved = flows.reduce(.zero) { sum, flow in if case .cashMoved(let moved) = flow.event { sum + moved.amount.amount } else { sum } }
    }

    private var pnl: FixedDecimal { trades.reduce(.zero) { $0 + $1.pnl } }
    private var fees: FixedDecimal { trades.reduce(.zero) { $0 + $1.fees } }
    private var won: [TradeClosed] { trades.filter { $0.pnl.isPositive } }
    private var lost: [TradeClosed] { trades.filter { $0.pnl.isNegative } }

    /// Gains over losses; nil without a loss.
    private var profitFactor: Double? {
        let losses = lost.reduce(0) { $0 - $1.pnl.double }
        return losses > 0 ? won.reduce(0) { $0 + $1.pnl.double } / losses : nil
    }

    /// Longest runs of wins and of losses.
    private var streaks: (wins: Int, losses: Int) {
        var best = (wins: 0, losses: 0), now = (wins: 0, losses: 0)
        for trade in trades {
            now = trade.pnl.isNegative ? (0, now.losses + 1) : (now.wins + 1, 0)
            best = (max(best.wins, now.wins), max(best.losses, now.losses))
        }
        return best
    }

    var json: String {
        func number(_ value: Double?) -> JSONOutput { value.map { .number("\($0)") } ?? .text(nil) }
        return JSONOutput.object([
            ("period", .text(name)), ("end", .text(end.iso8601)), ("trades", .number("\(trades.count)")), ("won", .number("\(won.count)")),
            ("winRate", number(trades.isEmpty ? nil : Double(won.count) / Double(trades.count))), ("pnl", .decimal(pnl)), ("fees", .decimal(fees)),
            ("largestWin", .decimal(won.map(\.pnl).max())), ("largestLoss", .decimal(lost.map(\.pnl).min())), ("profitFactor", number(profitFactor)),
            ("longestWinningStreak", .number("\(streaks.wins)")), ("longestLosingStreak", .number("\(streaks.losses)")),
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

    var screen: String {
        var lines = [Terminal.bold("The \(name) to \(Format.day(end, now: end, in: zone)) \(Format.clockAndZone(end, in: zone))")]
        if let last = curve.last {
            var line = "Equity \(Format.money(Money(last.equity + trading.unmarked, quote)))"
            if let change = trading.change { line += "  \(Format.change(change))" }
            if let first = curve.first?.holdEverything, let now = last.holdEverything, first.isPositive {
                line += "   hold everything \(Format.change(Ratio(now.divided(by: first, rounding: .nearest) - .one)))"
            }
            lines.append(line)
            if !moved.isZero { lines.append("\(Format.money(Money(moved, quote), signed: true)) paid in or out, which is no profit and no loss") }
        }
        if curve.count > 1 { lines.append(trading.sparkline) }
        guard !trades.isEmpty else { return (lines + ["No trade was closed."]).joined(separator: "\n") }
        lines.append("\(trades.count) trades closed: \(Format.money(Money(pnl, quote), signed: true)) after \(Format.amount(fees)) fees")
        lines.append("\(won.count) of \(trades.count) won · best \(Format.amount(trades.map(\.pnl).max() ?? .zero, signed: true)) · worst \(Format.amount(trades.map(\.pnl).min() ?? .zero, signed: true))"
            + " · longest streaks \(streaks.wins) won, \(streaks.losses) lost")
        let factor = profitFactor.flatMap { FixedDecimal(shortest: $0) }.map { Format.decimal($0, places: 2) } ?? "none (no loss)"
        let fall = trading.maximumDrawdown.flatMap { FixedDecimal(shortest: $0) }.map { Format.percent(Ratio($0)) } ?? "none"
        lines.append("Profit factor \(factor) · largest fall \(fall)")
        lines.append("Exits: " + exitCounts.map { "\($0.0.words) \($0.1)" }.joined(separator: " · "))
        return lines.joined(separator: "\n")
    }
}
