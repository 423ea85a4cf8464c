// Everything the journal knows about one trade or one cycle, gathered once and told in the order it
// happened.
package import Analysis
import Compression
package import Events
package import Kernel
package import Market
package import Messaging
import Ports
import Risk
import Settings
import Store
package import Trading

package struct Story {
    package let session: Session
    /// nil for a whole cycle.
    package let symbol: Symbol?
    package let trade: TradeId?
    package let cycle: CycleId
    package let cycleEvents: [JournalEntryView]
    package let tradeEvents: [JournalEntryView]
    /// The judgements whose exit condition sold it.
    package let exits: [StrategyJudged]
    package let keys: [String]
    package let zone: DisplayZone

    package struct JournalEntryView {
        package let sequence: Int64
        package let at: Timestamp
        package let event: JournalEvent
    }

    package init(_ session: Session, subject: String) throws {
        self.session = session
        zone = DisplayZone.configured(session.settings.report.zone).zone
        let journal = session.journal
        func load(_ key: String) throws -> [JournalEntryView] {
            try journal.entries(about: key).map { JournalEntryView(sequence: $0.sequence, at: $0.at, event: $0.event) }
        }
        if let trade = TradeId(subject) {
            let own = try load(trade.text)
            guard let submitted = own.lazy.compactMap(\.position).first else { throw Self.unknown(subject, session) }
            let orders = own.compactMap { entry -> String? in if case .orderSubmitted(let s) = entry.event { s.order.id.text } else { nil } }
            (self.trade, symbol, cycle) = (trade, submitted.symbol, submitted.cycle)
            tradeEvents = (own + (try orders.flatMap(load))).sorted { $0.sequence < $1.sequence }
            cycleEvents = try load(submitted.cycle.description)
            let entries = cycleEvents.compactMap(\.judged)
            exits = try own.compactMap(\.signalExit).flatMap { order in
                // A judgement is named after the close before its orders.
                let closes = Set(entries.map { CycleId(hour: order.createdAt.floored(to: $0.timeframe.duration)).description }).sorted()
                return try closes.flatMap(load).compactMap(\.judged).filter { $0.signals.contains { $0.review.order == order.id } }
            }
            keys = [submitted.cycle.description, trade.text] + orders
            return
        }
        let parts = subject.split(separator: "-", maxSplits: 1)
        guard let head = parts.first, let cycle = CycleId(String(head)) else { throw Self.unknown(subject, session) }
        let events = try load(cycle.description)
        if let missed = try journal.missedCycles().first(where: { $0.first <= cycle && cycle <= $0.last }), !events.contains(where: \.isOpening) {
            throw Failure(.data, "there was no cycle \(cycle): \(missed.why)")
        }
        guard !events.isEmpty else { throw Self.unknown(subject, session) }
        self.cycle = cycle
        trade = nil
        tradeEvents = []
        exits = []
        cycleEvents = events
        keys = [cycle.description]
        if parts.count == 2 {
            let base = parts[1].split(separator: "/").first.map(String.init) ?? ""
            let judged = events.flatMap { if case .strategyJudged(let judged) = $0.event { judged.signals.map(\.symbol) } else { [Symbol]() } }
            guard
                let found = events.lazy.compactMap(\.decided).first?.verdicts.map(\.symbol).first(where: { $0.base.code == base })
                    ?? judged.first(where: { $0.base.code == base })
            else {
                throw Self.unknown(subject, session)
            }
            symbol = found
        } else {
            symbol = nil
        }
    }

    private static func unknown(_ subject: String, _ session: Session) -> Failure {
        Failure(
            .data,
            "the journal has no '\(SafeText.typed(subject))'; write e.g. T0003 or C2026010514; see: \(session.folder.command("trades"))")
    }

    package var snapshot: SnapshotTaken? { cycleEvents.lazy.compactMap { if case .snapshotTaken(let s) = $0.event { s } else { nil } }.last }
    package var decided: Decided? { cycleEvents.lazy.compactMap(\.decided).last }
    package var judgements: [StrategyJudged] { cycleEvents.compactMap(\.judged) }
    package var opinions: [Opinion] {
        cycleEvents.lazy.compactMap { if case .opinionsGiven(let o) = $0.event { o.opinions } else { nil } }.last ?? []
    }

    /// Questions, as they were reserved.
    package var calls: [CallReserved] {
        cycleEvents.compactMap { entry in
            guard case .callReserved(let call) = entry.event, symbol == nil || call.symbol == nil || call.symbol == symbol else { return nil }
            return call
        }
    }

    /// What became of a question; nil if that is not written down.
    package func settled(_ call: CallReserved) throws -> CallSettled? {
        try session.journal.entries(about: call.call).lazy.compactMap { if case .callSettled(let settled) = $0.event { settled } else { nil } }.last
    }
}

extension Story.JournalEntryView {
    package var isOpening: Bool { if case .cycleOpened = event { true } else { false } }
    package var decided: Decided? { if case .decided(let decided) = event { decided } else { nil } }
    package var judged: StrategyJudged? { if case .strategyJudged(let judged) = event { judged } else { nil } }
    package var position: Position? { if case .orderSubmitted(let submitted) = event { submitted.position } else { nil } }
    /// The order of a sale that an exit condition asked for.
    package var signalExit: Order? {
        if case .orderSubmitted(let submitted) = event, submitted.order.role == .exit(.signal) { submitted.order } else { nil }
    }
}
