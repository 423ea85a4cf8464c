// Expressions as one canonical text: what two runs are told apart by. Equal expressions have equal texts and different ones
// different texts, on every machine and in every run, which a hash value of the language does not promise.
import Market

extension BoundCondition {
    /// With brackets everywhere and shortest round-trip numbers: `(series ema:9 0 - crosses_above ...)`.
    public var text: String {
        var text = ""
        condition.write(into: &text)
        return text
    }
}

extension Condition {
    fileprivate func write(into text: inout String) {
        switch self {
        case .comparison(let sign, let a, let b): Self.join(sign.rawValue, a.write, b.write, &text)
        case .crossesAbove(let a, let b): Self.join("crosses_above", a.write, b.write, &text)
        case .crossesBelow(let a, let b): Self.join("crosses_below", a.write, b.write, &text)
        case .both(let a, let b): Self.join("and", a.write, b.write, &text)
        case .either(let a, let b): Self.join("or", a.write, b.write, &text)
        case .not(let a):
            text += "(not "
            a.write(into: &text)
            text += ")"
        }
    }

    private static func join(_ word: String, _ a: (inout String) -> Void, _ b: (inout String) -> Void, _ text: inout String) {
        text += "("
        a(&text)
        text += " \(word) "
        b(&text)
        text += ")"
    }
}

extension NumberExpression {
    fileprivate func write(into text: inout String) {
        switch self {
        case .constant(let value): text += "\(value)"
        case .parameter(let name): text += "$\(name)"
        case .field(let field): text += field.rawValue
        case .indicator(let function, let numbers, let timeframe):
            text += "(\(function.rawValue)"
            for number in numbers {
                text += " "
                number.write(into: &text)
            }
            text += " \(timeframe?.rawValue ?? "-"))"
        case .series(let series): text += "(series \(series.spec) \(series.column) \(series.timeframe?.rawValue ?? "-"))"
        case .previous(let inner, let count):
            text += "(ago \(count) "
            inner.write(into: &text)
            text += ")"
        case .arithmetic(let operation, let a, let b):
            text += "(\(operation.word) "
            a.write(into: &text)
            text += " "
            b.write(into: &text)
            text += ")"
        case .magnitude(let inner):
            text += "(abs "
            inner.write(into: &text)
            text += ")"
        }
    }
}

extension Arithmetic {
    fileprivate var word: String {
        switch self {
        case .add: "+"
        case .subtract: "-"
        case .multiply: "*"
        case .divide: "/"
        case .smaller: "min"
        case .larger: "max"
        }
    }
}
