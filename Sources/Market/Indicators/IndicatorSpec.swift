// The catalogue of indicators: which there are, with which numbers, what their columns are called and how
// many rows pass before the first value. Two different specs never share a column's name.

/// One indicator with its parameters. Periods count candles, from 1 to 100000; adx, di and volatility need 2.
public enum IndicatorSpec: Hashable, Sendable {
    case rsi(Int)
    case ema(Int)
    case sma(Int)
    /// `fast` is below `slow`.
    case macd(fast: Int, slow: Int, signal: Int)
    /// `width` counts standard deviations, from 0.01 to 100.
    case bollinger(Int, width: Double)
    case atr(Int)
    case adx(Int)
    /// Plus and minus directional indicator.
    case di(Int)
    case stochastic(k: Int, slowing: Int, d: Int)
    case obv
    case mfi(Int)
    case cci(Int)
    case williams(Int)
    case roc(Int)
    /// Standard deviation of log returns a candle (not annual).
    case volatility(Int)

    /// One name for each column of `columns(of:)`. With the usual numbers MACD, Bollinger and Stochastic have
    /// plain names (`macd`, `bb_upper`, `stoch_k`), with others the numbers are appended.
    public var columnNames: [String] {
        switch self {
        case .rsi(let n): ["rsi_\(n)"]
        case .ema(let n): ["ema_\(n)"]
        case .sma(let n): ["sma_\(n)"]
        case .macd(12, 26, 9): ["macd", "macd_signal", "macd_hist"]
        case .macd(let fast, let slow, let signal): ["macd", "macd_signal", "macd_hist"].map { "\($0)_\(fast)_\(slow)_\(signal)" }
        case .bollinger(20, 2): ["bb_upper", "bb_middle", "bb_lower"]
        case .bollinger(let n, let width): ["bb_upper", "bb_middle", "bb_lower"].map { "\($0)_\(n)_\(Self.text(width))" }
        case .atr(let n): ["atr_\(n)"]
        case .adx(let n): ["adx_\(n)"]
        case .di(let n): ["plus_di_\(n)", "minus_di_\(n)"]
        case .stochastic(14, 3, 3): ["stoch_k", "stoch_d"]
        case .stochastic(let k, let slowing, let d): ["stoch_k", "stoch_d"].map { "\($0)_\(k)_\(slowing)_\(d)" }
        case .obv: ["obv"]
        case .mfi(let n): ["mfi_\(n)"]
        case .cci(let n): ["cci_\(n)"]
        case .williams(let n): ["willr_\(n)"]
        case .roc(let n): ["roc_\(n)"]
        case .volatility(let n): ["rv_\(n)"]
        }
    }

    /// Rows before the first value, the same for every column of a spec.
    public var warmUp: Int {
        switch self {
        case .ema(let n), .sma(let n), .bollinger(let n, _), .cci(let n), .williams(let n): n - 1
        case .rsi(let n), .atr(let n), .di(let n), .mfi(let n), .roc(let n), .volatility(let n): n
        case .macd(_, let slow, let signal): slow + signal - 2
        case .adx(let n): 2 * n - 1
        case .stochastic(let k, let slowing, let d): k + slowing + d - 3
        case .obv: 0
        }
    }

    /// A whole width without its point.
    static func text(_ width: Double) -> String {
        let text = "\(width)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

extension IndicatorSpec: CustomStringConvertible {
    /// The text that parses to this spec, e.g. `macd:12:26:9`.
    public var description: String {
        switch self {
        case .rsi(let n): "rsi:\(n)"
        case .ema(let n): "ema:\(n)"
        case .sma(let n): "sma:\(n)"
        case .macd(let fast, let slow, let signal): "macd:\(fast):\(slow):\(signal)"
        case .bollinger(let n, let width): "bollinger:\(n):\(Self.text(width))"
        case .atr(let n): "atr:\(n)"
        case .adx(let n): "adx:\(n)"
        case .di(let n): "di:\(n)"
        case .stochastic(let k, let slowing, let d): "stochastic:\(k):\(slowing):\(d)"
        case .obv: "obv"
        case .mfi(let n): "mfi:\(n)"
        case .cci(let n): "cci:\(n)"
        case .williams(let n): "williams:\(n)"
        case .roc(let n): "roc:\(n)"
        case .volatility(let n): "volatility:\(n)"
        }
    }
}
