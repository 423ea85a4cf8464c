// Conditions made ready to be evaluated over columns: every number and every condition that occurs, once,
// however many conditions share it, in an order in which each needs only what stands before it.
import Market
import Strategies

struct SignalProgram {
    /// Where a column of numbers comes from.
    enum Slot {
        case field(CandleField)
        case constant(Double)
        /// Filled by a step, block by block.
        case scratch
    }

    enum Step {
        /// Two EMAs, or one twice.
        case averages(Int, Int, into: Int, Int)
        /// Two EMAs and an RSI.
        case averagesAndStrength(Int, Int, Int, into: Int, Int, Int)
        case rsi(Int, into: Int)
        case series(IndicatorSeries, into: Int)
        case previous(Int, Int, into: Int)
        case arithmetic(Arithmetic, Int, Int, into: Int)
        /// A number and so many times another one: what a tolerance makes of a side. One step, because every average has it.
        case shifted(Int, by: Int, times: Double, into: Int)
        case magnitude(Int, into: Int)
        case comparison(Comparison, Int, Int, mask: Int)
        case crossing(above: Int, below: Int, mask: Int)
    }

    /// What is done to whole masks when all rows have been compared.
    enum Join {
        case both(Int, Int, into: Int)
        case either(Int, Int, into: Int)
        case not(Int, into: Int)
    }

    private(set) var slots: [Slot] = []
    private(set) var steps: [Step] = []
    private(set) var joins: [Join] = []
    private(set) var maskCount = 0
    /// For each condition asked for: its mask and its warm-up.
    private(set) var roots: [(mask: Int, warmUp: Int)] = []
    private var numbers: [NumberExpression: Int] = [:]
    private var conditions: [Condition: Int] = [:]

    init(_ bound: [BoundCondition]) {
        // EMAs first, so that they can be taken in pairs, the first pair together with an RSI.
        var averages: [IndicatorSeries] = [], strength: IndicatorSeries?
        for condition in bound {
            condition.judged.visit { series in
                guard series.timeframe == nil else { return }
                if case .ema = series.spec, !averages.contains(series) { averages.append(series) }
                if case .rsi = series.spec { strength = strength ?? series }
            }
        }
        pair(averages)
        if let strength { join(strength) }
        for condition in bound { roots.append((mask(condition.judged), condition.warmUp)) }
    }

    private mutating func pair(_ averages: [IndicatorSeries]) {
        var rest = averages[...]
        while let first = rest.popFirst(), case .ema(let n) = first.spec {
            let slot = newSlot(.scratch)
            numbers[.series(first)] = slot
            if let second = rest.popFirst(), case .ema(let m) = second.spec {
                let other = newSlot(.scratch)
                numbers[.series(second)] = other
                steps.append(.averages(n, m, into: slot, other))
            } else {
                steps.append(.averages(n, n, into: slot, newSlot(.scratch)))
            }
        }
    }

    private mutating func join(_ strength: IndicatorSeries) {
        guard case .averages(let n, let m, let a, let b)? = steps.first, case .rsi(let k) = strength.spec else { return }
        let slot = newSlot(.scratch)
        numbers[.series(strength)] = slot
        steps[0] = .averagesAndStrength(n, m, k, into: a, b, slot)
    }

    private mutating func newSlot(_ slot: Slot) -> Int {
        slots.append(slot)
        return slots.count - 1
    }

    private mutating func number(_ expression: NumberExpression) -> Int {
        if let known = numbers[expression] { return known }
        let slot: Int
        switch expression {
        case .constant(let value): slot = newSlot(.constant(value))
        case .field(let field): slot = newSlot(.field(field))
        case .series(let series):
            slot = newSlot(.scratch)
            if case .rsi(let n) = series.spec, series.timeframe == nil {
                steps.append(.rsi(n, into: slot))
            } else {
                steps.append(.series(series, into: slot))
            }
        case .previous(let inner, let count):
            let source = number(inner)
            slot = newSlot(.scratch)
            steps.append(.previous(source, count, into: slot))
        case .arithmetic(let operation, let a, .arithmetic(.multiply, let b, .constant(let times))) where operation == .add || operation == .subtract:
            let left = number(a), right = number(b)
            slot = newSlot(.scratch)
            steps.append(.shifted(left, by: right, times: operation == .add ? times : -times, into: slot))
        case .arithmetic(let operation, let a, let b):
            let left = number(a), right = number(b)
            slot = newSlot(.scratch)
            steps.append(.arithmetic(operation, left, right, into: slot))
        case .magnitude(let inner):
            let source = number(inner)
            slot = newSlot(.scratch)
            steps.append(.magnitude(source, into: slot))
        case .parameter, .indicator: preconditionFailure("a bound condition has no parameters left")
        }
        numbers[expression] = slot
        return slot
    }

    private mutating func newMask() -> Int {
        maskCount += 1
        return maskCount - 1
    }

    private mutating func mask(_ condition: Condition) -> Int {
        if let known = conditions[condition] { return known }
        let mask: Int
        switch condition {
        case .comparison(let sign, let a, let b):
            let left = number(a), right = number(b)
            mask = newMask()
            steps.append(.comparison(sign, left, right, mask: mask))
        case .crossesAbove(let a, let b):
            let left = number(a), right = number(b)
            mask = newMask()
            steps.append(.crossing(above: left, below: right, mask: mask))
        case .crossesBelow(let a, let b):
            let left = number(a), right = number(b)
            mask = newMask()
            steps.append(.crossing(above: right, below: left, mask: mask))
        case .both(let a, let b):
            let left = self.mask(a), right = self.mask(b)
            mask = newMask()
            joins.append(.both(left, right, into: mask))
        case .either(let a, let b):
            let left = self.mask(a), right = self.mask(b)
            mask = newMask()
            joins.append(.either(left, right, into: mask))
        case .not(let a):
            let inner = self.mask(a)
            mask = newMask()
            joins.append(.not(inner, into: mask))
        }
        conditions[condition] = mask
        return mask
    }
}

extension Condition {
    /// Calls `body` for every indicator column in it.
    fileprivate func visit(_ body: (IndicatorSeries) -> Void) {
        switch self {
        case .comparison(_, let a, let b), .crossesAbove(let a, let b), .crossesBelow(let a, let b):
            a.visit(body)
            b.visit(body)
        case .both(let a, let b), .either(let a, let b):
            a.visit(body)
            b.visit(body)
        case .not(let a): a.visit(body)
        }
    }
}

extension NumberExpression {
    fileprivate func visit(_ body: (IndicatorSeries) -> Void) {
        switch self {
        case .series(let series): body(series)
        case .previous(let inner, _), .magnitude(let inner): inner.visit(body)
        case .arithmetic(_, let a, let b):
            a.visit(body)
            b.visit(body)
        case .constant, .field, .parameter, .indicator: break
        }
    }
}
