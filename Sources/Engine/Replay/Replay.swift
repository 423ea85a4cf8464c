// Every decision of a journal made once more, from what is written there alone: the candles kept beside the chain, the ground that
// each decision names, and the book before it. What comes out must be what was written, to the last number.
public import Analysis
public import Events
import Kernel
import Market
public import Ports
import Risk
public import Settings
public import Strategies
import Trading

public struct Replay {
    public struct Result: Sendable {
        /// Decisions of the panel and rounds of strategies that were made again.
        public internal(set) var decisions = 0
        public internal(set) var rounds = 0
        /// Older versions did not write what is needed, or other settings were in force.
        public internal(set) var skipped = 0
        public internal(set) var differences: [Difference] = []
    }
    /// Entries that would be written otherwise.
    public struct Difference: Sendable {
        public let sequence: Int64
        public let written: [JournalEvent]
        public let made: [JournalEvent]
    }
    private let rules: EntryRules
    private let instances: [StrategyInstance]
    private let settingsHash: String
    private let panelTrades: Bool
    private let blob: (String) -> [UInt8]?
    /// More than one decision ever writes.
    private static let ahead = 200

    /// - Parameters:
    ///   - panel: its name and seats.
    ///   - unusable: how many strategies were wanted and could not be used.
    ///   - blob: content by its hash, unpacked.
    public init(
        settings: CarillonSettings, settingsHash: String, panel: (name: String, seats: [PanelSeat]), instances: [StrategyInstance], unusable: Int = 0,
        blob: @escaping (String) -> [UInt8]?
    ) {
        rules = EntryRules(settings: settings, panel: panel.name, seats: panel.seats)
        self.settingsHash = settingsHash
        self.instances = instances
        panelTrades = instances.isEmpty && unusable == 0
        self.blob = blob
    }

    /// - Parameter page: entries behind a sequence number, in order; none at the end.
    /// - Throws: `Contradiction` if the entries are no journal.
    public func run(_ page: (Int64) throws -> [JournalEntry]) throws -> Result {
        var entries = try page(0)
        var result = Result(), book = Book(), candles = CandleMemory(), picture: SnapshotTaken?, verdicts: [Verdict] = [], isOwn = false,
            isWhole = true, index = 0
        while index < entries.count {
            // A decision and its orders are looked at together.
            if entries.count - index < Self.ahead, let last = entries.last {
                entries = Array(entries[index...]) + (try page(last.sequence))
                index = 0
            }
            let group = group(entries, from: index), first = entries[index]
            switch first.event {
            case .opinionsGiven(let given):
                guard isOwn, case .decided(let decided)? = group.dropFirst().first?.event, let ground = decided.ground, let picture,
                    let made = panel(given, decided, ground, picture, candles, book, at: first.at)
                else {
                    result.skipped += 1
                    break
                }
                result.decisions += 1
                compare(group.map(\.event), made, first.sequence, &result)
            case .strategyJudged:
                let judged = group.compactMap { if case .strategyJudged(let judged) = $0.event { judged } else { nil } }
                guard isWhole, judged.allSatisfy({ $0.settingsHash == settingsHash }), let made = round(judged, candles, book, verdicts, at: first.at)
                else {
                    result.skipped += 1
                    break
                }
                result.rounds += 1
                compare(group.map(\.event), made, first.sequence, &result)
            default: break
            }
            for entry in group {
                switch entry.event {
                case .snapshotTaken(let snapshot):
                    picture = blob(snapshot.candleBlob).map { candles.add($0) } == true ? snapshot : nil
                case .cycleOpened(let opened): (verdicts, isOwn) = ([], opened.settingsHash == settingsHash)
                case .decided(let decided): verdicts = decided.verdicts
                case .candlesTaken(let taken): isWhole = isWhole && blob(taken.blob).map { candles.add($0) } == true
                default: break
                }
                try book.apply(entry.event, at: entry.at)
            }
            index += group.count
        }
        return result
    }

    /// What one decision wrote: it and its orders; one entry if it is no decision.
    private func group(_ entries: [JournalEntry], from index: Int) -> ArraySlice<JournalEntry> {
        var end = index + 1, first = entries[index].event
        switch first {
        case .opinionsGiven:
            if end < entries.count, case .decided = entries[end].event { end += 1 }
        case .strategyJudged: break
        default: return entries[index..<end]
        }
        while end < entries.count, entries[end].at == entries[index].at {
            switch (first, entries[end].event) {
            case (_, .orderSubmitted): end += 1
            case (.strategyJudged(let before), .strategyJudged(let next)) where before.isInterim == next.isInterim && before.sold == next.sold:
                first = entries[end].event
                end += 1
            default: return entries[index..<end]
            }
        }
        return entries[index..<end]
    }

    private func compare(_ written: [JournalEvent], _ made: [JournalEvent], _ sequence: Int64, _ result: inout Result) {
        if written != made { result.differences.append(Difference(sequence: sequence, written: written, made: made)) }
    }

    // MARK: The panel

    private func panel(
        _ given: OpinionsGiven, _ decided: Decided, _ ground: DecisionGround, _ picture: SnapshotTaken, _ candles: CandleMemory, _ book: Book,
        at time: Timestamp
    ) -> [JournalEvent]? {
        let known = Dictionary(decided.reviews.compactMap { review in review.instrument.map { (review.symbol, $0) } }) { first, _ in first }
        let views = picture.offered.compactMap { row -> InstrumentView? in
            guard let instrument = known[row.symbol] ?? Self.unasked(row.symbol) else { return nil }
            return InstrumentView(
                instrument: instrument,
                ticker: Ticker(symbol: row.symbol, time: row.tickerTime ?? picture.asOf, last: row.last, quoteVolume: row.quoteVolume),
                candles: candles.candles(CandleKey(row.symbol, .h1), upTo: row.newestCandle, count: row.candles))
        }
        // Candles that were let go since are not there to decide on.
        guard views.count == picture.offered.count,
            zip(views, picture.offered).allSatisfy({ $0.candles.count == $1.candles && $0.candles.last?.openTime == $1.newestCandle })
        else { return nil }
        let volumes = Dictionary(picture.offered.compactMap { row in row.quoteVolume.map { (row.symbol, $0) } }) { first, _ in first }
        let verdicts =
            ground.askedAt == nil
            ? []
            : Consensus(rules.settings.consensus).judge(given.opinions, offered: views.map(\.symbol), panel: rules.seats, volumes: volumes)
        let decision = PanelDecision(
            rules: rules, cycle: given.cycle, views: views, opinions: given.opinions, time: time, trades: panelTrades)
        let outcome = decision.made(on: ground, verdicts, book)
        return [.opinionsGiven(decision.given), .decided(outcome.decided)] + outcome.submissions.map { .orderSubmitted($0) }
    }

    /// Stands for rules that the decision did not come as far as to ask for.
    private static func unasked(_ symbol: Symbol) -> Instrument? {
        Instrument(symbol: symbol, tickSize: "0.01", lotStep: "0.01", minNotional: "1")
    }

    // MARK: Strategies

    private func round(_ judged: [StrategyJudged], _ candles: CandleMemory, _ book: Book, _ verdicts: [Verdict], at time: Timestamp)
        -> [JournalEvent]?
    {
        let own = judged.compactMap { judged in instances.first { $0.tag == judged.instance } }
        let ground = judged.lazy.compactMap(\.ground).first
        guard own.count == judged.count, let first = judged.first, let readAt = first.readAt else { return nil }
        var lost: CandleHistories = [:]
        for one in judged {
            // What could not be read then is no finding now.
            for unjudged in one.unjudged { lost[CandleKey(unjudged.symbol, one.timeframe)] = .lost(why: unjudged.why) }
        }
        let histories = histories(own, first.isInterim, candles, book, readAt)
        let decision = StrategyDecision(
            rules: rules, settingsHash: first.settingsHash, readAt: readAt, time: time, histories: histories.merging(lost) { $1 },
            hourly: hourly(ground, candles, readAt), instruments: instruments(judged),
            ground: ground
                ?? DecisionGround(seenAt: nil, askedAt: nil, halted: nil, isClockInDoubt: false, clockOffset: nil, prices: [:], marks: [:]),
            verdicts: own.contains { $0.asksPanel && $0.isHourly } && !first.isInterim ? verdicts : [], universe: book.offered,
            exitsOnly: first.isInterim, sold: first.sold)
        return decision.plan(own.map { decision.reading($0, book) }, book).events
    }

    private func histories(_ own: [StrategyInstance], _ exitsOnly: Bool, _ candles: CandleMemory, _ book: Book, _ readAt: Timestamp)
        -> CandleHistories
    {
        var histories: CandleHistories = [:]
        for instance in own {
            let held = instance.positions(book).map(\.symbol)
            for symbol in (exitsOnly ? [] : instance.symbols(book.offered)) + held {
                let key = CandleKey(symbol, instance.timeframe), count = instance.candles(of: symbol, at: readAt, book)
                let newest = readAt.floored(to: instance.timeframe.duration) - instance.timeframe.duration
                let read = candles.candles(key, upTo: newest, count: max(count, histories[key]?.candles?.count ?? 0))
                histories[key] = .read(read)
            }
        }
        return histories
    }

    private func hourly(_ ground: DecisionGround?, _ candles: CandleMemory, _ readAt: Timestamp) -> [Symbol: CandleColumns] {
        let newest = readAt.floored(to: .hours(1)) - .hours(1)
        return Dictionary(
            uniqueKeysWithValues: (ground?.compared ?? []).map { symbol in
                (symbol, CandleColumns(candles.candles(CandleKey(symbol, .h1), upTo: newest, count: Correlation.window + 1)))
            })
    }

    private func instruments(_ judged: [StrategyJudged]) -> [Symbol: Instrument] {
        let reviews = judged.flatMap { $0.signals.map(\.review) }.filter { $0.refusal != .noRules }
        return Dictionary(reviews.compactMap { review in (review.instrument ?? Self.unasked(review.symbol)).map { (review.symbol, $0) } }) {
            first, _ in
            first
        }
    }
}
