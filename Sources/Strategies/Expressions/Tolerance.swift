// Averages that never forget (EMA, RSI, MACD, ATR, ADX) end a little differently if a history begins elsewhere or is
// smoothed in another order. A signal must not hang on that: where such a value is compared, the sides count as equal
// within one tolerance. It is put into the condition when that is bound, so that whoever judges it, the bot over a few
// hundred candles or a backtest over columns, compares the same numbers.
import Market

public enum Tolerance {
    /// A share of the close if prices are compared, of 100 if percentages are.
    public static let share = 1e-9
}

extension Condition {
    /// The same with the tolerance in its comparisons.
    var tolerant: Condition {
        switch self {
        case .comparison(let sign, let a, let b): Self.comparison(sign, a, b, within: Self.tolerance(a, b))
        case .crossesAbove(let a, let b): Self.tolerance(a, b).map { .crossesAbove(a, b + $0) } ?? self
        case .crossesBelow(let a, let b): Self.tolerance(a, b).map { .crossesBelow(a, b - $0) } ?? self
        case .both(let a, let b): .both(a.tolerant, b.tolerant)
        case .either(let a, let b): .either(a.tolerant, b.tolerant)
        case .not(let a): .not(a.tolerant)
        }
    }

    /// nil if both sides are exact, or the same.
    private static func tolerance(_ a: NumberExpression, _ b: NumberExpression) -> NumberExpression? {
        guard a != b else { return nil }
        return NumberExpression.sum(a.scale, b.scale).map { $0 * .constant(Tolerance.share) }
    }

    private static func comparison(_ sign: Comparison, _ a: NumberExpression, _ b: NumberExpression, within tolerance: NumberExpression?) -> Condition
    {
        guard let tolerance else { return .comparison(sign, a, b) }
        return switch sign {
        case .greater, .atMost: .comparison(sign, a, b + tolerance)
        case .less, .atLeast: .comparison(sign, a, b - tolerance)
        case .equal: .comparison(.atMost, (a - b).size, tolerance)
        case .unequal: .comparison(.greater, (a - b).size, tolerance)
        }
    }
}

extension NumberExpression {
    /// What its error is measured by: the size of the numbers that were smoothed, carried through the arithmetic done
    /// with them. nil if the value hangs on its window alone, to the last bit.
    fileprivate var scale: NumberExpression? {
        switch self {
        case .constant, .parameter, .field, .indicator: return nil
        case .series(let series): return series.spec.scale
        case .previous(let inner, let count): return inner.scale.map { $0.constant == nil ? .previous($0, count) : $0 }
        case .magnitude(let inner): return inner.scale
        case .arithmetic(.add, let a, let b), .arithmetic(.subtract, let a, let b), .arithmetic(.smaller, let a, let b),
            .arithmetic(.larger, let a, let b):
            return Self.sum(a.scale, b.scale)
        case .arithmetic(.multiply, let a, let b): return Self.sum(a.scale.map { $0 * b.size }, b.scale.map { $0 * a.size })
        case .arithmetic(.divide, let a, let b): return Self.sum(a.scale, b.scale.map { $0 * self.size }).map { $0 / b.size }
        }
    }

    fileprivate static func sum(_ a: NumberExpression?, _ b: NumberExpression?) -> NumberExpression? {
        guard let a, let b else { return a ?? b }
        return a == b ? a * .constant(2) : a + b
    }

    /// Without its sign.
    fileprivate var size: NumberExpression {
        switch self {
        case .constant(let value): .constant(value.magnitude)
        case .field, .magnitude: self
        default: .magnitude(self)
        }
    }

    fileprivate static func + (a: Self, b: Self) -> Self { folded(.add, a, b) }
    fileprivate static func - (a: Self, b: Self) -> Self { folded(.subtract, a, b) }
    fileprivate static func * (a: Self, b: Self) -> Self {
        if case .arithmetic(.multiply, let inner, .constant(let x)) = a, let y = b.constant { return .arithmetic(.multiply, inner, .constant(x * y)) }
        return folded(.multiply, a, b)
    }
    fileprivate static func / (a: Self, b: Self) -> Self { folded(.divide, a, b) }

    /// Numbers that are known are worked out once.
    private static func folded(_ operation: Arithmetic, _ a: Self, _ b: Self) -> Self {
        guard let x = a.constant, let y = b.constant else { return .arithmetic(operation, a, b) }
        return .constant(operation.apply(x, y))
    }
}

extension IndicatorSpec {
    /// nil for what a window alone decides.
    fileprivate var scale: NumberExpression? {
        switch self {
        case .ema, .macd, .atr: .field(.close)
        case .rsi, .adx, .di: .constant(100)
        case .sma, .bollinger, .stochastic, .obv, .mfi, .cci, .williams, .roc, .volatility: nil
        }
    }
}
