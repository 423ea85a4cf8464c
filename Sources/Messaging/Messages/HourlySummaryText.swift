// The hour on a phone. The first line is the verdict, or what is wrong in its place; an hour without an event is
// two lines. Each figure has its base beside it.
import Events
import Kernel
import Market

extension MessageRenderer {
    func summary(_ report: HourlyReport) -> MessageText {
        var lines = head(report)
        lines.append(.text(accountLine(report)))
        let isEmpty = report.isWell && report.entries.isEmpty && report.refused.isEmpty
        if !isEmpty, !report.positions.isEmpty { lines += [.text(""), .preformatted(PositionTable.text(report.positions))] }
        let happened = report.entries.map(boughtLine) + notBoughtLines(report) + report.notes.map { told($0.words, at: report.time, limit: 200) }
        if !isEmpty || !happened.isEmpty { lines += [.text("")] + (happened + [lastLine(report)]).map { .text($0) } }
        return .lines(lines)
    }

    /// What is wrong, or the verdict.
    private func head(_ report: HourlyReport) -> [MessageText] {
        if report.isWell { return [.bold("◷ \(standing(report)) · nothing to do")] }
        let troubles = report.troubles.map { "\($0.headline), since \(Format.moment($0.since, now: report.time, in: zone))" }
        let problems = report.problems.map(\.what.words)
        return (troubles + problems).map { .bold("■ \(told($0, at: report.time))") }
    }

    private func standing(_ report: HourlyReport) -> String {
        let open = report.positions.isEmpty ? "nothing open" : "\(report.positions.count) open"
        return (report.dayChange.map { "\(Format.change($0)) today · " } ?? "") + open
    }

    private func accountLine(_ report: HourlyReport) -> String {
        var parts = ["Equity \(Format.money(Money(report.equity, report.quote)))"]
        if let since = report.sinceStart, let start = report.startedAt {
            let all = report.holdingAll.map { ", holding all \(Format.change($0, places: 1))" } ?? ""
            parts.append("\(Format.change(since)) \(Format.since(start, now: report.time, in: zone))\(all)")
        }
        if !report.isWell { parts.append(standing(report)) }
        return (parts + [report.mode, SafeText.line(report.world), Format.clockAndZone(report.time, in: zone)]).joined(separator: " · ")
    }

    private func boughtLine(_ entry: EntryNotice) -> String {
        "Bought \(entry.symbol.base) \(Format.money(Money(entry.cost, entry.quote))) at \(Format.price(entry.price, tick: entry.tick)): "
            + "\(reason(entry))"
    }

    /// One line a reason, with the coins it kept from being bought.
    private func notBoughtLines(_ report: HourlyReport) -> [String] {
        var reasons: [(words: String, symbols: [String])] = []
        for refusal in report.refused {
            let words = (refusal.strategy.map { "\($0): " } ?? "") + refusal.reason.words(on: refusal.symbol)
            if let index = reasons.firstIndex(where: { $0.words == words }) {
                reasons[index].symbols.append(refusal.symbol.base.code)
            } else {
                reasons.append((words, [refusal.symbol.base.code]))
            }
        }
        let lines = reasons.prefix(5).map { reason in
            let more = reason.symbols.count > 4 ? " and \(reason.symbols.count - 4) more" : ""
            return "Not bought \(reason.symbols.prefix(4).joined(separator: ", "))\(more): \(told(reason.words, at: report.time, limit: 160))"
        }
        return reasons.count > 5 ? lines + ["Not bought for other reasons: \(reasons.dropFirst(5).reduce(0) { $0 + $1.symbols.count })"] : lines
    }

    private func lastLine(_ report: HourlyReport) -> String {
        let next = "next \(Format.clock(report.next, in: zone))"
        guard let models = report.models else { return "Decided by \(SafeText.line(report.deciders.words)) · \(next)" }
        func usd(_ value: FixedDecimal) -> String { Format.decimal(value, places: 2) }
        return "AI \(usd(models.hour)) USD this hour, \(usd(models.today)) of \(usd(models.limit)) today · \(next)"
    }

    /// A reason on one line, with its moments in the report's zone.
    private func told(_ words: String, at now: Timestamp, limit: Int = 600) -> String {
        SafeText.line(Format.moments(in: words, now: now, in: zone), limit: limit)
    }
}

/// Positions in columns, narrow enough for a phone of 360 px: 34 characters at most.
enum PositionTable {
    private static let widest = 6

    static func text(_ rows: [HourlyReport.Row]) -> String {
        let names = rows.map { name($0.symbol.base.code) }
        let width = names.map(\.count).max() ?? 0
        func line(_ name: String, _ now: String, _ atStop: String, _ targetIn: String) -> String {
            name.padded(right: width) + now.padded(left: 8) + atStop.padded(left: 9) + targetIn.padded(left: 11)
        }
        let head = line("", "now", "at stop", "target in")
        return
            ([head]
            + zip(names, rows).map { name, row in
                line(name, row.now.map(figure) ?? "?", figure(row.atStop), row.targetIn.map { percent($0) } ?? "–")
            }).joined(separator: "\n")
    }

    private static func name(_ code: String) -> String { code.count > widest ? code.prefix(widest - 1) + "…" : code }
    private static func figure(_ share: Ratio) -> String { short(share) { Format.change(share, places: $0) } }
    private static func percent(_ share: Ratio) -> String { short(share) { Format.percent(share, places: $0) } }
    /// A share that has doubled is shown without its tenths, and a tenfold gain by its size: there is no room for more.
    private static func short(_ share: Ratio, _ text: (Int) -> String) -> String {
        share.value >= FixedDecimal(10) ? "> 999 %" : text(share.value.magnitude >= .one ? 0 : 1)
    }
}

extension String {
    fileprivate func padded(left width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
    fileprivate func padded(right width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}

extension HourlyReport.Deciders {
    var words: String {
        switch self {
        case .panel(let name): name
        case .strategies(let names): (names.count == 1 ? "strategy " : "strategies ") + names.joined(separator: ", ")
        }
    }
}

extension HourlyReport.Unbought.Reason {
    func words(on symbol: Symbol) -> String {
        switch self {
        case .refused(let refusal): refusal.words
        case .check(let check): check.refusalWords(on: symbol)
        case .vetoed(let guardian, let why): "\(guardian): \(why)"
        }
    }
}
