// A strategy as it was written: rules over indicators, with parameters that may be varied, and everything a
// backtest has to know about money and fills. Promise: what is left out has the value the program trades by.
public import Kernel
public import Market
import Settings

public struct Strategy: Hashable, Sendable {
    public var name: String
    public var version: Int
    /// What it trades; empty for whatever the universe offers.
    public var symbols: [Symbol]
    public var timeframe: Timeframe
    public var parameters: [StrategyParameter]
    public var entry: Condition
    /// Sells everything at once; nil if the bracket alone decides.
    public var exit: Condition?
    /// The least conviction of a panel that must agree to an entry; nil if nobody is asked.
    public var aiConviction: Ratio?
    public var bracket: BracketRule
    public var sizing: SizingRule
    public var fills: FillRule

    public init(
        name: String, version: Int = 1, symbols: [Symbol] = [], timeframe: Timeframe, parameters: [StrategyParameter] = [], entry: Condition,
        exit: Condition? = nil, aiConviction: Ratio? = nil, bracket: BracketRule = .standard, sizing: SizingRule = SizingRule(),
        fills: FillRule = FillRule()
    ) {
        self.name = name
        self.version = version
        self.symbols = symbols
        self.timeframe = timeframe
        self.parameters = parameters
        self.entry = entry
        self.exit = exit
        self.aiConviction = aiConviction
        self.bracket = bracket
        self.sizing = sizing
        self.fills = fills
    }
}

/// A number of the strategy that a run may be given another value for.
public struct StrategyParameter: Hashable, Sendable {
    public let name: String
    public let usual: FixedDecimal
    /// The values an optimiser may try, ascending; empty for a parameter that is not varied.
    public let choices: [FixedDecimal]

    public init(name: String, usual: FixedDecimal, choices: [FixedDecimal] = []) {
        self.name = name
        self.usual = usual
        self.choices = choices
    }
}

/// A share that is written out, or a parameter's name.
public enum Share: Hashable, Sendable {
    case exact(Ratio)
    case parameter(String)

    func value(_ values: [String: FixedDecimal]) -> Ratio {
        switch self {
        case .exact(let ratio): ratio
        case .parameter(let name): Ratio(values[name] ?? .zero)
        }
    }
}

/// Stop, targets and trailing stop as shares of the entry's price.
public struct BracketRule: Hashable, Sendable {
    public struct Rung: Hashable, Sendable {
        public var rise: Share
        /// Of what was bought.
        public var share: Share
        public init(rise: Share, share: Share) {
            self.rise = rise
            self.share = share
        }
    }
    public var stop: Share
    public var rungs: [Rung]
    /// Below the highest price since entry, once the first rung has filled; nil for a stop that stays.
    public var trailing: Share?

    public init(stop: Share, rungs: [Rung], trailing: Share?) {
        self.stop = stop
        self.rungs = rungs
        self.trailing = trailing
    }

    /// The bracket every entry of the bot gets.
    public static let standard: BracketRule = {
        let usual = BracketSettings()
        return BracketRule(
            stop: .exact(usual.stop), rungs: usual.rungs.map { Rung(rise: .exact($0.gain), share: .exact($0.share)) },
            trailing: .exact(usual.trailing))
    }()
}

public struct SizingRule: Hashable, Sendable {
    /// What an entry costs, as a share of equity at the signal's close.
    public var equity: Share = .exact("0.1")
    /// Open at the same time, over all symbols.
    public var positions = 3
    /// What a backtest starts with, in quote.
    public var capital: FixedDecimal = "10000"
    public init() {}
}

/// Where and at which cost orders fill in a backtest.
public struct FillRule: Hashable, Sendable {
    public enum Moment: String, CaseIterable, Sendable {
        /// At the close that gave the signal.
        case close
        /// At the open of the next candle, as an order that is sent when the signal is there can fill.
        case nextOpen = "next-open"
    }
    public enum Order: String, CaseIterable, Sendable {
        /// Levels the open reached come first, targets too; then the stop; then targets, as in the bot's exits.
        case openFirst = "open-first"
        /// A candle that touched the stop is a stop, whatever else it touched.
        case stopFirst = "stop-first"
    }
    public enum Accounting: String, CaseIterable, Sendable {
        /// Ticks, lots, minimum notional and fees as the bot's account books them, exact decimals throughout.
        case exact
        /// Fractions of any size, fees in quote, Double throughout.
        case plain
    }
    public var entry = Moment.nextOpen
    public var order = Order.openFirst
    public var accounting = Accounting.exact
    public var fee: Share = .exact("0.001")
    public var slippage: Share = .exact("0.001")
    public init() {}
}
