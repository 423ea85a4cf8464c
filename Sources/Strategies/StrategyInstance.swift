// A strategy that trades: which version, with which values, on which symbols, under a name of its own. What a
// backtest runs is a strategy; what the bot runs is an instance of one.
public import Kernel
public import Market
public import Trading

public struct StrategyInstance: Hashable, Sendable {
    /// Unique among the instances: positions and the journal carry it.
    public let name: String
    public let strategy: Strategy
    /// The strategy with the instance's values put in.
    public let bound: BoundStrategy
    /// In the order they are judged; empty for whatever the universe offers.
    public let symbols: [Symbol]

    /// - Parameter symbols: instead of the strategy's own.
    public init(name: String, _ strategy: Strategy, symbols: [Symbol]? = nil, values: [String: FixedDecimal] = [:]) throws(StrategyError) {
        self.name = name
        self.strategy = strategy
        self.symbols = symbols ?? strategy.symbols
        bound = try strategy.bound(values)
    }

    /// The same on other symbols.
    public init(_ other: StrategyInstance, symbols: [Symbol]) {
        (name, strategy, bound) = (other.name, other.strategy, other.bound)
        self.symbols = symbols
    }

    public var tag: InstanceTag { InstanceTag(name: name, strategy: strategy.name, version: strategy.version) }
    public var timeframe: Timeframe { strategy.timeframe }
    /// Whether a panel must agree before it buys.
    public var asksPanel: Bool { strategy.aiConviction != nil }
    /// Candles of its time frame to read before a judgement: with fewer the oldest one read would still weigh.
    public var candles: Int {
        let conditions = [bound.entry] + (bound.exit.map { [$0] } ?? [])
        return min(conditions.reduce(0) { max($0, $1.condition.memory(on: timeframe)) } + 2, Self.mostCandles)
    }

    /// Twenty pages of a venue: beyond it an average reaches further back than it can be asked for each hour.
    public static let mostCandles = 20_000
}
