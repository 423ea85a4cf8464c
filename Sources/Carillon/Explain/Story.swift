// Everything the journal knows about one trade or one cycle, gathered once and told in the order it
// happened.
import Compression
import Domain
import Messaging
import Store

struct Story {
    let session: Session
    /// nil for a whole cycle.
    let symbol: Symbol?
    let trade: TradeId?
    let cycle: CycleId
    let cycleEvents: [JournalEntryView]
    let tradeEvents: [JournalEntryView]
    /// The judgements whose exit condition sold it.
    let exits: [StrategyJudged]
    let keys: [String]
    let zone: DisplayZone

    struct JournalEntryView {
        let sequence: Int64
        let at: Timestamp
        let event: JournalEvent
    }

    init(_ session: Session, subject: String) throws {
        self.session = session
        zone = DisplayZone.configured(session.settings.report.zone).zone
        let journal = session.journal
        func load(_ key: String) throws -> [JournalEntryView] { try journal.entries(about: key).map { JournalEntryView(sequence: $0.sequence, at: $0.at, event: $0.event) } }
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
                return try closes.flatMap(load).compactMap(\.judged).filter { $0.signals.contains { $0.order == order.id } }
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
            guard let found = events.lazy.compactMap(\.decided).first?.verdicts.map(\.symbol).first(where: { $0.base.code == base }) ?? judged.first(where: { $0.base.code == base }) else {
                throw Self.unknown(subject, session)
            }
            symbol = found
        } else {
            symbol = nil
        }
    }

    private static func unknown(_ subject: String, _ session: Session) -> Failure {
        Failure(.data, "the journal knows no '\(SafeReason.line(subject))'; a trade is T0003, a cycle C2026010514; see: \(session.folder.command("report day"))")
    }

    var snapshot: SnapshotTaken? { cycleEvents.lazy.compactMap { if case .snapshotTaken(let s) = $0.event { s } else { nil } }.last }
    var decided: Decided? { cycleEvents.lazy.compactMap(\.decided).last }
    var judgements: [StrategyJudged] { cycleEvents.compactMap(\.judged) }
    var opinions: [Opinion] { cycleEvents.lazy.compactMap { if case .opinionsGiven(let o) = $0.event { o.opinions } else { nil } }.last ?? [] }

    var text: String {
        // Strategies on shorter candles judge between the cycles, without a picture of the whole market.
        var sections = snapshot == nil && !judgements.isEmpty ? [] : [marketSection]
        if let symbol {
            let asked = !opinions.isEmpty || judgements.isEmpty
            sections += judgements.map { strategySection($0, symbol) } + (asked ? [opinionSection(symbol), voteSection(symbol), reviewSection(symbol)] : [])
        } else {
            sections += [silenceSection, universeSection] + judgements.map { strategySection($0, nil) } + [verdictSection, decided.map { d in d.reviews.map { reviewSection($0.symbol) }.joined(separator: "\n\n") } ?? ""]
        }
        if trade != nil { sections += exits.map { strategySection($0, symbol) } + [lifeSection] }
        if trade == nil, snapshot != nil || judgements.isEmpty { sections.append(closeSection) }
        let title = trade.map { "\($0) \(symbol?.description ?? "") · decided in cycle \(cycle)" } ?? "Cycle \(cycle)" + (symbol.map { " · \($0)" } ?? "")
        return ([Terminal.bold(title)] + sections.filter { !$0.isEmpty }).joined(separator: "\n\n")
    }

    /// Every entry, as it stands in the chain.
    func json() throws -> String {
        let entries = try session.journal.rawEntries(about: keys)
        return JSONOutput.object([
            ("subject", .text(trade?.text ?? cycle.description)), ("symbol", .text(symbol?.description)),
            ("entries", .list(entries.map { .fields([("sequence", .number("\($0.sequence)")), ("at", .text($0.at.iso8601)), ("kind", .text($0.kind)), ("body", .number($0.body))]) })),
        ])
    }

    /// The full text of every question of this cycle (about this symbol, where one is meant).
    func prompts() throws -> String {
        guard !calls.isEmpty else { return "No model was asked in cycle \(cycle): its panel is made of indicators." }
        return try calls.map { call in
            let bytes = try session.journal.blob(call.promptBlob).flatMap { Deflate.expand($0, limit: 4 << 20) }
            let text = bytes.map { String(decoding: $0, as: UTF8.self) } ?? "(no longer kept; its hash is \(call.promptBlob))"
            return Terminal.bold("\(call.analyst)\(call.symbol.map { " about \($0)" } ?? "") · \(call.vendor) \(call.model) · prompt \(call.promptVersion.prefix(12))") + "\n" + text
        }.joined(separator: "\n\n")
    }
}

extension Story.JournalEntryView {
    var isOpening: Bool { if case .cycleOpened = event { true } else { false } }
    var decided: Decided? { if case .decided(let decided) = event { decided } else { nil } }
    var judged: StrategyJudged? { if case .strategyJudged(let judged) = event { judged } else { nil } }
    var position: Position? { if case .orderSubmitted(let submitted) = event { submitted.position } else { nil } }
    /// The order of a sale that an exit condition asked for.
    var signalExit: Order? { if case .orderSubmitted(let submitted) = event, submitted.order.role == .exit(.signal) { submitted.order } else { nil } }
}
