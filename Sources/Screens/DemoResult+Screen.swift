// What a demo came to: one JSON object for machines, one screen for people.
import Application
import Events
import Kernel
import Market
import Messaging
import Store
import Trading

extension DemoResult {
    package var json: String {
        let exits = ExitReason.allCases.map { reason in (reason.rawValue, JSONValue.number("\(audit.exits[reason.rawValue] ?? 0)")) }
        return JSONValue.console([
            ("cycles", .number("\(audit.cyclesClosed)")), ("monitorSteps", .number("\(steps)")), ("entries", .number("\(audit.entries)")),
            ("exits", .fields(exits.filter { $0.1.description != "0" })), ("equityStart", .decimal(audit.equityStart)),
            ("equityEnd", .decimal(audit.equityEnd)),
            ("commits", .number("\(journal.commits)")), ("ledgerImbalance", .decimal(audit.ledgerImbalance)),
            ("unprotectedSeconds", .number("\(audit.unprotectedSeconds)")), ("journalHash", .text((try? journal.head()) ?? ""))
        ])
    }

    package var screen: String {
        let quote = book.quote
        let start = audit.equityStart ?? .zero, end = audit.equityEnd ?? start
        let change = start.isPositive ? Ratio(end.divided(by: start, rounding: .nearest) - .one) : .zero
        var lines = ["\(hours) \(hours == 1 ? "hour" : "hours") \(label), paper money, no keys used", ""]
        var equity = "Equity      \(Format.amount(start)) → \(Format.amount(end)) \(quote)   \(Format.change(change))"
        if let hold = curve.last?.holdEverything { equity += "   hold everything \(Format.change(Ratio(hold - .one)))" }
        lines.append(equity)
        let won = trades.count { $0.pnl.isPositive }
        var summary = "Trades      \(trades.count) closed, \(book.main.openPositions.count) open"
        if let best = trades.max(by: { $0.pnl < $1.pnl }), let worst = trades.min(by: { $0.pnl < $1.pnl }) {
            summary += " · \(won) won · worst \(result(worst)) · best \(result(best))"
        }
        lines.append(summary)
        if curve.count > 1 { lines.append("            \(Format.sparkline(curve.map(\.equity.double)))") }
        lines.append("Exits       " + exitLine)
        lines.append("Ledger      " + ledgerLine)
        if !trades.isEmpty || !book.main.openPositions.isEmpty { lines += [""] + trades.map(tradeLine) + book.main.openPositions.map(openLine) }
        lines += [
            "", "Next:  \(explainHint)",
            "       \(Shell.program) doctor   what is missing for real prices, a model, Telegram",
            "       README, \"Make it yours\""
        ]
        return lines.joined(separator: "\n")
    }

    /// A trade, or the last hour if there is none.
    private var explainHint: String {
        if let trade = trades.last?.trade ?? book.main.openPositions.last?.trade {
            return folder.typed("explain \(trade)") + "   why a trade happened"
        }
        return book.lastCycle.map { folder.typed("explain \($0)") + "   why nothing was bought" } ?? folder.typed("status")
    }

    /// `−2.45 USDT (−3.3 % of its cost)`
    private func result(_ trade: TradeClosed) -> String {
        Format.money(Money(trade.pnl, trade.symbol.quote), signed: true)
            + (trade.share.map { " (\(Format.change($0, places: 1)) of its cost)" } ?? "")
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
