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
        public let symbol: Symbol
        /// Buy for an entry condition, sell for an exit condition.
        public let side: Side
        /// The close that was judged.
        public let close: Price
        public let readings: [Reading]
        /// The price the decision was made at; nil if there was none.
        public let price: Price?
        /// All of the gate's checks; empty if it did not come that far.
        public let checks: [CheckResult]
        public let order: ClientOrderId?
        public let trade: TradeId?
        /// The first reason against it; nil if the order was announced.
        public let refusal: String?

        public init(
            symbol: Symbol, side: Side, close: Price, readings: [Reading], price: Price?, checks: [CheckResult] = [],
            order: ClientOrderId? = nil, trade: TradeId? = nil, refusal: String?
        ) {
            self.symbol = symbol
            self.side = side
            self.close = close
            self.readings = readings
            self.price = price
            self.checks = checks
            self.order = order
            self.trade = trade
            self.refusal = refusal
        }
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
    public let settingsHash: String
    /// How many instruments were judged.
    public let judged: Int
    public let unjudged: [Unjudged]
    public let signals: [Signal]
    /// Only exits were judged, because they wait for no answer; the close itself is judged later.
    public let isInterim: Bool

    public init(
        instance: InstanceTag, timeframe: Timeframe, closedAt: Timestamp, settingsHash: String, judged: Int, unjudged: [Unjudged], signals: [Signal],
        isInterim: Bool = false
    ) {
        self.instance = instance
        self.timeframe = timeframe
        self.closedAt = closedAt
        self.settingsHash = settingsHash
        self.judged = judged
        self.unjudged = unjudged
        self.signals = signals
        self.isInterim = isInterim
    }

    /// What its orders and positions are named after.
    public var cycle: CycleId { CycleId(hour: closedAt) }
}
