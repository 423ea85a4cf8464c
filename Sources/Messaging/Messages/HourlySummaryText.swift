// The hour on a phone. What is wrong stands first; an hour in which nothing happened is three lines.
import Domain

extension MessageRenderer {
    func summary(_ report: HourlyReport) -> MessageText {
        var lines = report.problems.map { MessageText.bold("■ \(SafeText.line($0))") }
        lines.append(.bold("◷ \(Format.clockAndZone(report.time, in: zone)) · \(report.mode) · \(SafeText.line(report.world))"))
        lines.append(.text(equityLine(report)))
        let isQuiet = report.positions.isEmpty && report.entries.isEmpty && report.refused.isEmpty
        if isQuiet {
            lines.append(.text(funnelLine(report) + " · " + panelLine(report)))
            lines += report.notes.map { .text($0) }
            return .lines(lines)
        }
        lines.append(.text("\(report.positions.count) open · heat \(Format.percent(report.heat, places: 1)) of \(Format.percent(report.heatLimit, places: 0)) · cash \(Format.percent(report.cashShare, places: 0))"))
        if !report.positions.isEmpty { lines += [.text("")] + report.positions.map { .text(positionLine($0)) } }
        lines += [.text(""), .text("This hour: " + funnelLine(report))]
        lines += report.entries.map { .text(boughtLine($0)) }
        lines += report.refused.map { .text("Not bought \($0.symbol): \(SafeText.line($0.why, limit: 160))") }
        lines += report.notes.map { .text(SafeText.line($0, limit: 200)) }
        lines += [.text(""), .text(panelLine(report))]
        return .lines(lines)
    }

    private func equityLine(_ report: HourlyReport) -> String {
        var line = "Equity \(Format.money(Money(report.equity, report.quote)))"
        if let day = report.dayChange { line += "  \(Format.change(day)) today" }
        if let since = report.sinceStart, let start = report.startedAt {
            line += " · \(Format.change(since)) \(Format.since(start, now: report.time, in: zone))"
        }
        return line
    }

    private func positionLine(_ row: HourlyReport.Row) -> String {
        var line = "\(row.symbol)  \(Format.change(row.change, places: 1))  \(row.isTrailing ? "trailing stop" : "stop") \(Format.change(row.toStop, places: 1))"
        if let rise = row.nextRise { line += "  next \(Format.change(rise, places: 0))" }
        if let share = row.nextShare { line += " (\(Format.percent(share, places: 0)))" }
        return line
    }

    private func funnelLine(_ report: HourlyReport) -> String {
        let funnel = report.funnel, panel = report.isPanelAsked ? " → \(funnel.shortlisted) shortlisted → \(funnel.agreed) agreed" : ""
        return "\(funnel.listed) offered → \(funnel.liquid) liquid\(panel) → \(funnel.entered) entered"
    }

    private func boughtLine(_ entry: EntryNotice) -> String {
        "Bought \(entry.symbol) \(Format.money(Money(entry.cost, entry.quote))) at \(Format.price(entry.price, tick: entry.tick)) (\(entry.strategy?.name ?? votes(entry)))"
    }

    /// `trend 0.81, momentum 0.74; meanReversion no`.
    func votes(_ entry: EntryNotice) -> String {
        let yes = entry.votes.filter(\.agrees).map { vote in
            vote.analyst + (vote.conviction.map { " " + Format.decimal($0.value, places: 2) } ?? "")
        }
        let no = entry.votes.filter { !$0.agrees }.map { "\($0.analyst) no" }
        return no.isEmpty ? yes.joined(separator: ", ") : yes.joined(separator: ", ") + "; " + no.joined(separator: ", ")
    }

    private func panelLine(_ report: HourlyReport) -> String {
        let lost = report.problems.contains { $0.hasPrefix("Source") || $0.hasPrefix("No decision") }
        return "Panel: \(report.panel), \(Format.decimal(report.modelCost, places: 2)) USD · \(lost ? "data incomplete" : "data fresh") · next \(Format.clock(report.next, in: zone))"
    }
}
