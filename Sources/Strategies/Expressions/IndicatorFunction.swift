// The indicators as functions of an expression: one name for each column of the catalogue.
public import Market

/// `ema(9)`, `bollinger_upper(20, 2)`, `macd_signal(12, 26, 9)`: a column of an `IndicatorSpec`.
public enum IndicatorFunction: String, CaseIterable, Hashable, Sendable {
    case rsi, ema, sma
    case macd, macdSignal = "macd_signal", macdHistogram = "macd_histogram"
    case bollingerUpper = "bollinger_upper", bollingerMiddle = "bollinger_middle", bollingerLower = "bollinger_lower"
    case atr, adx, plusDI = "plus_di", minusDI = "minus_di"
    case stochasticK = "stochastic_k", stochasticD = "stochastic_d"
    case obv, mfi, cci, williams, roc, volatility

    /// The catalogue's name, and which of its columns this is.
    var source: (name: String, column: Int) {
        switch self {
        case .macd: ("macd", 0)
        case .macdSignal: ("macd", 1)
        case .macdHistogram: ("macd", 2)
        case .bollingerUpper: ("bollinger", 0)
        case .bollingerMiddle: ("bollinger", 1)
        case .bollingerLower: ("bollinger", 2)
        case .plusDI: ("di", 0)
        case .minusDI: ("di", 1)
        case .stochasticK: ("stochastic", 0)
        case .stochasticD: ("stochastic", 1)
        case .rsi, .ema, .sma, .atr, .adx, .obv, .mfi, .cci, .williams, .roc, .volatility: (rawValue, 0)
        }
    }

    /// With its usual numbers: how messages show what it takes.
    public var example: String {
        let usual = IndicatorSpec.usual.first { $0.name == source.name }.map(\.description) ?? source.name
        return "\(rawValue)(\(usual.split(separator: ":").dropFirst().joined(separator: ", ")))"
    }

    /// What it measures, in a line.
    public var meaning: String {
        switch self {
        case .rsi: "strength of rises against falls, 0 to 100 (Wilder)"
        case .ema: "average of closes that weighs the newest most"
        case .sma: "plain average of closes"
        case .macd: "fast average less slow average (fast, slow, signal)"
        case .macdSignal: "average of macd"
        case .macdHistogram: "macd less its signal"
        case .bollingerUpper: "average plus so many standard deviations (candles, width)"
        case .bollingerMiddle: "the average of the bands"
        case .bollingerLower: "average less so many standard deviations"
        case .atr: "usual range of a candle, in price (Wilder)"
        case .adx: "how strong a trend is, up or down, 0 to 100 (Wilder)"
        case .plusDI: "strength of upward moves, 0 to 100"
        case .minusDI: "strength of downward moves, 0 to 100"
        case .stochasticK: "where the close stands between lowest and highest, 0 to 100 (candles, smoothing, signal)"
        case .stochasticD: "average of stochastic_k"
        case .obv: "volume added on rises and taken off on falls"
        case .mfi: "rsi weighed by volume, 0 to 100"
        case .cci: "distance from the usual price, in mean deviations"
        case .williams: "where the close stands between highest and lowest, -100 to 0"
        case .roc: "change over so many candles, in percent"
        case .volatility: "standard deviation of log returns, as a share a candle"
        }
    }

    /// How many numbers it takes.
    var parameterCount: Int { example.contains("()") ? 0 : example.split(separator: ",").count }

    /// The column for these numbers, or what is wrong with them.
    func series(_ numbers: [Double], _ timeframe: Timeframe?) throws(IndicatorSpecError) -> IndicatorSeries {
        let texts = numbers.map { number in
            number == number.rounded() && number.magnitude < 1e9 ? "\(Int(number))" : "\(number)"
        }
        let spec = try IndicatorSpec(([source.name] + texts).joined(separator: ":"))
        return IndicatorSeries(spec: spec, column: source.column, timeframe: timeframe)
    }
}

/// One column of one indicator, on the strategy's own candles or on coarser ones.
public struct IndicatorSeries: Hashable, Sendable {
    public let spec: IndicatorSpec
    /// Which of `spec.columnNames`.
    public let column: Int
    /// nil for the strategy's own.
    public let timeframe: Timeframe?

    public init(spec: IndicatorSpec, column: Int, timeframe: Timeframe?) {
        self.spec = spec
        self.column = column
        self.timeframe = timeframe
    }
}
