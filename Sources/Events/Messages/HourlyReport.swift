// The hour as a person reads of it: what is wrong, how the account stands, and what happened. Numbers and
// reasons; the words are Messaging's.
public import Kernel
public import Market
public import Risk

public struct HourlyReport: Hashable, Codable, Sendable {
    /// One position, each figure with its base. Before fees.
    public struct Row: Hashable, Codable, Sendable {
        public let symbol: Symbol
        /// Mark over entry price, less one; nil if there is no price.
        public let now: Ratio?
        /// Protective stop over entry price, less one.
        public let atStop: Ratio
        /// The next target over the mark, less one; nil after the last and if there is no price.
        public let targetIn: Ratio?

        public init(symbol: Symbol, now: Ratio?, atStop: Ratio, targetIn: Ratio?) {
            self.symbol = symbol
            self.now = now
            self.atStop = atStop
            self.targetIn = targetIn
        }
    }

    /// What was wanted and not bought.
    public struct Unbought: Hashable, Codable, Sendable {
        public enum Reason: Hashable, Codable, Sendable {
            case refused(Refusal)
            case check(CheckResult)
            /// By a guard, in its own words.
            case vetoed(by: String, why: String)
        }
        public let symbol: Symbol
        public let reason: Reason
        /// Whose rules wanted it; nil for the panel.
        public let strategy: String?

        public init(symbol: Symbol, reason: Reason, strategy: String? = nil) {
            self.symbol = symbol
            self.reason = reason
            self.strategy = strategy
        }
    }
    public struct Problem: Hashable, Codable, Sendable {
        public let what: HourProblem
        /// A message of its own, or the last summary, has named it already: nobody is called for it again.
        public let isTold: Bool

        public init(_ what: HourProblem, isTold: Bool) {
            self.what = what
            self.isTold = isTold
        }
    }
    /// What models cost in USD; shown only if one is asked.
    public struct ModelCost: Hashable, Codable, Sendable {
        public let hour: FixedDecimal
        public let today: FixedDecimal
        public let limit: FixedDecimal

        public init(hour: FixedDecimal, today: FixedDecimal, limit: FixedDecimal) {
            self.hour = hour
            self.today = today
            self.limit = limit
        }
    }

    /// Who decides what is bought.
    public enum Deciders: Hashable, Codable, Sendable {
        case panel(String)
        case strategies([String])
    }
    public let time: Timestamp
    public let next: Timestamp
    public let mode: String
    public let world: String
    public let quote: Currency
    public let equity: FixedDecimal
    /// Since the trading day began.
    public let dayChange: Ratio?
    /// Over all that was paid in, less one.
    public let sinceStart: Ratio?
    public let startedAt: Timestamp?
    /// What holding all that was offered first would have come to since then.
    public let holdingAll: Ratio?
    public let positions: [Row]
    /// Bought in this hour and still held.
    public let entries: [EntryNotice]
    public let refused: [Unbought]
    public let deciders: Deciders
    public let models: ModelCost?
    /// What is known to be wrong and lasts, the most urgent first.
    public let troubles: [Trouble]
    /// What else is wrong in this hour, worst first.
    public let problems: [Problem]
    /// Smaller things worth a line, e.g. instruments kept out for their prices.
    public let notes: [HourNote]

    public init(
        time: Timestamp, next: Timestamp, mode: String, world: String, quote: Currency, equity: FixedDecimal, dayChange: Ratio?,
        sinceStart: Ratio?, startedAt: Timestamp?, holdingAll: Ratio?, positions: [Row] = [], entries: [EntryNotice] = [],
        refused: [Unbought] = [], deciders: Deciders, models: ModelCost? = nil, troubles: [Trouble] = [], problems: [Problem] = [],
        notes: [HourNote] = []
    ) {
        self.time = time
        self.next = next
        self.mode = mode
        self.world = world
        self.quote = quote
        self.equity = equity
        self.dayChange = dayChange
        self.sinceStart = sinceStart
        self.startedAt = startedAt
        self.holdingAll = holdingAll
        self.positions = positions
        self.entries = entries
        self.refused = refused
        self.deciders = deciders
        self.models = models
        self.troubles = troubles
        self.problems = problems
        self.notes = notes
    }

    public var isWell: Bool { troubles.isEmpty && problems.isEmpty }
    /// True if it names something wrong for the first time, so that a person is called.
    public var isUrgent: Bool { problems.contains { !$0.isTold } }
}
