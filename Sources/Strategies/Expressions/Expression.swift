// Checked expressions: what is a number is used as a number, what is a condition as a condition.
// A value that does not exist yet is NaN, and every comparison with it is false.
public import Market

public enum CandleField: String, CaseIterable, Hashable, Sendable {
    case open, high, low, close, volume
}

extension CandleField {
    /// What it is, in a line.
    public var meaning: String {
        switch self {
        case .open: "first price of the candle"
        case .high: "highest price"
        case .low: "lowest price"
        case .close: "last price"
        case .volume: "how much of the coin was traded"
        }
    }
}

public enum Arithmetic: Hashable, Sendable {
    case add, subtract, multiply, divide, smaller, larger
}

public enum Comparison: String, Hashable, Sendable {
    case less = "<", atMost = "<=", greater = ">", atLeast = ">=", equal = "==", unequal = "!="
}

public indirect enum NumberExpression: Hashable, Sendable {
    case constant(Double)
    /// A parameter of the strategy; gone after binding.
    case parameter(String)
    case field(CandleField)
    /// Its numbers are made of constants and parameters; gone after binding.
    case indicator(IndicatorFunction, [NumberExpression], Timeframe?)
    /// What an indicator call becomes by binding.
    case series(IndicatorSeries)
    /// The value so many candles ago, 1 or more.
    case previous(NumberExpression, Int)
    case arithmetic(Arithmetic, NumberExpression, NumberExpression)
    case magnitude(NumberExpression)
}

public indirect enum Condition: Hashable, Sendable {
    case comparison(Comparison, NumberExpression, NumberExpression)
    /// At or below at the candle before, above at this one.
    case crossesAbove(NumberExpression, NumberExpression)
    /// At or above at the candle before, below at this one.
    case crossesBelow(NumberExpression, NumberExpression)
    case both(Condition, Condition)
    case either(Condition, Condition)
    case not(Condition)

    /// The parts of `a and b and c`.
    public var conjuncts: [Condition] {
        if case .both(let a, let b) = self { a.conjuncts + b.conjuncts } else { [self] }
    }
}
