// A position was opened: what, what protects it, and why.
import Events
import Kernel
import Trading

extension MessageRenderer {
    func entry(_ entry: EntryNotice) -> MessageText {
        func price(_ price: Price) -> String { Format.price(price, tick: entry.tick) }
        return .lines([
            .bold(
                "▲ Bought \(entry.symbol) · \(Format.quantity(entry.quantity)) at \(price(entry.price)) = "
                    + "\(Format.money(Money(entry.cost, entry.quote))) (\(entry.mode))"
            ),
            .text(
                "Stop \(price(entry.stop)) (\(Format.change(-entry.stopDistance, places: 1, trimmed: true))) · "
                    + "targets \(entry.targets.map(price).joined(separator: " · "))"
                    + " · at risk \(Format.money(Money(entry.risk, entry.quote))) = \(Format.percent(entry.riskShare))"
                    + (entry.isProbe ? " (probe)" : "")),
            .text("Why: \(why(entry)) · explain \(entry.trade)")
        ])
    }

    private func why(_ entry: EntryNotice) -> String {
        if let strategy = entry.strategy { return "the entry rule of \(strategy)" }
        return "\(entry.votes.count { $0.agrees }) of \(entry.votes.count) agree (\(votes(entry))), no veto"
    }

    /// `trend 0.81, momentum 0.74; meanReversion no`.
    private func votes(_ entry: EntryNotice) -> String {
        let no = entry.votes.filter { !$0.agrees }.map { "\($0.analyst) no" }
        let yes = agreeing(entry).joined(separator: ", ")
        return no.isEmpty ? yes : yes + "; " + no.joined(separator: ", ")
    }

    private func agreeing(_ entry: EntryNotice) -> [String] {
        entry.votes.filter(\.agrees).map { vote in vote.analyst + (vote.conviction.map { " " + Format.decimal($0.value, places: 2) } ?? "") }
    }

    /// `trend 0.81 and momentum 0.74 agree, no veto`.
    func reason(_ entry: EntryNotice) -> String {
        if let strategy = entry.strategy { return "the entry rule of \(strategy)" }
        return agreeing(entry).joined(separator: " and ") + " agree, no veto"
    }
}
