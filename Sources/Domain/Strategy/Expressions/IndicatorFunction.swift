// The indicators as functions of an expression: one name for each column of the catalogue.

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
        default: (rawValue, 0)
        }
    }

    /// With its usual numbers: how messages show what it takes.
    var example: String {
        let usual = IndicatorSpec.usual.first { $0.name == source.name }.map(\.description) ?? source.name
        return "\(rawValue)(\(usual.split(separator: ":").dropFirst().joined(separator: ", ")))"
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
