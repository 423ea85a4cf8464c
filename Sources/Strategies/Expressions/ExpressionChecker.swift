// From a tree as written to a checked expression: names exist, numbers and conditions are not mixed up,
// indicators have the numbers they take. Every error names its place in the text, and all are found at once.
import Kernel
public import Market

public struct ExpressionChecker: Sendable {
    /// The strategy's candles; indicators may ask for coarser ones.
    let timeframe: Timeframe
    /// Parameters with the values they have unless somebody says otherwise.
    let parameters: [String: Double]

    public init(timeframe: Timeframe, parameters: [String: Double]) {
        self.timeframe = timeframe
        self.parameters = parameters
    }

    static let fields = CandleField.allCases.map(\.rawValue)
    static let functions = IndicatorFunction.allCases.map(\.rawValue) + ["crosses_above", "crosses_below", "min", "max", "abs"]
    /// Words that mean something in an expression; a parameter cannot be called so.
    public static let reserved = fields + functions + ["and", "or", "not"]

    /// A condition, such as `crosses_above(ema(9), ema(21)) and rsi(14) < 70`, or all that is wrong with it.
    public func check(_ text: String) -> Result<Condition, ExpressionErrors> {
        let (tree, errors) = ExpressionParser.parse(text)
        var walk = ExpressionWalk(checker: self, errors: errors)
        let condition = tree.flatMap { walk.condition($0) }
        if let condition, walk.errors.isEmpty { return .success(condition) }
        return .failure(ExpressionErrors(walk.errors) ?? ExpressionErrors(ExpressionError(at: 0, "this is no condition")))
    }

    /// The same, with the first thing that is wrong.
    public func condition(_ text: String) throws(ExpressionError) -> Condition {
        switch check(text) {
        case .success(let condition): return condition
        case .failure(let errors): throw errors.all[0]
        }
    }
}

/// One walk through a tree. A wrong part is noted and becomes nil; its neighbours are checked all the same.
private struct ExpressionWalk {
    let checker: ExpressionChecker
    var errors: [ExpressionError]

    private mutating func refuse<Value>(_ at: Int, _ message: String) -> Value? {
        errors.append(ExpressionError(at: at, message))
        return nil
    }

    mutating func condition(_ tree: ExpressionSyntax) -> Condition? {
        switch tree {
        case .infix("and", let a, let b, _): return Self.both(condition(a), condition(b), Condition.both)
        case .infix("or", let a, let b, _): return Self.both(condition(a), condition(b), Condition.either)
        case .prefix("not", let inner, _): return condition(inner).map { .not($0) }
        case .infix(let sign, let a, let b, _):
            guard let comparison = Comparison(rawValue: sign) else { break }
            return Self.both(number(a), number(b)) { .comparison(comparison, $0, $1) }
        case .call("crosses_above", let arguments, let frame, let at): return pair("crosses_above", arguments, frame, at, Condition.crossesAbove)
        case .call("crosses_below", let arguments, let frame, let at): return pair("crosses_below", arguments, frame, at, Condition.crossesBelow)
        default: break
        }
        guard number(tree) != nil else { return nil }
        return refuse(tree.start, "a number stands where a condition belongs; compare it, as in rsi(14) < 70")
    }

    private static func both<Part>(_ a: Part?, _ b: Part?, _ join: (Part, Part) -> Condition) -> Condition? {
        if let a, let b { join(a, b) } else { nil }
    }

    private mutating func number(_ tree: ExpressionSyntax) -> NumberExpression? {
        switch tree {
        case .number(let value, _): return .constant(value)
        case .name(let name, let at): return named(name, at)
        case .call(let name, let arguments, let frame, let at): return called(name, arguments, frame, at)
        case .prefix("-", let inner, _): return number(inner).map { .arithmetic(.subtract, .constant(0), $0) }
        case .previous(let inner, let index, let at):
            let value = number(inner)
            guard case .number(let count, _) = index, count == count.rounded(), (1...500).contains(count) else {
                return refuse(at + 1, "how many candles ago is a whole number from 1 to 500, as in close[1]")
            }
            return value.map { .previous($0, Int(count)) }
        case .infix(let sign, let a, let b, _):
            let operations: [String: Arithmetic] = ["+": .add, "-": .subtract, "*": .multiply, "/": .divide]
            guard let operation = operations[sign] else { break }
            let left = number(a), right = number(b)
            if let left, let right { return .arithmetic(operation, left, right) }
            return nil
        case .prefix: break
        }
        return refuse(tree.start, "a condition stands where a number belongs")
    }

    private mutating func named(_ name: String, _ at: Int) -> NumberExpression? {
        if let field = CandleField(rawValue: name) { return .field(field) }
        if checker.parameters[name] != nil { return .parameter(name) }
        if let function = IndicatorFunction(rawValue: name) { return refuse(at, "'\(name)' needs brackets, as in \(function.example)") }
        if ExpressionChecker.functions.contains(name) { return refuse(at, "'\(name)' needs brackets, as in \(name)(close, open)") }
        return unknown(name, at, "name", ExpressionChecker.fields + checker.parameters.keys.sorted() + ExpressionChecker.functions)
    }

    private mutating func called(_ name: String, _ arguments: [ExpressionSyntax], _ frame: Timeframe?, _ at: Int) -> NumberExpression? {
        if let function = IndicatorFunction(rawValue: name) { return indicator(function, arguments, frame, at) }
        if let frame { return refuse(at, "\(Echo.quoted(name)) takes no time frame, \(frame.rawValue) belongs to an indicator") }
        switch name {
        case "crosses_above", "crosses_below": return refuse(at, "a condition stands where a number belongs")
        case "abs":
            guard arguments.count == 1 else { return refuse(at, "'abs' takes one number, found \(arguments.count)") }
            return number(arguments[0]).map { .magnitude($0) }
        case "min", "max":
            guard arguments.count >= 2 else { return refuse(at, "'\(name)' takes two or more numbers, found \(arguments.count)") }
            let numbers = arguments.map { number($0) }
            guard !numbers.contains(nil) else { return nil }
            let known = numbers.compactMap { $0 }
            return known.dropFirst().reduce(known[0]) { .arithmetic(name == "min" ? .smaller : .larger, $0, $1) }
        default: return unknown(name, at, "function", ExpressionChecker.functions)
        }
    }

    private mutating func indicator(_ function: IndicatorFunction, _ arguments: [ExpressionSyntax], _ frame: Timeframe?, _ at: Int)
        -> NumberExpression?
    {
        guard arguments.count == function.parameterCount else {
            return refuse(
                at, "'\(function.rawValue)' takes \(function.parameterCount) numbers, found \(arguments.count); an example is \(function.example)")
        }
        let own = checker.timeframe
        if let frame, frame < own || frame.duration.milliseconds % own.duration.milliseconds != 0 {
            return refuse(at, "\(frame.rawValue) candles cannot be made of \(own.rawValue) candles")
        }
        let numbers = arguments.map { constant($0) }
        guard !numbers.contains(nil) else { return nil }
        let call = NumberExpression.indicator(function, numbers.compactMap { $0 }, frame == own ? nil : frame)
        do { _ = try call.binding(checker.parameters) } catch { return refuse(at, error.description) }
        return call
    }

    /// A number of an indicator.
    private mutating func constant(_ argument: ExpressionSyntax) -> NumberExpression? {
        guard let number = number(argument) else { return nil }
        guard let folded = try? number.binding(checker.parameters), folded.constant != nil else {
            return refuse(argument.start, "an indicator's number is a constant or a parameter, not something that changes with each candle")
        }
        return number
    }

    private mutating func pair(
        _ name: String, _ arguments: [ExpressionSyntax], _ frame: Timeframe?, _ at: Int,
        _ join: (NumberExpression, NumberExpression) -> Condition
    ) -> Condition? {
        guard frame == nil, arguments.count == 2 else { return refuse(at, "'\(name)' takes two numbers, as in \(name)(ema(9), ema(21))") }
        return Self.both(number(arguments[0]), number(arguments[1]), join)
    }

    private mutating func unknown<Value>(_ name: String, _ at: Int, _ what: String, _ known: [String]) -> Value? {
        let meant = Self.otherNames[name.lowercased()] ?? NearestName.of(name, among: known)
        return refuse(
            at, "no \(what) \(Echo.quoted(name))" + (meant.map { ". Did you mean '\($0)'?" } ?? "; carillon strategies reference lists all there are")
        )
    }

    /// What other languages of strategies call the same.
    private static let otherNames = [
        "price": "close", "last": "close", "crossover": "crosses_above", "cross_up": "crosses_above", "crossed_above": "crosses_above",
        "crossunder": "crosses_below", "cross_down": "crosses_below", "crossed_below": "crosses_below",
        "bb_upper": "bollinger_upper", "bbands_upper": "bollinger_upper", "bb_middle": "bollinger_middle", "bb_lower": "bollinger_lower",
        "bbands_lower": "bollinger_lower", "macdsignal": "macd_signal", "macdhist": "macd_histogram", "stoch": "stochastic_k",
        "stoch_k": "stochastic_k", "stoch_d": "stochastic_d", "willr": "williams", "ma": "sma", "vol": "volume"
    ]
}
