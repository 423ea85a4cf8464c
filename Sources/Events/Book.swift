// What the journal amounts to: a pure fold of its events. Decisions are made from this value alone,
// a start reads it in one piece, and `journal rebuild` makes it again from nothing.
public import Kernel
public import Market
import Risk
public import Trading

public struct Book: Hashable, Codable, Sendable {
    public internal(set) var identity: JournalOpened?
    /// What is owned and owed, the journal's own account first.
    public internal(set) var accounts = [AccountBook(.paper)]
    /// Why a person has halted everything; nil if nothing is halted.
    public internal(set) var killSwitch: String?
    /// What each strategy instance judged last, by the instance's name.
    public internal(set) var judged: [String: LastJudged] = [:]
    /// Candles of strategies that are kept beside the hours' pictures, by instrument and time frame.
    var keptCandles: [String: CandlesTaken.Kept] = [:]
    /// The cycle that was opened and not closed.
    public internal(set) var openCycle: OpenCycle?
    public internal(set) var lastCycle: CycleId?
    public internal(set) var lastSnapshot: SnapshotBookmark?
    public internal(set) var budget = ModelBudget()
    public internal(set) var nextTrade = 1
    public internal(set) var nextMessage = 1
    /// Where `hold everything` started: the first offered prices.
    public internal(set) var benchmark: [String: Price] = [:]
    /// Hours that passed without a cycle since the last one that closed.
    public internal(set) var missed: CycleMissed?
    /// What the last summary said was wrong, by its key; nil if nothing was.
    public internal(set) var lastProblems: [String]?
    /// Hours in a row in which nothing that was agreed on paid for its costs; nil before the first.
    public internal(set) var unpaidHours: Int?
    /// What is wrong now, by kind and subject; nil if nothing is, so that a book of an older version reads the same.
    var standing: [String: Trouble]?

    public init() {}

    /// Events in their order. After a contradiction the book is worth nothing: it may hold half of the event.
    public mutating func apply(_ event: JournalEvent, at time: Timestamp) throws(Contradiction) {
        switch event {
        case .journalOpened(let opened): apply(opened)
        case .accountOpened(let opened): apply(opened)
        case .cashMoved(let moved): accounts[try index(of: moved.account)].apply(moved, at: time)
        case .tradingDayStarted(let day): accounts[try index(of: day.account)].baselines.start(day)
        case .cycleOpened(let opened): openCycle = OpenCycle(id: opened.cycle, openedAt: time)
        case .cycleMissed(let missed):
            lastCycle = max(lastCycle ?? missed.last, missed.last)
            self.missed = missed
        case .snapshotTaken(let snapshot): apply(snapshot)
        case .callReserved(let call): budget.reserve(call.call, call.cost, at: time); openCycle?.calls += 1
        case .callSettled(let call): apply(call, at: time)
        case .candlesTaken(let taken): apply(taken)
        case .strategyJudged(let judged) where judged.isInterim: break
        case .strategyJudged(let judged): self.judged[judged.instance.name] = LastJudged(judged, after: self.judged[judged.instance.name])
        case .opinionsGiven: openCycle?.hasOpinions = true
        case .decided(let decided): apply(decided)
        case .orderSubmitted(let submitted): try apply(submitted)
        case .orderChanged(let changed): try accounts[account(of: changed.order)].apply(changed, at: time)
        case .positionOpened(let opened): try apply(opened)
        case .positionIncreased(let increased): try accounts[account(of: increased.trade)].apply(increased)
        case .feeValued(let valued): try accounts[account(of: valued.order)].apply(valued)
        case .positionMarked(let marked): try accounts[account(of: marked.trade)].apply(marked)
        case .positionReduced(let reduced): try accounts[account(of: reduced.trade)].apply(reduced)
        case .positionWrittenOff(let off): try accounts[account(of: off.trade)].apply(off)
        case .entryFailed(let failed): try accounts[account(of: failed.trade)].fail(failed, at: time)
        case .tradeClosed(let closed): try accounts[account(of: closed.trade)].apply(closed, at: time)
        case .breakerTripped(let tripped): accounts[try index(of: tripped.account)].apply(tripped, at: time)
        case .breakerReset(let reset): accounts[try index(of: reset.account)].apply(reset)
        case .killSwitchSet(let set): killSwitch = set.engaged ? set.reason : nil
        case .clockCorrected(let corrected): apply(corrected, at: time)
        case .troubleBegan(let began): apply(began, at: time)
        case .troubleEnded(let ended): apply(ended)
        case .equityMarked(let marked): accounts[try index(of: marked.account)].apply(marked)
        case .cycleClosed(let closed): close(closed, at: time)
        case .messageQueued(let message): nextMessage = message.number + 1
        }
    }
}

/// A cycle under way: how far it came.
public struct OpenCycle: Hashable, Codable, Sendable {
    public let id: CycleId
    public let openedAt: Timestamp
    public internal(set) var hasOpinions = false
    public internal(set) var isDecided = false
    public internal(set) var entered = 0
    public internal(set) var calls = 0
    public internal(set) var modelCost = FixedDecimal.zero
    public internal(set) var funnel: Funnel?
    /// The snapshot before this cycle's: what its hash was chained to.
    public internal(set) var previousSnapshot: SnapshotBookmark?

    public init(id: CycleId, openedAt: Timestamp) {
        self.id = id
        self.openedAt = openedAt
    }
}

/// How far a strategy instance has come.
public struct LastJudged: Hashable, Codable, Sendable {
    /// When the judged candles closed.
    public internal(set) var closedAt: Timestamp
    public let judged: Int
    public let unjudged: [StrategyJudged.Unjudged]
    /// If candles were missing, or a sale was wanted: the close up to which a symbol's exits are done with.
    var owed: [String: Timestamp]

    init(_ event: StrategyJudged, after last: LastJudged?) {
        (closedAt, judged, unjudged) = (event.closedAt, event.judged, event.unjudged)
        let symbols = event.unjudged.map(\.symbol) + event.signals.filter { $0.side == .sell }.map(\.review.symbol)
        owed = Dictionary(
            symbols.map { ($0.description, last?.exitsDone($0) ?? Timestamp(milliseconds: 0)) }, uniquingKeysWith: { first, _ in first })
    }

    /// Exit conditions at later closes still count: nothing was sold for them yet.
    public func exitsDone(_ symbol: Symbol) -> Timestamp { owed[symbol.description] ?? closedAt }
}

public struct SnapshotBookmark: Hashable, Codable, Sendable {
    public let asOf: Timestamp
    public let hash: String
    /// Newest candle kept, by symbol.
    public let newest: [String: Timestamp]
    /// What could be bought then, in symbol order.
    public let offered: [Symbol]
}

/// What models may still cost today.
public struct ModelBudget: Hashable, Codable, Sendable {
    public internal(set) var day: Timestamp?
    public internal(set) var spent = FixedDecimal.zero
    /// Reserved and not yet settled, by call.
    public internal(set) var reserved: [String: FixedDecimal] = [:]
    /// The most that was used at once today: it never falls within a day, so a mark is passed only once.
    public internal(set) var peak = FixedDecimal.zero
    /// The day each alarm was last raised.
    public internal(set) var alarms: [String: Timestamp] = [:]

    /// Spent and reserved on the UTC day of `time`.
    public func used(at time: Timestamp) -> FixedDecimal {
        guard day == time.floored(to: .days(1)) else { return .zero }
        return reserved.values.reduce(spent, +)
    }

    /// The most that was used at once on the UTC day of `time`.
    public func peak(at time: Timestamp) -> FixedDecimal { day == time.floored(to: .days(1)) ? peak : .zero }

    /// Whether `alarm` was raised on the UTC day of `time`.
    public func isRaised(_ alarm: String, at time: Timestamp) -> Bool { alarms[alarm] == time.floored(to: .days(1)) }

    mutating func reserve(_ call: String, _ cost: FixedDecimal, at time: Timestamp) {
        let today = time.floored(to: .days(1))
        if day != today {
            day = today
            spent = .zero
            reserved = [:]
            peak = .zero
        }
        reserved[call] = cost
        peak = max(peak, used(at: time))
    }

    mutating func settle(_ call: String, _ cost: FixedDecimal) {
        // A call of yesterday that settles today was counted yesterday.
        guard reserved.removeValue(forKey: call) != nil else { return }
        spent += cost
    }
}
