// Everything that is ever remembered, as one closed list. The journal is these events in order; every
// other table is a reading of them. An event holds no wall-clock fact beyond the moment it speaks of,
// so that a run that was killed and resumed writes the same events.
public import Analysis
public import Kernel
public import Market
public import Trading

public enum JournalEvent: Hashable, Sendable {
    case journalOpened(JournalOpened)
    case accountOpened(AccountOpened)
    case cashMoved(CashMoved)
    case tradingDayStarted(TradingDayStarted)
    case cycleOpened(CycleOpened)
    case cycleMissed(CycleMissed)
    case snapshotTaken(SnapshotTaken)
    case callReserved(CallReserved)
    case callSettled(CallSettled)
    case opinionsGiven(OpinionsGiven)
    case decided(Decided)
    case candlesTaken(CandlesTaken)
    case strategyJudged(StrategyJudged)
    case orderSubmitted(OrderSubmitted)
    case orderChanged(OrderChanged)
    case positionOpened(PositionOpened)
    case positionIncreased(PositionIncreased)
    case feeValued(FeeValued)
    case positionMarked(PositionMarked)
    case positionReduced(PositionReduced)
    case positionWrittenOff(PositionWrittenOff)
    case entryFailed(EntryFailed)
    case tradeClosed(TradeClosed)
    case breakerTripped(BreakerTripped)
    case breakerReset(BreakerReset)
    case killSwitchSet(KillSwitchSet)
    case clockCorrected(ClockCorrected)
    case troubleBegan(TroubleBegan)
    case troubleEnded(TroubleEnded)
    case equityMarked(EquityMarked)
    case cycleClosed(CycleClosed)
    case messageQueued(MessageQueued)
}

/// The identity of a journal: a second one on the same journal is refused.
public struct JournalOpened: Hashable, Codable, Sendable {
    /// `synthetic:7`, `candles:<folder name>`, `binance`: which world the prices come from.
    public let world: String
    /// The virtual start of a demo; nil if time is real.
    public let start: Timestamp?
    /// `paper`.
    public let mode: String
    public let quote: Currency
    public init(world: String, start: Timestamp?, mode: String, quote: Currency) {
        self.world = world
        self.start = start
        self.mode = mode
        self.quote = quote
    }
}

public struct CycleOpened: Hashable, Codable, Sendable {
    public let cycle: CycleId
    public let codeVersion: String
    public let settingsHash: String
    public let riskHash: String
    public let promptSetHash: String
    public let deadline: Timestamp
    /// The venue's clock less ours, in milliseconds; nil if the venue tells no time.
    public let clockOffset: Int64?
    /// True if this cycle makes up for an hour that was late.
    public let isCatchUp: Bool
    public init(
        cycle: CycleId, codeVersion: String, settingsHash: String, riskHash: String, promptSetHash: String,
        deadline: Timestamp, clockOffset: Int64?, isCatchUp: Bool
    ) {
        self.cycle = cycle
        self.codeVersion = codeVersion
        self.settingsHash = settingsHash
        self.riskHash = riskHash
        self.promptSetHash = promptSetHash
        self.deadline = deadline
        self.clockOffset = clockOffset
        self.isCatchUp = isCatchUp
    }
}

public struct CycleMissed: Hashable, Codable, Sendable {
    public let first: CycleId
    public let last: CycleId
    public let count: Int
    public let why: String
    public init(first: CycleId, last: CycleId, count: Int, why: String) {
        self.first = first
        self.last = last
        self.count = count
        self.why = why
    }
}

public struct OpinionsGiven: Hashable, Codable, Sendable {
    /// How often an offered instrument reached the ladder's outcomes on its own candles: what a conviction is
    /// later held against.
    public struct BaseRate: Hashable, Codable, Sendable {
        public let symbol: Symbol
        /// Stop, one rung then out, ..., all.
        public let rates: [Double]
        public let windowStart: Timestamp
        public let windowEnd: Timestamp
        public init(symbol: Symbol, rates: [Double], windowStart: Timestamp, windowEnd: Timestamp) {
            self.symbol = symbol
            self.rates = rates
            self.windowStart = windowStart
            self.windowEnd = windowEnd
        }
    }
    public let cycle: CycleId
    public let opinions: [Opinion]
    /// For every offered instrument, in the order it was shown.
    public let baseRates: [BaseRate]
    /// The map from conviction to odds in force: its intercept and slope.
    public let map: [Double]
    /// Hours after which an opinion is judged.
    public let horizon: Int
    public init(cycle: CycleId, opinions: [Opinion], baseRates: [BaseRate] = [], map: [Double] = [], horizon: Int = 24) {
        self.cycle = cycle
        self.opinions = opinions
        self.baseRates = baseRates
        self.map = map
        self.horizon = horizon
    }
}
