// What a strategy saw when its candles closed, and what followed: the answer to "why was this bought".
public import Kernel
public import Market
public import Risk
public import Trading

public struct StrategyJudged: Hashable, Codable, Sendable {
    /// A condition that held, with the numbers it was made of.
    public struct Signal: Hashable, Codable, Sendable {
        public struct Reading: Hashable, Codable, Sendable {
            /// `ema_21`, `rsi_14`, `ema_21@1h`.
            public let name: String
            public let value: Double

            public init(name: String, value: Double) {
                self.name = name
                self.value = value
            }
        }
        /// Buy for an entry condition, sell for an exit condition.
        public let side: Side
        /// The close that was judged.
        public let close: Price
        public let readings: [Reading]
        /// What became of it; that of a sale has neither size nor checks.
        public let review: Review

        public init(side: Side, close: Price, readings: [Reading], review: Review) {
            self.side = side
            self.close = close
            self.readings = readings
            self.review = review
        }

        public var symbol: Symbol { review.symbol }
    }
    /// An instrument whose candles could not be judged, and why.
    public struct Unjudged: Hashable, Codable, Sendable {
        public let symbol: Symbol
        public let why: String

        public init(symbol: Symbol, why: String) {
            self.symbol = symbol
            self.why = why
        }
    }
    public let instance: InstanceTag
    public let timeframe: Timeframe
    /// When the judged candles closed.
    public let closedAt: Timestamp
    /// When they were read; nil in a record that had none.
    public let readAt: Timestamp?
    public let settingsHash: String
    /// How many instruments were judged.
    public let judged: Int
    public let unjudged: [Unjudged]
    public let signals: [Signal]
    /// Only exits were judged, because they wait for no answer; the close itself is judged later.
    public let isInterim: Bool
    /// What it was decided on; nil without a signal.
    public let ground: DecisionGround?
    /// What had been sold for an exit condition at these very closes.
    public let sold: [Symbol]

    public init(
        instance: InstanceTag, timeframe: Timeframe, closedAt: Timestamp, settingsHash: String, judged: Int, unjudged: [Unjudged], signals: [Signal],
        isInterim: Bool = false, readAt: Timestamp? = nil, ground: DecisionGround? = nil, sold: [Symbol] = []
    ) {
        self.readAt = readAt
        self.instance = instance
        self.timeframe = timeframe
        self.closedAt = closedAt
        self.settingsHash = settingsHash
        self.judged = judged
        self.unjudged = unjudged
        self.signals = signals
        self.isInterim = isInterim
        self.ground = ground
        self.sold = sold
    }

    /// What its orders and positions are named after.
    public var cycle: CycleId { CycleId(hour: closedAt) }
}

/// Candles that strategies read beyond those of the hour's picture.
public struct CandlesTaken: Hashable, Codable, Sendable {
    /// One instrument's, on one time frame: everything between the two opening times is kept by now.
    public struct Kept: Hashable, Codable, Sendable {
        public let symbol: Symbol
        public let timeframe: Timeframe
        public let first: Timestamp
        public let last: Timestamp

        public init(symbol: Symbol, timeframe: Timeframe, first: Timestamp, last: Timestamp) {
            self.symbol = symbol
            self.timeframe = timeframe
            self.first = first
            self.last = last
        }
    }
    /// The new ones, compressed, by content hash.
    public let blob: String
    public let kept: [Kept]

    public init(blob: String, kept: [Kept]) {
        self.blob = blob
        self.kept = kept
    }
}

extension Book {
    /// What is kept of an instrument's candles beside the hours' pictures; nil for nothing.
    public func kept(_ symbol: Symbol, _ timeframe: Timeframe) -> CandlesTaken.Kept? { keptCandles[Self.key(symbol, timeframe)] }

    mutating func apply(_ taken: CandlesTaken) {
        for kept in taken.kept { keptCandles[Self.key(kept.symbol, kept.timeframe)] = kept }
    }

    private static func key(_ symbol: Symbol, _ timeframe: Timeframe) -> String { "\(symbol)@\(timeframe.rawValue)" }
}
