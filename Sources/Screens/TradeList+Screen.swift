// Closed trades, a line each, and what they came to together.
import Application
import Events
import Kernel
import Market
import Messaging
import Trading

extension TradeList {
    package var json: String {
        JSONValue.console([
            (
                "trades",
                .list(
                    trades.map { trade in
                        .fields([
                            ("trade", .text(trade.trade.text)), ("symbol", .text(trade.symbol.description)),
                            ("openedAt", .text(trade.openedAt.iso8601)),
                            ("closedAt", .text(trade.closedAt.iso8601)), ("quantity", .decimal(trade.quantity.value)),
                            ("entryPrice", .decimal(trade.entryPrice.value)),
                            ("exitPrice", .decimal(trade.exitPrice.value)), ("cost", .decimal(trade.cost)), ("proceeds", .decimal(trade.proceeds)),
                            ("fees", .decimal(trade.fees)),
                            ("pnl", .decimal(trade.pnl)), ("share", .decimal(trade.share?.value)), ("r", .decimal(trade.rMultiple.value)),
                            ("exits", .list(trade.exits.map { .text($0.rawValue) })), ("decidedBy", .text(trade.panel)),
                            ("probe", .flag(trade.isProbe))
                        ])
                    })
            )
        ])
    }

    package var screen: String {
        guard !trades.isEmpty else { return "No trade was closed yet." }
        let rows = trades.map(cells)
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in row.enumerated().map { $1.padded(to: widths[$0]) }.joined(separator: "  ").trimmingEnd }
        return (lines + ["", total]).joined(separator: "\n")
    }

    private func cells(_ trade: TradeClosed) -> [String] {
        [
            trade.trade.text, trade.symbol.description, Format.moment(trade.closedAt, now: now, in: zone),
            "held \(Format.span(trade.closedAt - trade.openedAt))",
            Format.money(Money(trade.pnl, trade.symbol.quote), signed: true), trade.share.map { Format.change($0, places: 1) } ?? "",
            "\(Format.decimal(trade.rMultiple.value, places: 2, signed: true)) R",
            trade.exits.map(\.words).joined(separator: ", ") + (trade.isProbe ? " (probe)" : "")
        ]
    }

    /// One sum for each quote currency; a journal has one.
    private var total: String {
        let quote = trades[0].symbol.quote, sum = trades.reduce(FixedDecimal.zero) { $0 + $1.pnl },
            fees = trades.reduce(FixedDecimal.zero) { $0 + $1.fees }
        return
            "\(trades.count) \(trades.count == 1 ? "trade" : "trades") · \(trades.count { $0.pnl.isPositive }) won · "
            + "together \(Format.money(Money(sum, quote), signed: true)), fees \(Format.amount(fees)) of it"
    }
}

extension String {
    fileprivate var trimmingEnd: String { String(reversed().drop { $0 == " " }.reversed()) }
}
