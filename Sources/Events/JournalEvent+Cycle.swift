// What one cycle saw, decided and reported. Recorded for every offered instrument, also for those
// that were not picked: none of it can be recovered later.
public import Analysis
public import Kernel
public import Market
public import Risk
public import Settings
public import Trading

public struct SnapshotTaken: Hashable, Codable, Sendable {
    public struct Row: Hashable, Codable, Sendable {
        public let symbol: Symbol
        public let last: Price
        public let bid: Price?
        public let ask: Price?
        public let quoteVolume: FixedDecimal?
        public let change: Ratio?
        /// Open time of the newest candle used.
        public let newestCandle: Timestamp
        public let candles: Int
        /// The moment the ticker speaks of; nil in a record that had none.
        public let tickerTime: Timestamp?
        public init(
            symbol: Symbol, last: Price, bid: Price?, ask: Price?, quoteVolume: FixedDecimal?, change: Ratio?,
            newestCandle: Timestamp, candles: Int, tickerTime: Timestamp? = nil
        ) {
            self.tickerTime = tickerTime
            self.symbol = symbol
            self.last = last
            self.bid = bid
            self.ask = ask
            self.quoteVolume = quoteVolume
            self.change = change
            self.newestCandle = newestCandle
            self.candles = candles
        }
    }
    public let cycle: CycleId
    public let asOf: Timestamp
    public let receivedAt: Timestamp
    /// Over the previous snapshot's hash and this one's new candles.
    public let hash: String
    /// The new candles, compressed, by content hash.
    public let candleBlob: String
    /// Raw news and context payloads, by content hash; nil if there were none.
    public let contextBlob: String?
    public let sources: [SourceReport]
    /// Every instrument the venue has, with the reason for each exclusion.
    public let universe: [UniverseVerdict]
    /// What the panel was offered, in the order it was shown.
    public let offered: [Row]
    public let sentiment: Int?
    public let newsIds: [String]
    public let regime: RegimeTags

    public init(
        cycle: CycleId, asOf: Timestamp, receivedAt: Timestamp, hash: String, candleBlob: String, contextBlob: String?,
        sources: [SourceReport], universe: [UniverseVerdict], offered: [Row], sentiment: Int?, newsIds: [String],
        regime: RegimeTags
    ) {
        self.cycle = cycle
        self.asOf = asOf
        self.receivedAt = receivedAt
        self.hash = hash
        self.candleBlob = candleBlob
        self.contextBlob = contextBlob
        self.sources = sources
        self.universe = universe
        self.offered = offered
        self.sentiment = sentiment
        self.newsIds = newsIds
        self.regime = regime
    }
}

/// The market's mood in numbers, computed from the snapshot. Formula version 1.
public struct RegimeTags: Hashable, Codable, Sendable {
    public let version: Int
    /// Median 24 h return of the offered instruments.
    public let breadth: Double?
    /// Median 24 h volatility of hourly returns.
    public let volatility: Double?
    public init(version: Int, breadth: Double?, volatility: Double?) {
        self.version = version
        self.breadth = breadth
        self.volatility = volatility
    }
}

public struct Decided: Hashable, Codable, Sendable {
    public let cycle: CycleId
    public let verdicts: [Verdict]
    public let reviews: [Review]
    /// What the sizes and the gate reckoned with; nil in a record that had none.
    public let costs: FillCosts?
    public let limits: RiskLimits?
    /// What it was decided on; nil in a record that had none.
    public let ground: DecisionGround?

    public init(
        cycle: CycleId, verdicts: [Verdict], reviews: [Review], costs: FillCosts? = nil, limits: RiskLimits? = nil, ground: DecisionGround? = nil
    ) {
        self.cycle = cycle
        self.verdicts = verdicts
        self.reviews = reviews
        self.costs = costs
        self.limits = limits
        self.ground = ground
    }
}

/// How many instruments were left after each stage.
public struct Funnel: Hashable, Codable, Sendable {
    public var listed: Int
    public var liquid: Int
    public var shortlisted: Int
    public var agreed: Int
    public var entered: Int
    public init(listed: Int, liquid: Int, shortlisted: Int, agreed: Int, entered: Int) {
        self.listed = listed
        self.liquid = liquid
        self.shortlisted = shortlisted
        self.agreed = agreed
        self.entered = entered
    }
}

public struct CycleClosed: Hashable, Codable, Sendable {
    /// What `skipped` says of a cycle that was begun and broke off.
    public static let interruption = "interrupted"
    public let cycle: CycleId
    public let funnel: Funnel
    /// Why nothing was decided at all; nil for an ordinary cycle.
    public let skipped: String?
    /// USD spent on models in this cycle, and the calls made.
    public let modelCost: FixedDecimal
    public let calls: Int
    /// What was wrong, by its key: it is not news in the next hour. nil if nothing was.
    public let problems: [String]?
    public init(cycle: CycleId, funnel: Funnel, skipped: String?, modelCost: FixedDecimal, calls: Int, problems: [String]? = nil) {
        self.problems = problems
        self.cycle = cycle
        self.funnel = funnel
        self.skipped = skipped
        self.modelCost = modelCost
        self.calls = calls
    }

    /// A cycle that broke off has no report.
    public var hasReport: Bool { skipped != Self.interruption }
    /// What its report began with, by key; older entries name only that nothing was decided.
    public var told: [String] { problems ?? (skipped != nil && hasReport ? ["skipped"] : []) }
}
