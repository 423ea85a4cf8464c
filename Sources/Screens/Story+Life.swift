// The second half of a story: orders, fills, each minute in which something changed, and the end.
import Application
package import Events
import Kernel
import Market
import Messaging
import Store
import Trading

extension Story {
    package var lifeSection: String {
        var lines = ["What happened then"]
        var level: ExitWatch?
        for entry in tradeEvents {
            // The hourly bookmark is worth a line only if the high or the trailing stop has moved.
            if case .positionMarked(let marked) = entry.event {
                defer { level = marked.watch }
                if level?.highest == marked.watch.highest, level?.trailingStop == marked.watch.trailingStop { continue }
            }
            guard let words = words(entry.event) else { continue }
            lines.append("  \(stamp(entry.at))  \(words)")
        }
        if let holding = session.book?.main.openPositions.first(where: { $0.trade == trade })?.holding {
            lines.append(
                "  now  \(Format.quantity(holding.remaining)) held, stop \(holding.protectiveStop)" + (holding.isTrailing ? " (trailing)" : ""))
        }
        return lines.joined(separator: "\n")
    }

    package var closeSection: String {
        for entry in cycleEvents.reversed() {
            guard case .cycleClosed(let closed) = entry.event else { continue }
            let funnel = closed.funnel
            return
                "Closed \(stamp(entry.at)): \(funnel.listed) offered → \(funnel.liquid) liquid → \(funnel.shortlisted) shortlisted → "
                + "\(funnel.agreed) agreed → \(funnel.entered) entered"
                + " · \(closed.calls) model calls, \(Format.decimal(closed.modelCost, places: 4)) USD"
                + (closed.skipped.map { "\nNo decision: \(SafeText.line($0))" } ?? "")
        }
        return "This cycle is not closed yet."
    }

    private func stamp(_ time: Timestamp) -> String { "\(Format.day(time, now: time, in: zone)) \(Format.clock(time, in: zone))" }

    private func words(_ event: JournalEvent) -> String? {
        switch event {
        case .orderSubmitted(let submitted):
            let order = submitted.order
            return
                "announced \(order.side.rawValue) \(order.type.rawValue) \(Format.quantity(order.quantity)) near \(order.referencePrice) (order "
                + "\(order.id))"
        case .orderChanged(let changed):
            guard let fill = changed.fill else {
                return "order \(changed.order): \(changed.event.rawValue)\(changed.detail.isEmpty ? "" : ", \(SafeText.line(changed.detail))")"
            }
            return "filled \(Format.quantity(fill.quantity)) at \(fill.price), fee \(fill.fee)"
        case .positionOpened(let opened):
            let bracket = opened.holding.bracket
            return "protected: stop \(bracket.stop), targets \(bracket.rungs.map { "\($0.price) × \($0.quantity)" }.joined(separator: " · "))"
                + (bracket.dust.isZero
                    ? ""
                    : ", dust \(bracket.dust) = \(Format.percent(opened.holding.dustShare)) of what was bought, less than a lot and counted as lost")
        case .positionIncreased(let increased):
            let bracket = increased.holding.bracket
            return
                "more of it: \(Format.quantity(increased.holding.bought)) at \(increased.holding.entryPrice) in all; stop \(bracket.stop), targets "
                + bracket.rungs.map { "\($0.price) × \($0.quantity)" }.joined(separator: " · ")
        case .feeValued(let valued):
            return "the fee of \(valued.fee) counts as \(Format.amount(valued.value)), \(valued.price) each (\(valued.source))"
        case .positionMarked(let marked):
            return "high \(marked.watch.highest)" + (marked.watch.trailingStop.map { ", trailing stop \($0)" } ?? "")
        case .positionReduced(let reduced):
            return
                "sold \(Format.quantity(reduced.quantity)) at \(reduced.price): \(reduced.reason.words); \(Format.quantity(reduced.remaining)) left"
        case .positionWrittenOff(let off):
            return "written off: \(Format.quantity(off.quantity)) for nothing; \(SafeText.line(off.reason))"
        case .tradeClosed(let closed):
            return
                "closed: \(Format.money(Money(closed.pnl, closed.symbol.quote), signed: true)) = "
                + "\(Format.decimal(closed.rMultiple.value, places: 2, signed: true)) R, "
                + "fees \(Format.amount(closed.fees)), paid \(Format.amount(closed.cost)), received \(Format.amount(closed.proceeds)), "
                + "held \(Format.span(closed.closedAt - closed.openedAt))"
        case .entryFailed(let failed): return "not bought: \(SafeText.line(failed.why))"
        default: return nil
        }
    }
}

extension Session {
    package var book: Book? { try? journal.book() }
}
