// A period in numbers, for a person and for a machine.
import Application
import Events
import Kernel
import Messaging
import Statistics
import Trading

extension Period {
    package var json: String {
        func number(_ value: Double?) -> JSONValue { value.map { .number("\($0)") } ?? .text(nil) }
        return JSONValue.console([
            ("period", .text(name)), ("start", .text(start.iso8601)), ("end", .text(end.iso8601)), ("trades", .number("\(trades.count)")),
            ("won", .number("\(profits.won)")),
            ("winRate", number(profits.winRate.double)), ("pnl", .decimal(pnl)), ("fees", .decimal(fees)),
            ("largestWin", .decimal(trades.map(\.pnl).filter(\.isPositive).max())),
            ("largestLoss", .decimal(trades.map(\.pnl).filter(\.isNegative).min())), ("profitFactor", number(profits.factor.double)),
            ("longestWinningStreak", .number("\(streaks.winning)")), ("longestLosingStreak", .number("\(streaks.losing)")),
            ("change", trading.change.map { .decimal($0.value) } ?? .text(nil)), ("moved", .decimal(moved)),
            ("maximumDrawdown", number(trading.maximumDrawdown)),
            ("exits", .fields(exitCounts.map { ($0.0.rawValue, .number("\($0.1)")) }))
        ])
    }

    /// ` · best +1.20 USDT (+1.6 % of its cost) · worst …`
    private var extremes: String {
        guard let best = trades.max(by: { $0.pnl < $1.pnl }), let worst = trades.min(by: { $0.pnl < $1.pnl }) else { return "" }
        func words(_ trade: TradeClosed) -> String {
            Format.money(Money(trade.pnl, quote), signed: true) + (trade.share.map { " (\(Format.change($0, places: 1)) of its cost)" } ?? "")
        }
        return " · best \(words(best)) · worst \(words(worst))"
    }

    package var screen: String {
        var lines = [
            Style.bold(
                "The \(name) from \(Format.moment(start, now: end, in: zone)) to \(Format.day(end, now: end, in: zone)) "
                    + "\(Format.clockAndZone(end, in: zone))"
            )
        ]
        if !trading.values.isEmpty {
            var line = "Equity \(Format.money(Money(trading.equity, quote)))"
            if let change = trading.change { line += "  \(Format.change(change))" }
            if let first = holding ?? curve.first?.holdEverything, let now = curve.last?.holdEverything, first.isPositive {
                line += "   hold everything \(Format.change(Ratio(now.divided(by: first, rounding: .nearest) - .one)))"
            }
            lines.append(line)
            if !moved.isZero { lines.append("\(Format.money(Money(moved, quote), signed: true)) paid in or out, which is neither profit nor loss") }
        }
        if trading.values.count > 1 { lines.append(trading.sparkline) }
        guard !trades.isEmpty else { return (lines + ["No trade was closed."]).joined(separator: "\n") }
        lines.append("\(trades.count) trades closed: \(Format.money(Money(pnl, quote), signed: true)) after \(Format.amount(fees)) fees")
        lines.append(
            "\(profits.won) of \(trades.count) won \(extremes)"
                + " · longest streaks \(streaks.winning) won, \(streaks.losing) lost"
                + (trades.contains(where: \.isByHand) ? " (without those by hand)" : ""))
        let factor = profits.factor.double.flatMap { FixedDecimal(shortest: $0) }.map { Format.decimal($0, places: 2) } ?? "none (no loss)"
        let fall = trading.maximumDrawdown.flatMap { FixedDecimal(shortest: $0) }.map { Format.percent(Ratio($0)) + " of equity" } ?? "none"
        lines.append("Profit factor \(factor) · largest fall \(fall)")
        lines.append("Exits: " + exitCounts.map { "\($0.0.words) × \($0.1)" }.joined(separator: " · "))
        return lines.joined(separator: "\n")
    }
}
