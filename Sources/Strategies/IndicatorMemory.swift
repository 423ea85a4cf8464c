// How far back an indicator remembers: after so many rows, where its history began moves its value by less than
// one part in a trillion. Whoever reads a history anew for each judgement reads at least as much.
import Kernel
public import Market

extension IndicatorSpec {
    /// Rows, the newest included. OBV never forgets where it began; only its changes can be compared.
    public var memory: Int {
        switch self {
        case .ema(let n): Self.fading(n, weight: 2 / Double(n + 1))
        case .macd(_, let slow, let signal): Self.fading(slow, weight: 2 / Double(slow + 1)) + Self.fading(signal, weight: 2 / Double(signal + 1))
        case .atr(let n): Self.fading(n + 1, weight: 1 / Double(n))
        // Shares of movements, which may have become small since.
        case .rsi(let n), .di(let n): Self.fading(n + 1, weight: 1 / Double(n), to: 1e-13 * Stillness.share)
        // Smoothed twice.
        case .adx(let n): 3 * Self.fading(n + 1, weight: 1 / Double(n))
        case .sma, .bollinger, .stochastic, .obv, .mfi, .cci, .williams, .roc, .volatility: warmUp + 1
        }
    }

    /// Rows until a first value's weight, (1 - weight)^rows, is below `rest`.
    private static func fading(_ warmUp: Int, weight: Double, to rest: Double = 1e-13) -> Int {
        guard weight < 1 else { return warmUp + 1 }
        return warmUp + Int((Mathematics.log(rest) / Mathematics.log(1 - weight)).rounded(.up))
    }
}

extension Condition {
    /// Candles of `timeframe`, the newest included, that its value depends on.
    public func memory(on timeframe: Timeframe) -> Int {
        switch self {
        case .comparison(_, let a, let b): max(a.memory(on: timeframe), b.memory(on: timeframe))
        case .crossesAbove(let a, let b), .crossesBelow(let a, let b): max(a.memory(on: timeframe), b.memory(on: timeframe)) + 1
        case .both(let a, let b), .either(let a, let b): max(a.memory(on: timeframe), b.memory(on: timeframe))
        case .not(let a): a.memory(on: timeframe)
        }
    }
}

extension NumberExpression {
    func memory(on timeframe: Timeframe) -> Int {
        switch self {
        case .constant, .parameter, .field, .indicator: return 1
        case .series(let series):
            guard let coarse = series.timeframe else { return series.spec.memory }
            // The coarse candle under way, and the first one, which may be cut off.
            return (series.spec.memory + 2) * Int(coarse.duration.milliseconds / timeframe.duration.milliseconds)
        case .previous(let inner, let count): return inner.memory(on: timeframe) + count
        case .magnitude(let inner): return inner.memory(on: timeframe)
        case .arithmetic(_, let a, let b): return max(a.memory(on: timeframe), b.memory(on: timeframe))
        }
    }
}
