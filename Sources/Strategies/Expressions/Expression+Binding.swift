// Parameters put in: what is left has numbers only, and can be evaluated.
import Kernel
public import Market

/// A condition without parameters: its indicators are known.
public struct BoundCondition: Hashable, Sendable {
    public let condition: Condition
    /// What is judged: the condition with the tolerance of values that never forget in its comparisons.
    public let judged: Condition
    /// Candles of the strategy's time frame before the first row that can be judged; rows below are never a signal.
    public let warmUp: Int
}

extension Condition {
    /// - Parameters:
    ///   - values: one for each parameter the condition uses.
    ///   - timeframe: of the strategy's candles.
    public func bound(_ values: [String: Double], on timeframe: Timeframe) throws(IndicatorSpecError) -> BoundCondition {
        let condition = try binding(values).withoutNot()
        return BoundCondition(condition: condition, judged: condition.tolerant, warmUp: condition.warmUp(on: timeframe))
    }

    private func binding(_ values: [String: Double]) throws(IndicatorSpecError) -> Condition {
        switch self {
        case .comparison(let sign, let a, let b): .comparison(sign, try a.binding(values), try b.binding(values))
        case .crossesAbove(let a, let b): .crossesAbove(try a.binding(values), try b.binding(values))
        case .crossesBelow(let a, let b): .crossesBelow(try a.binding(values), try b.binding(values))
        case .both(let a, let b): .both(try a.binding(values), try b.binding(values))
        case .either(let a, let b): .either(try a.binding(values), try b.binding(values))
        case .not(let a): .not(try a.binding(values))
        }
    }

    /// The same without `not`: a comparison turned round is false too while one of its values is missing, so that nothing
    /// is bought for want of a number.
    func withoutNot(_ isNegated: Bool = false) -> Condition {
        switch self {
        case .not(let a): a.withoutNot(!isNegated)
        case .both(let a, let b):
            isNegated ? .either(a.withoutNot(true), b.withoutNot(true)) : .both(a.withoutNot(), b.withoutNot())
        case .either(let a, let b):
            isNegated ? .both(a.withoutNot(true), b.withoutNot(true)) : .either(a.withoutNot(), b.withoutNot())
        case .comparison(let sign, let a, let b): .comparison(isNegated ? sign.opposite : sign, a, b)
        case .crossesAbove(let a, let b): isNegated ? Self.noCrossing(a, b, .greater, .atMost) : self
        case .crossesBelow(let a, let b): isNegated ? Self.noCrossing(a, b, .less, .atLeast) : self
        }
    }

    /// Beyond at the candle before, or not beyond now; all four values exist.
    private static func noCrossing(_ a: NumberExpression, _ b: NumberExpression, _ beyond: Comparison, _ within: Comparison) -> Condition {
        let before = (NumberExpression.previous(a, 1), NumberExpression.previous(b, 1))
        let exist = [a, b, before.0, before.1].map { Condition.comparison(.equal, $0, $0) }
        return exist.reduce(.either(.comparison(beyond, before.0, before.1), .comparison(within, a, b))) { .both($0, $1) }
    }

    /// The parameters it uses.
    public var parameters: Set<String> {
        switch self {
        case .comparison(_, let a, let b), .crossesAbove(let a, let b), .crossesBelow(let a, let b): a.parameters.union(b.parameters)
        case .both(let a, let b), .either(let a, let b): a.parameters.union(b.parameters)
        case .not(let a): a.parameters
        }
    }

    func warmUp(on timeframe: Timeframe) -> Int {
        switch self {
        case .comparison(_, let a, let b): max(a.warmUp(on: timeframe), b.warmUp(on: timeframe))
        case .crossesAbove(let a, let b), .crossesBelow(let a, let b): max(a.warmUp(on: timeframe), b.warmUp(on: timeframe)) + 1
        case .both(let a, let b), .either(let a, let b): max(a.warmUp(on: timeframe), b.warmUp(on: timeframe))
        case .not(let a): a.warmUp(on: timeframe)
        }
    }
}

extension NumberExpression {
    func binding(_ values: [String: Double]) throws(IndicatorSpecError) -> NumberExpression {
        switch self {
        case .constant, .field, .series: return self
        case .parameter(let name): return .constant(values[name] ?? .nan)
        case .indicator(let function, let numbers, let timeframe):
            var constants: [Double] = []
            for number in numbers { constants.append(try number.binding(values).constant ?? .nan) }
            return .series(try function.series(constants, timeframe))
        case .previous(let inner, let count): return .previous(try inner.binding(values), count)
        case .magnitude(let inner):
            let bound = try inner.binding(values)
            return bound.constant.map { .constant($0.magnitude) } ?? .magnitude(bound)
        case .arithmetic(let operation, let a, let b):
            let left = try a.binding(values), right = try b.binding(values)
            guard let x = left.constant, let y = right.constant else { return .arithmetic(operation, left, right) }
            return .constant(operation.apply(x, y))
        }
    }

    var constant: Double? { if case .constant(let value) = self { value } else { nil } }

    var parameters: Set<String> {
        switch self {
        case .constant, .field, .series: []
        case .parameter(let name): [name]
        case .indicator(_, let numbers, _): numbers.reduce(into: []) { $0.formUnion($1.parameters) }
        case .previous(let inner, _), .magnitude(let inner): inner.parameters
        case .arithmetic(_, let a, let b): a.parameters.union(b.parameters)
        }
    }

    /// Rows before the first value. On coarser candles: those of its own that are needed, and the one that may be
    /// under way, in candles of the strategy's.
    func warmUp(on timeframe: Timeframe) -> Int {
        switch self {
        case .constant, .parameter, .field, .indicator: return 0
        case .series(let series):
            guard let coarse = series.timeframe, coarse != timeframe else { return series.spec.warmUp }
            return (series.spec.warmUp + 2) * Int(coarse.duration.milliseconds / timeframe.duration.milliseconds) - 1
        case .previous(let inner, let count): return inner.warmUp(on: timeframe) + count
        case .magnitude(let inner): return inner.warmUp(on: timeframe)
        case .arithmetic(_, let a, let b): return max(a.warmUp(on: timeframe), b.warmUp(on: timeframe))
        }
    }
}

extension Comparison {
    /// The comparison that holds if this one does not, provided both values exist.
    var opposite: Comparison {
        switch self {
        case .less: .atLeast
        case .atMost: .greater
        case .greater: .atMost
        case .atLeast: .less
        case .equal: .unequal
        case .unequal: .equal
        }
    }
}

extension Arithmetic {
    /// A division by zero has no value: an infinite one would pass every threshold.
    @inline(__always)
    public static func quotient(_ a: Double, _ b: Double) -> Double {
        let quotient = a / b
        return quotient.isFinite ? quotient : .nan
    }

    /// As IEEE 754 has it, but a quotient that is not finite is no number; the smaller or larger of a number and NaN is NaN.
    @inline(__always)
    public func apply(_ a: Double, _ b: Double) -> Double {
        switch self {
        case .add: a + b
        case .subtract: a - b
        case .multiply: a * b
        case .divide: Self.quotient(a, b)
        case .smaller: a.isNaN || b < a ? (a.isNaN ? a : b) : (b.isNaN ? b : a)
        case .larger: a.isNaN || b > a ? (a.isNaN ? a : b) : (b.isNaN ? b : a)
        }
    }
}
