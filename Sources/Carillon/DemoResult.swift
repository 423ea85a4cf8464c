// What a demo came to: one JSON object for machines, one screen for people. Everything is counted from
// the journal, by the audit, not by the loop that wrote it.
import Domain
import Messaging
import Store

struct DemoResult {
    let journal: SQLiteJournal
    /// From the first cycle of the journal to the end of its last, whatever this run was asked for.
    let hours: Int
    let steps: Int
    let label: String
    let folder: HomeFolder
    let audit: JournalAudit.Result
    let trades: [TradeClosed]
    let curve: [EquityMarked]
    let book: Book

    init(journal: SQLiteJournal, hours: Int, steps: Int, label: String, folder: HomeFolder) throws {
        self.journal = journal
        self.hours = try Self.hours(of: journal.cycles().map(\.cycle.hour)) ?? hours
        self.steps = steps
        self.label = label
        self.folder = folder
        audit = try journal.audit()
        trades = try journal.trades()
        curve = try journal.equityCurve().map(\.mark)
        book = try journal.book()
    }

    /// nil without a cycle. The last cycle lasts as long as the shortest before it, an hour where it is the only one.
    private static func hours(of cycles: [Timestamp]) -> Int? {
        guard let first = cycles.min(), let last = cycles.max() else { return nil }
        let steps = zip(cycles, cycles.dropFirst()).map { ($1 - $0).milliseconds }.filter { $0 > 0 }
        return Int(((last - first).milliseconds + (steps.min() ?? 3_600_000)) / 3_600_000)
    }

    var json: String {
        let exits = ExitReason.allCases.map { reason in (reason.rawValue, JSONOutput.number("\(audit.exits[reason.rawValue] ?? 0)")) }
        return JSONOutput.object([
            ("cycles", .number("\(audit.cyclesClosed)")), ("monitorSteps", .number("\(steps)")), ("entries", .number("\(audit.entries)")),
            ("exits", .fields(exits.filter { $0.1.description != "0" })), ("equityStart", .decimal(audit.equityStart)), ("equityEnd", .decimal(audit.equityEnd)),
            ("commits", .number("\(journal.commits)")), ("ledgerImbalance", .decimal(audit.ledgerImbalance)),
            ("unprotectedSeconds", .number("\(audit.unprotectedSeconds)")), ("journalHash", .text((try? journal.head()) ?? "")),
        ])
    }

    var screen: String {
        let quote = book.quote
        let start = audit.equityStart ?? .zero, end = audit.equityEnd ?? start
        let change = start.isPositive ? Ratio(end.divided(by: start, rounding: .nearest) - .one) : .zero
        var lines = ["\(hours) \(hours == 1 ? "hour" : "hours") \(label), paper money, no keys used", ""]
        var equity = "Equity      \(Format.amount(start)) → \(Format.amount(end)) \(quote)   \(Format.change(change))"
        if let hold = curve.last?.holdEverything { equity += "   hold everything \(Format.change(Ratio(hold - .one)))" }
        lines.append(equity)
        let won = trades.count { $0.pnl.isPositive }
        var summary = "Trades      \(trades.count) closed, \(book.openPositions.count) open"
        if let best = trades.max(by: { $0.pnl < $1.pnl }), let worst = trades.min(by: { $0.pnl < $1.pnl }) {
            summary += " · \(won) won · worst \(result(worst)) · best \(result(best))"
        }
        lines.append(summary)
        if curve.count > 1 { lines.append("            \(Format.sparkline(curve.map(\.equity.double)))") }
        lines.append("Exits       " + exitLine)
        lines.append("Ledger      " + ledgerLine)
        if !trades.isEmpty || !book.openPositions.isEmpty { lines += [""] + trades.map(tradeLine) + book.openPositions.map(openLine) }
        lines += ["", "Next:  \(folder.typed("explain \(trades.last?.trade.text ?? book.openPositions.last?.trade.text ?? "T0001")"))   why a trade happened",
                  "       \(Shell.program) doctor   what is missing for real prices, a model, Telegram",
                  "       README, \"Make it yours\""]
        return lines.joined(separator: "\n")
    }

    /// `−2.45 USDT (−3.3 % of its cost)`
    private func result(_ trade: TradeClosed) -> String {
        Format.money(Money(trade.pnl, trade.symbol.quote), signed: true) + (trade.share.map { " (\(Format.change($0, places: 1)) of its cost)" } ?? "")
    }

    private var exitLine: String {
        let parts = ExitReason.allCases.compactMap { reason in (audit.exits[reason.rawValue]).map { "\(reason.words) × \($0)" } }
        return parts.isEmpty ? "none yet" : parts.joined(separator: " · ")
    }

    private var ledgerLine: String {
        let head = (try? journal.head()) ?? ""
        let balanced = audit.ledgerImbalance.isZero ? "balanced" : "OUT OF BALANCE by \(audit.ledgerImbalance)"
        let protected = audit.unprotectedSeconds == 0 ? "every position protected every minute" : "\(audit.unprotectedSeconds) s unprotected"
        return "\(balanced) · \(protected) · journal \(head.prefix(4))…\(head.suffix(2))"
    }

    private func tradeLine(_ trade: TradeClosed) -> String {
        "\(trade.trade)  \(trade.symbol)  \(Format.money(Money(trade.pnl, trade.symbol.quote), signed: true))  "
            + "\(Format.decimal(trade.rMultiple.value, places: 2, signed: true)) R  \(trade.exits.map(\.words).joined(separator: ", "))"
            + "  mean conviction \(Format.decimal(trade.conviction.value, places: 2))" + (trade.isProbe ? " (probe)" : "")
    }

    private func openLine(_ position: Position) -> String {
        let stop = position.holding.map { Format.price($0.protectiveStop, tick: $0.instrument.tickSize) } ?? "pending"
        return "\(position.trade)  \(position.symbol)  open, stop \(stop)"
    }
}
